/** What came of an experiment, for a terminal. */
import type { Analysis, ArmComparison, MetricWords, Summary } from "../../store/Analysis.ts"
import type { ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { shown } from "../Checkout.ts"
import { money, number, paint, plural, signed, table } from "../Text.ts"

const out = process.stdout

/** The whole answer. */
export function experimentWords(
  manifest: ExperimentManifest,
  analysis: Analysis,
  place: { readonly folder: string; readonly question: string | undefined; readonly numeraire: string }
): string {
  const { design } = manifest
  const head = `${paint("bold", headline(manifest), out)}\n${place.question === undefined ? "" : `  ${place.question}\n`}`
  const parts = [head]
  for (const compared of analysis.comparisons) parts.push(comparisonWords(compared, analysis, place.numeraire))
  if (design.arms.length === 1 && analysis.arms.length === 1) parts.push(replicaWords(analysis, place.numeraire))
  parts.push(checkWords(analysis), failureWords(analysis), footWords(manifest, place.folder))
  return parts.filter((part) => part !== "").join("\n")
}

function headline({ design }: ExperimentManifest): string {
  const [reference = "", ...others] = design.arms
  const what = others.length === 0 ? `arm ${reference}` : `${others.join(", ")} against ${reference}`
  return `${design.scenario}: ${what}, ${plural(design.seeds.count, "seed")}`
}

function comparisonWords(compared: ArmComparison, { reference, metrics }: Analysis, numeraire: string): string {
  const { arm, kpis, pairs, lost } = compared
  if (pairs < 2) return `  ${arm}: no two seeds have complete runs in both arms, so nothing can be said.\n`
  const rows = kpis.map(({ name, effect, verdict, matters, divisor }) => {
    const unit = unitOf(metrics, name, numeraire)
    const mark = effect.approximate ? "≈" : ""
    return [
      `${name}${unit === "" ? "" : `, ${unit}`}`,
      money(effect.baseline),
      money(effect.treatment),
      signed(effect.effect),
      `${mark}${money(effect.low)} to ${money(effect.high)}`,
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
    ? "  ≈ approximate: intervals of this kind were measured to cover less than 93 % for data like these, or pairs are fewer than 5.\n"
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
  const rows = Object.entries(arm.metrics).map(([name, each]: [string, Summary]) => [
    `${name}${unitOf(metrics, name, numeraire) === "" ? "" : `, ${unitOf(metrics, name, numeraire)}`}`,
    money(each.mean),
    each.low === null || each.high === null ? "one seed" : `${money(each.low)} to ${money(each.high)}`,
    money(each.sd),
    money(each.p5),
    money(each.p50),
    money(each.p95)
  ])
  const title = ["metric", "mean", "95 % interval", "sd", "P5", "median", "P95"]
  return table([title, ...rows], ["left", "right", "left", "right", "right", "right", "right"])
}

function unitOf(metrics: readonly MetricWords[], name: string, numeraire: string): string {
  const unit = metrics.find((metric) => metric.name === name)?.unit ?? ""
  return unit === "money" ? numeraire : unit === "tokens" ? "tokens" : unit === "ratio" ? "" : unit
}

function checkWords({ checks }: Analysis): string {
  const rows = checks.flatMap(({ claim, arms }) =>
    Object.entries(arms).flatMap(([arm, { held, of }]) =>
      held === of ? [] : [`  ${paint("red", "✗", out)} ${arm}: held in ${held} of ${plural(of, "run")}: ${claim}\n`]
    )
  )
  if (rows.length > 0) return rows.join("")
  return checks.length === 0 ? "" : `  ${paint("green", "✓", out)} every check held in every complete run\n`
}

function failureWords({ failures }: Analysis): string {
  const shownOnes = failures.slice(0, 5).map(({ arm, seed, message, fix }) => {
    return `  ${paint("red", "failed", out)} ${arm}, seed ${seed}: ${message}\n         fix: ${fix}\n`
  })
  const rest = failures.length > 5 ? `  … and ${plural(failures.length - 5, "more failed run")}\n` : ""
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
