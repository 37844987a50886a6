/** What came of an experiment, for a terminal. */
import { crossingSays, isSure, toldOf } from "../../../reports/format/Place.ts"
import type {
  Analysis,
  ArmComparison,
  MetricWords,
  OverAssumptions,
  SensitivityIndex,
  SensitivityOf,
  Sequential,
  Summary
} from "../../store/Analysis.ts"
import type { DryRuns } from "../../store/DryRuns.ts"
import type { ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { shown } from "../Checkout.ts"
import { dryWords } from "../OutOfGas.ts"
import { flat, paint } from "../Terminal.ts"
import { money, number, plural, signed, table } from "../Text.ts"
import type { Broken } from "./Broken.ts"

const out = process.stdout

/** The whole answer. */
export function experimentWords(
  manifest: ExperimentManifest,
  analysis: Analysis,
  place: {
    readonly folder: string
    readonly question: string | undefined
    readonly numeraire: string
    /** Where its report is. */
    readonly report: string | null
    /** Checks that broke, at any point. */
    readonly broken: readonly Broken[]
    /** Params that are varied and change nothing. */
    readonly unmoved: readonly string[]
    /** What ran out of gas, at any point. */
    readonly dry: DryRuns | undefined
  }
): string {
  const { design } = manifest
  const head = `${paint("bold", flat(headline(manifest)), out)}\n${place.question === undefined ? "" : `  ${flat(place.question)}\n`}`
  const parts = [head]
  for (const compared of analysis.comparisons) parts.push(comparisonWords(compared, analysis, place.numeraire))
  if (design.arms.length === 1 && analysis.arms.length === 1) parts.push(replicaWords(analysis, place.numeraire))
  if (analysis.sequential !== null) parts.push(sequentialWords(analysis.sequential))
  if (analysis.assumptions !== null) parts.push(assumptionWords(analysis.assumptions))
  if (analysis.sweep !== null) parts.push(sweepWords(manifest, analysis, place.numeraire))
  parts.push(crossingWords(manifest, analysis, place.numeraire))
  for (const each of analysis.sensitivity ?? []) parts.push(sensitivityWords(each, analysis, place.numeraire))
  parts.push(
    unmovedWords(place.unmoved),
    checkWords(analysis, place.broken),
    failureWords(analysis),
    place.dry === undefined ? "" : dryWords(place.dry),
    footWords(manifest, place.folder),
    place.report === null ? "" : `  report   ${place.report}\n`
  )
  return parts.filter((part) => part !== "").join("\n")
}

function headline({ design }: ExperimentManifest): string {
  const [reference = "", ...others] = design.arms
  if (design.points.length > 0) {
    const axes = design.axes.map(({ param }) => param).join(", ")
    const what = design.kind === "sweep" ? "sweep of" : "what hangs on"
    return `${design.scenario}: ${what} ${axes}; ${plural(design.points.length, "point")}, ${design.arms.join(", ")}, ${plural(design.seeds.count, "seed")} at each`
  }
  if (design.until !== null) return `${design.scenario}: ${others.join(", ")} against ${reference}, until decided`
  const what = others.length === 0 ? `arm ${reference}` : `${others.join(", ")} against ${reference}`
  return `${design.scenario}: ${what}, ${plural(design.seeds.count, "seed")}`
}

function comparisonWords(compared: ArmComparison, { reference, metrics }: Analysis, numeraire: string): string {
  const { arm, kpis, pairs, lost } = compared
  if (pairs < 2) return `  ${flat(arm)}: no two seeds have complete runs in both arms, so nothing can be said.\n`
  const rows = kpis.map(({ name, effect, verdict, matters, divisor }) => {
    const mark = effect.approximate ? "≈" : ""
    const beside = [effect.high - effect.low, matters?.by ?? 0]
    return [
      named(metrics, name, numeraire),
      money(effect.baseline, beside),
      money(effect.treatment, beside),
      signed(effect.effect, beside),
      `${mark}${money(effect.low, beside)} to ${money(effect.high, beside)}`,
      `${money(effect.level * 100)} %${divisor > 1 ? ` (Holm ${divisor})` : ""}`,
      effect.correlation === null ? "" : effect.correlation.toFixed(2),
      matters === null ? "" : money(matters.by),
      verdictWords(verdict)
    ]
  })
  const title = ["KPI", reference, arm, "effect", "interval", "level", "corr.", "matters", "verdict"]
  const align = ["left", "right", "right", "right", "left", "right", "right", "right", "left"] as const
  const said =
    kpis.length === 0
      ? "  No KPI is judged: no metric of this scenario says what matters.\n"
      : table([title, ...rows], align)
  const rough = kpis.some(({ effect }) => effect.approximate)
    ? "  ≈ approximate: intervals of this kind were measured to cover less than 93 % for data like these, or pairs are fewer than 5 or all differ by the same.\n"
    : ""
  const gone = lost === 0 ? "" : `  ${plural(lost, "pair")} lost because a run of it failed.\n`
  return said + rough + gone
}

function verdictWords(verdict: string | null): string {
  if (verdict === "better") return paint("green", "better", out)
  if (verdict === "worse") return paint("red", "worse", out)
  return verdict === "same" ? "same" : paint("yellow", verdict ?? "", out)
}

function replicaWords({ arms, metrics }: Analysis, numeraire: string): string {
  const [arm] = arms
  if (arm === undefined) return ""
  const rows = Object.entries(arm.metrics).map(([name, each]: [string, Summary]) => {
    const { low, high } = each
    const told = (value: number): string => money(value, low === null || high === null ? [] : [high - low])
    return [
      named(metrics, name, numeraire),
      told(each.mean),
      low === null || high === null ? "one seed" : `${told(low)} to ${told(high)}`,
      told(each.sd),
      told(each.p5),
      told(each.p50),
      told(each.p95)
    ]
  })
  const title = ["metric", "mean", "95 % interval", "sd", "P5", "median", "P95"]
  return table([title, ...rows], ["left", "right", "left", "right", "right", "right", "right"])
}

function sequentialWords({ looks, stoppedAt, decided }: Sequential): string {
  const when = decided ? `decided after ${plural(stoppedAt, "pair")}` : `not decided after ${plural(stoppedAt, "pair")}`
  const looked = looks.filter((n) => n <= stoppedAt).join(", ")
  return `  ${when}, looked at after ${looked}: the levels above make up for looking more than once.\n`
}

/** How far the claims survive the assumed ranges. */
function assumptionWords({ axes, points, refined, lost, pairs, claims }: OverAssumptions): string {
  const title = paint("bold", "over the assumptions", out)
  const more = refined > 0 ? `, and ${plural(refined, "point")} more near the flips` : ""
  const head = `  ${title}: ${plural(points, "point")} within the ranges of ${plural(axes.length, "Param")}, ${plural(pairs, "pair")} at each${more}\n`
  const rows = claims.map(({ says, share, flip }) => [
    says,
    share.n === 0 ? "not known" : `${money(share.share * 100)} %`,
    share.n === 0 ? "" : `${money(share.low * 100)} to ${money(share.high * 100)} %`,
    share.n === 0
      ? "runs failed at every point"
      : flip === null
        ? share.holds === share.n
          ? "nothing flips it"
          : share.holds === 0
            ? "it holds nowhere"
            : "no single assumption flips it"
        : flip.clear
          ? `${flip.name} flips it at ${flip.written.at} (${flip.written.low} to ${flip.written.high}); it holds ${flip.holds === "above" ? "from there on" : "below that"}`
          : "no single assumption flips it"
  ])
  const gone = lost === 0 ? "" : `  ${plural(lost, "point")} left out of the claims of which runs failed there.\n`
  if (rows.length === 0) return `${head}  Nothing is decided at the default point, so there is no verdict to survive.\n`
  return (
    head +
    table([["claim", "holds in", "interval", "what flips it"], ...rows], ["left", "right", "left", "left"], 4) +
    gone
  )
}

/** Params without effect. */
function unmovedWords(params: readonly string[]): string {
  return params
    .map(
      (param) =>
        `  ${paint("yellow", "!", out)} ${flat(param)} changes nothing here: whatever its value, runs have the same digests\n`
    )
    .join("")
}

/** KPIs over the points: means with intervals, and effects where there are arms to compare. */
function sweepWords({ design }: ExperimentManifest, { metrics, sweep }: Analysis, numeraire: string): string {
  const axes = design.axes.map(({ param }) => param)
  const judged = metrics.filter(({ judged: is }) => is)
  const told = (judged.length === 0 ? metrics : judged).slice(0, 5)
  const title = [
    ...axes,
    ...(design.arms.length > 1 ? ["arm"] : []),
    ...told.map(({ name }) => named(metrics, name, numeraire))
  ]
  const rows = (sweep ?? []).flatMap(({ set, arms, comparisons }) =>
    arms.map(({ arm, metrics: values }) => [
      ...axes.map((axis) => set[axis] ?? ""),
      ...(design.arms.length > 1 ? [arm] : []),
      ...told.map(({ name }) => {
        const value = values[name]
        const judgement = comparisons.find((each) => each.arm === arm)?.kpis.find((kpi) => kpi.name === name)
        const width = value?.high == null ? 0 : value.high - value.mean
        const beside = [width, metrics.find((metric) => metric.name === name)?.matters?.by ?? 0]
        const half = value?.high == null ? "" : ` ± ${money(width, beside)}`
        return value === undefined
          ? "–"
          : `${money(value.mean, beside)}${half}${judgement === undefined ? "" : ` ${verdictWords(judgement.verdict)}`}`
      })
    ])
  )
  const most = 60
  const cut = rows.length > most ? `  … and ${rows.length - most} more rows: see them with mesocosm query\n` : ""
  const exploring = (sweep ?? []).some(({ comparisons }) => comparisons.some(({ kpis }) => kpis.length > 0))
    ? "  Verdicts are corrected over the arms and KPIs of a point, not over the points: compare at a place found here, with --set and other seeds.\n"
    : ""
  return (
    table(
      [title, ...rows.slice(0, most)],
      title.map(() => "right" as const)
    ) +
    cut +
    exploring
  )
}

/** Where a mean changes its sign along the Param that is swept: where something begins, or ends, to pay. */
function crossingWords({ design }: ExperimentManifest, { metrics, crossings }: Analysis, numeraire: string): string {
  if (design.kind === "sweep" && design.axes.length > 1) {
    return "  Where something changes its sign is told along one Param: sweep one of them, and --set the others.\n"
  }
  const told = toldOf(crossings)
  if (told.length === 0) return ""
  const several = design.arms.length > 1
  const lines = told.map((crossing) => {
    const { metric, arm, against } = crossing
    const of = named(metrics, metric, numeraire)
    const what = against === null ? (several ? `${of}, ${arm}` : of) : `${of}, ${arm} less ${against}`
    return `    ${isSure(crossing) ? "" : "perhaps "}${flat(what)}: ${flat(crossingSays(crossing))}`
  })
  const [axis] = design.axes
  const straight =
    axis?.scale === "log"
      ? "straight lines between the points, on a logarithmic scale"
      : "straight lines between the points"
  const head = paint("bold", `Where the sign changes along ${flat(axis?.param ?? "")}`, out)
  return `  ${head}, on ${straight}; each at its own level, uncorrected\n${lines.join("\n")}\n`
}

function sensitivityWords(
  { metric, arm, against, method, indices, why }: SensitivityOf,
  { metrics }: Analysis,
  numeraire: string
): string {
  const of =
    against === null
      ? `${named(metrics, metric, numeraire)}, arm ${arm}`
      : `effect of ${arm} on ${named(metrics, metric, numeraire)}`
  const head = `  ${paint("bold", flat(of), out)}\n`
  if (indices === null) return `${head}    nothing can be said: ${flat(why ?? "")}\n`
  const size = (index: SensitivityIndex): number => (index.method === "morris" ? index.muStar : index.total)
  const sorted = [...indices].sort((a, b) => size(b) - size(a))
  const most = Math.max(...sorted.map(size), 0)
  const bar = (index: SensitivityIndex): string =>
    "█".repeat(most <= 0 ? 0 : Math.max(0, Math.round((size(index) / most) * 20)))
  const rows = sorted.map((index) =>
    index.method === "morris"
      ? [
          index.param,
          money(index.muStar),
          `${money(index.muStarInterval.low)} to ${money(index.muStarInterval.high)}`,
          signed(index.mu),
          index.sigma === null ? "" : money(index.sigma),
          bar(index)
        ]
      : [
          index.param,
          money(index.first),
          `${money(index.firstInterval.low)} to ${money(index.firstInterval.high)}`,
          money(index.total),
          `${money(index.totalInterval.low)} to ${money(index.totalInterval.high)}`,
          bar(index)
        ]
  )
  const title =
    method === "morris"
      ? ["Param", "μ*", "95 % interval", "μ", "σ", ""]
      : ["Param", "first order", "95 % interval", "total", "95 % interval", ""]
  const align =
    method === "morris"
      ? (["left", "right", "left", "right", "right", "left"] as const)
      : (["left", "right", "left", "right", "left", "left"] as const)
  return head + table([title, ...rows], align, 4)
}

/** A metric with its unit. */
function named(metrics: readonly MetricWords[], name: string, numeraire: string): string {
  const unit = unitOf(metrics, name, numeraire)
  return unit === "" ? name : `${name}, ${unit}`
}

function unitOf(metrics: readonly MetricWords[], name: string, numeraire: string): string {
  const unit = metrics.find((metric) => metric.name === name)?.unit ?? ""
  return unit === "money" ? numeraire : unit === "tokens" ? "tokens" : unit === "ratio" ? "" : unit
}

/** Which checks broke; exported for its test. */
export function checkWords({ checks }: Analysis, broken: readonly Broken[]): string {
  const rows = checks.flatMap(({ claim, arms }) =>
    Object.entries(arms).flatMap(([arm, { held, of }]) =>
      held === of
        ? []
        : [`  ${paint("red", "✗", out)} ${flat(arm)}: held in ${held} of ${plural(of, "run")}: ${flat(claim)}\n`]
    )
  )
  const told = checks.filter(({ arms }) => Object.values(arms).some(({ held, of }) => held < of))
  const elsewhere = broken
    .filter(({ claim }) => told.every((each) => each.claim !== claim))
    .map(
      ({ claim, broken: times, of }) =>
        `  ${paint("red", "✗", out)} ${checks.length === 0 ? "" : "at other points: "}held in ${of - times} of ${plural(of, "run")}: ${claim}\n`
    )
  if (rows.length + elsewhere.length > 0) return [...rows, ...elsewhere].join("")
  if (checks.length === 0) return ""
  const tried = checks.some(({ arms }) => Object.values(arms).some(({ of }) => of > 0))
  if (!tried) return `  ${paint("yellow", "?", out)} no check was tried: no run is complete\n`
  return `  ${paint("green", "✓", out)} every check held in every complete run\n`
}

/** Different failures that are told. */
const TOLD = 5

/** What failed: each error once, with the runs that it ended. Exported for its test. */
export function failureWords({ failures }: Pick<Analysis, "failures">): string {
  const byError = Map.groupBy(failures, ({ message, fix }) => `${message}\n${fix}`)
  const groups = [...byError.values()]
  const shownOnes = groups.slice(0, TOLD).map((group) => {
    const [{ arm, seed, message, fix }] = group as [(typeof group)[number]]
    const which = group.length === 1 ? "" : `${plural(group.length, "run")}, first `
    return `  ${paint("red", "failed", out)} ${which}${flat(arm)}, seed ${seed}: ${flat(message)}\n         fix: ${flat(fix)}\n`
  })
  const left = groups.slice(TOLD).reduce((sum, group) => sum + group.length, 0)
  const rest = left > 0 ? `  … and ${plural(left, "more failed run")}\n` : ""
  return shownOnes.join("") + rest
}

function footWords(manifest: ExperimentManifest, folder: string): string {
  const { audited, design, runs, chain } = manifest
  const same = audited.filter(({ same: is }) => is).length
  const other = audited[0]?.chain ?? (chain === "revm" ? "hardhat" : "revm")
  const audit =
    audited.length === 0
      ? "not audited on the other chain"
      : `audited on ${other}: ${same} of ${audited.length} identical`
  const paired =
    design.arms.length > 1
      ? "  Paired by seed; simulation intervals, given the assumptions: they say nothing of whether those hold.\n"
      : "  Simulation intervals, given the assumptions: they say nothing of whether those hold.\n"
  return `${paired}  ${number(runs.complete)} of ${plural(runs.planned, "run")} complete on ${chain}, ${audit}\n  ${shown(folder)}\n`
}
