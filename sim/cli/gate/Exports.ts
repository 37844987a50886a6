/** What a check leaves for CI: a Markdown summary, JUnit XML, annotations of GitHub. */
import { outOfGasOf } from "../../../reports/format/OutOfGas.ts"
import type { Checked } from "../../experiment/gate/Check.ts"
import type { KpiChecked } from "../../experiment/gate/Judge.ts"
import { unpainted } from "../Terminal.ts"
import { money, plural, ranges } from "../Text.ts"
import { againWords } from "./Again.ts"
import { figures, shapes, spread, unitWords } from "./Shape.ts"
import { changeWords, type Place, replay, verdictLine } from "./Words.ts"

/** One check, with where its baseline is. */
export interface Told {
  readonly checked: Checked
  readonly place: Place
}

const SIGN = { passes: "✅", fails: "❌", undecided: "❔" } as const

/** A summary for a pull request. */
export function markdown(all: readonly Told[]): string {
  return `${all.map(one).join("\n")}`
}

function one({ checked, place }: Told): string {
  const { scenario, says, seeds, paired, confidence, kpis, arms, changes, outOfGas: dry } = checked
  const how = paired ? "paired with the recorded ones" : "other than the recorded ones"
  const rows = kpis.map(({ arm, kpi, declared, says: gate, effect, before, now }) => {
    const [then, current] = shapes(before, now)
    const { said, signed } = figures(declared.by)
    return cells([
      `${SIGN[gate]} ${text(arm)} ${text(kpi)}`,
      `${spread(before, said)} ${code(then)}`,
      `${spread(now, said)} ${code(current)}`,
      effect === undefined
        ? gate === "passes"
          ? "none: every run is the same"
          : "too few runs"
        : `${signed(effect.effect)} (${said(effect.low)} to ${said(effect.high)})`,
      `${declared.better === "lower" ? "up" : "down"} by ${said(declared.by)}${text(unitWords(declared.unit, checked.numeraire))}`
    ])
  })
  const again = againWords(checked)
  const harms = kpis.flatMap((each) => (each.says === "fails" ? [harm(each, { checked, place })] : []))
  const broken = arms.flatMap((arm) => [
    ...arm.failed.map(({ seed, error }) => `- ❌ arm ${text(arm.arm)}, seed ${seed} failed: ${text(error)}`),
    ...arm.broken.map(
      ({ claim, seeds: at }) => `- ❌ “${text(claim)}” is broken in arm ${text(arm.arm)}: seeds ${ranges(at)}`
    )
  ])
  return [
    `### ${SIGN[says]} ${text(scenario)}: ${says}`,
    "",
    `${plural(seeds.length, "seed")} (${ranges(seeds)}), ${how}; ${money(confidence * 100)} % sure of all KPIs together.`,
    "",
    ...(again === undefined ? [] : [`${text(sentence(again))}`, ""]),
    ...(dry === undefined ? [] : [`⚠️ ${text(outOfGasOf(dry.functions, dry.runs))}`, ""]),
    ...(changes.length === 0 ? [] : ["Changed:", "", ...changes.map((each) => `- ${text(changeWords(each))}`), ""]),
    "| KPI | recorded | now | effect | may go |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...harms,
    ...broken,
    ""
  ].join("\n")
}

function harm({ arm, kpi, worst }: KpiChecked, { checked, place }: Told): string {
  if (worst === undefined) return ""
  const moved = checked.arms.find((each) => each.arm === arm)?.moved ?? []
  const commands = replay(arm, worst.seed, moved, place)
  return [
    `${text(kpi)} in arm ${text(arm)} is seen best at seed ${worst.seed}:`,
    "",
    "```sh",
    ...commands,
    "```",
    ""
  ].join("\n")
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}

function cells(row: readonly string[]): string {
  return `| ${row.join(" | ")} |`
}

function code(shape: string): string {
  return shape === "" ? "" : `\`${shape}\``
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A text that Markdown shows as it is. */
function text(raw: string): string {
  return raw
    .replaceAll(HIDDEN, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~>@-]/g, (sign) => `\\${sign}`)
}

/**
 * JUnit XML: a test case for each KPI of each arm, for each arm's runs and claims. A KPI that is undecided is skipped; that
 * the check is, is a failure of its own unless it is allowed, as the exit code is.
 */
export function junit(all: readonly Told[], { allowUndecided }: { readonly allowUndecided: boolean }): string {
  const suites = all.map(({ checked, place }) => {
    const { scenario, numeraire, kpis, arms } = checked
    const cases = [
      ...kpis.map((each) => {
        const { arm, kpi, says, effect, worst, declared } = each
        const { said, signed } = figures(declared.by)
        const words =
          effect === undefined
            ? "too few runs"
            : `effect ${signed(effect.effect)}${unitWords(declared.unit, numeraire)}, ${said(effect.low)} to ${said(effect.high)}`
        const again = worst === undefined ? "" : `\n${replay(arm, worst.seed, [], place).join("\n")}`
        return junitCase(`${arm}: ${kpi}`, scenario, says, words, again)
      }),
      ...arms.map(({ arm, failed, broken }) => {
        const harmed = [
          ...failed.map(({ seed, error }) => `seed ${seed} failed: ${error}`),
          ...broken.map(({ claim, seeds }) => `"${claim}" does not hold: seeds ${ranges(seeds)}`)
        ]
        return junitCase(`${arm}: runs and claims`, scenario, harmed.length > 0 ? "fails" : "passes", harmed.join("; "))
      }),
      ...againCase(checked),
      ...(checked.says !== "undecided" || allowUndecided
        ? []
        : [junitCase("is decided", scenario, "fails", unpainted(verdictLine(checked, place)))])
    ]
    const failures = cases.filter(({ says }) => says === "fails").length
    return `  <testsuite name="${xml(scenario)}" tests="${cases.length}" failures="${failures}">\n${cases.map(({ element }) => element).join("")}  </testsuite>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mesocosm check">\n${suites.join("")}</testsuites>\n`
}

interface Case {
  readonly says: Checked["says"]
  readonly element: string
}

/** Where recorded runs were made again: a case of its own, that says what they gave. */
function againCase(checked: Checked): readonly Case[] {
  const { again, scenario } = checked
  const words = againWords(checked)
  if (again === undefined || words === undefined) return []
  const name = `recorded seeds ${ranges(again.seeds)} again`
  if (again.says !== "same") return [junitCase(name, scenario, "undecided", words)]
  const head = `    <testcase name="${xml(name)}" classname="${xml(scenario)}">`
  return [{ says: "passes", element: `${head}<system-out>${xml(words)}</system-out></testcase>\n` }]
}

function junitCase(name: string, suite: string, says: Checked["says"], words: string, more = ""): Case {
  const head = `    <testcase name="${xml(name)}" classname="${xml(suite)}"`
  if (says === "passes") return { says, element: `${head}/>\n` }
  const inside =
    says === "fails"
      ? `<failure message="${xml(words)}">${xml(words + more)}</failure>`
      : `<skipped message="undecided: ${xml(words)}"/>`
  return { says, element: `${head}>${inside}</testcase>\n` }
}

function xml(raw: string): string {
  return raw
    .replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
}

/** Workflow commands that make GitHub annotate the baseline's file. */
export function annotations(all: readonly Told[]): string {
  const lines = all.flatMap(({ checked, place }) => [
    ...againNotes(checked, place),
    ...dryNotes(checked, place),
    ...checked.kpis.flatMap(({ arm, kpi, says, effect, worst, declared }) => {
      if (says === "passes") return []
      const level = says === "fails" ? "error" : "warning"
      const { said, signed } = figures(declared.by)
      const words =
        effect === undefined
          ? "too few runs to say anything"
          : `effect ${signed(effect.effect)}${unitWords(declared.unit, checked.numeraire)} (${said(effect.low)} to ${said(effect.high)}), allowed ${said(declared.by)}${worst === undefined ? "" : `; seed ${worst.seed} shows it best`}`
      return [
        `::${level} file=${property(place.file)},title=${property(`${kpi} ${says}`)}::${data(`${checked.scenario}, arm ${arm}: ${words}`)}`
      ]
    }),
    ...checked.arms.flatMap(({ arm, failed, broken }) => [
      ...failed.map(
        ({ seed, error }) =>
          `::error file=${property(place.file)},title=a run failed::${data(`${checked.scenario}, arm ${arm}, seed ${seed}: ${error}`)}`
      ),
      ...broken.map(
        ({ claim, seeds }) =>
          `::error file=${property(place.file)},title=a claim is broken::${data(`${checked.scenario}, arm ${arm}: ${claim} (seeds ${ranges(seeds)})`)}`
      )
    ])
  ])
  return lines.map((line) => `${line}\n`).join("")
}

function againNotes(checked: Checked, { file }: Place): readonly string[] {
  const words = againWords(checked)
  if (words === undefined) return []
  const level = checked.again?.says === "same" ? "notice" : "warning"
  return [`::${level} file=${property(file)},title=what changed::${data(`${checked.scenario}: ${words}`)}`]
}

function dryNotes({ outOfGas: dry, scenario }: Checked, { file }: Place): readonly string[] {
  if (dry === undefined) return []
  const words = `${scenario}: ${outOfGasOf(dry.functions, dry.runs)}`
  return [`::warning file=${property(file)},title=calls ran out of gas::${data(words)}`]
}

function data(raw: string): string {
  return raw.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
}

function property(raw: string): string {
  return data(raw).replaceAll(":", "%3A").replaceAll(",", "%2C")
}
