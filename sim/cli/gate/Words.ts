/** What a check says, in a terminal. */
import { quoted } from "../../../reports/run/CommandLine.ts"
import type { Change } from "../../experiment/gate/Changes.ts"
import type { Checked } from "../../experiment/gate/Check.ts"
import type { ArmChecked, KpiChecked } from "../../experiment/gate/Judge.ts"
import type { Sets } from "../../store/ExperimentManifest.ts"
import { elsewhere } from "../Catalogue.ts"
import { command } from "../Checkout.ts"
import { dryWords } from "../OutOfGas.ts"
import { flat, paint, unpainted } from "../Terminal.ts"
import { money, plural, ranges, table } from "../Text.ts"
import { againWords } from "./Again.ts"
import { figures, shapes, spread, unitWords } from "./Shape.ts"

const out = process.stdout

/** Where a baseline is, and how its scenario was named. */
export interface Place {
  readonly file: string
  readonly named: string
  readonly set: Sets
}

/** All of it. */
export function checkWords(checked: Checked, place: Place): string {
  const { scenario, numeraire, seeds, paired, confidence, looks, arms, kpis, changes } = checked
  const again = againWords(checked)
  const same = arms.every(({ identical }) => identical)
  const how = paired ? "the same seeds as the baseline, paired" : "other seeds than the baseline, not paired"
  const looked = looks.length > 1 ? `, looked at after ${looks.join(", ")}` : ""
  const head = `${paint("bold", `${scenario} against ${place.file}`, out)}\n  ${plural(seeds.length, "seed")} (${ranges(seeds)}): ${how}${looked}; ${money(confidence * 100)} % sure of all KPIs together\n`
  const body = same
    ? `\n  Every run left the digest that was recorded: nothing changed in what happens.\n`
    : `\n${kpiTable(kpis, numeraire)}${paint("dim", LEGEND, out)}`
  const parts = [
    head,
    changes.length === 0
      ? ""
      : `\n  changed since:\n${changes.map((change) => `    ${changeWords(change)}\n`).join("")}`,
    body,
    ...kpis.filter(({ says }) => says === "fails").map((each) => harmWords(each, checked, place)),
    ...arms.flatMap((arm) => armWords(arm, place)),
    again === undefined ? "" : `\n  ${again}\n`,
    checked.outOfGas === undefined ? "" : `\n${dryWords(checked.outOfGas)}`,
    `\n${verdictLine(checked, place)}\n`
  ]
  return parts.join("")
}

/** One thing that changed, in a line. */
export function changeWords({ what, name, before, now, arms }: Change): string {
  const where = arms === undefined ? "" : ` (${arms.length === 1 ? "arm" : "arms"} ${arms.join(", ")})`
  const title = what === "code" ? name : what === "mesocosm" ? "mesocosm" : `${what} ${name}`
  if (before === undefined) return `${title}: new${what === "code" ? "" : `, ${now}`}${where}`
  if (now === undefined) return `${title}: gone${where}`
  if (what === "code") return `${title}: its source`
  return `${title}: ${what === "population" ? partsWords(before, now) : `${before} → ${now}`}${where}`
}

/** "identities 5 → 7 identities", where the name and the unit are the same. */
function sharedWords(was: string, is: string): string | undefined {
  const [name, value, ...unit] = was.split(" ")
  const [nameNow, valueNow, ...unitNow] = is.split(" ")
  const same = name === nameNow && unit.join(" ") === unitNow.join(" ")
  return same && value !== undefined && valueNow !== undefined
    ? [`${name} ${value} →`, valueNow, ...unit].join(" ")
    : undefined
}

/** Of two descriptions in parts, those parts that differ. */
function partsWords(before: string, now: string): string {
  const [then, current] = [before.split("; "), now.split("; ")]
  const gone = then.filter((part) => !current.includes(part))
  const come = current.filter((part) => !then.includes(part))
  const [was = "", is = ""] = [gone[0], come[0]]
  const said = gone.length === 1 && come.length === 1 ? sharedWords(was, is) : undefined
  return said ?? `${gone.join("; ") || "nothing"} → ${come.join("; ") || "nothing"}`
}

const LEGEND =
  "  recorded, now: the mean over seeds, and what lies from the 5th to the 95th percentile\n" +
  "  effect: the mean now less the mean recorded, and the interval in which it lies\n"

function kpiTable(kpis: readonly KpiChecked[], numeraire: string): string {
  const several = new Set(kpis.map(({ arm }) => arm)).size > 1
  const rows = kpis.map((each) => {
    const { arm, kpi, declared, says, onItsSeeds, effect, before, now } = each
    const { said, signed } = figures(declared.by)
    const [then, current] = shapes(before, now)
    return [
      several ? `${arm} ${kpi}` : kpi,
      spread(before, said),
      then,
      spread(now, said),
      current,
      effect === undefined ? "" : signed(effect.effect),
      effect === undefined ? "" : `${said(effect.low)} to ${said(effect.high)}`,
      `${declared.better === "lower" ? "up" : "down"} by ${said(declared.by)}${unitWords(declared.unit, numeraire)}`,
      onItsSeeds === undefined ? saysWords(says) : paint("green", "✓ unchanged", out)
    ] as const
  })
  const title = ["KPI", "recorded", "", "now", "", "effect", "interval", "may go", ""]
  const align = ["left", "left", "left", "left", "left", "right", "left", "left", "left"] as const
  const whole = table([title, ...rows], align)
  const widest = Math.max(...whole.split("\n").map((line) => unpainted(line).length))
  return widest <= (out.columns ?? Number.POSITIVE_INFINITY) ? whole : rows.map(narrow).join("")
}

/** A KPI below one another, for a terminal in which a table would be broken. */
function narrow([kpi, recorded, then, now, current, effect, interval, may, says]: readonly string[]): string {
  const lines = [
    ["recorded", recorded ?? "", then ?? ""],
    ["now", now ?? "", current ?? ""],
    ...(effect === "" ? [] : [["effect", effect ?? "", interval ?? ""]])
  ]
  return `  ${kpi}, may go ${may}: ${says}\n${table(lines, ["left", "left", "left"], 4)}`
}

function saysWords(says: KpiChecked["says"]): string {
  if (says === "passes") return paint("green", "✓ kept", out)
  return says === "fails" ? paint("red", "✗ worse", out) : paint("yellow", "? undecided", out)
}

function harmWords({ arm, kpi, declared, effect, worst }: KpiChecked, checked: Checked, place: Place): string {
  const unit = unitWords(declared.unit, checked.numeraire)
  const { said, signed } = figures(declared.by)
  const line =
    effect === undefined
      ? ""
      : `${kpi} is worse in arm ${arm}: ${signed(effect.effect)}${unit} (${said(effect.low)} to ${said(effect.high)}), where ${declared.better === "lower" ? "up" : "down"} by ${said(declared.by)}${unit} is allowed`
  const moved = checked.arms.find((each) => each.arm === arm)?.moved ?? []
  const who = unlike(moved)
    .map(({ population, before, now }) => `${population} ${money(before)} → ${money(now)}`)
    .join(", ")
  const seen =
    worst === undefined
      ? ""
      : `    best seen at seed ${worst.seed}: ${worst.before === undefined ? "" : `${said(worst.before)} → `}${said(worst.now)}\n${replay(
          arm,
          worst.seed,
          moved,
          place
        )
          .map((each) => `      ${each}\n`)
          .join("")}`
  return `\n  ${paint("red", "✗", out)} ${line}\n${who === "" ? "" : `    mean profit of an agent, in ${flat(checked.numeraire)}: ${who}\n`}${seen}`
}

/** Those whose profit is another than before. */
function unlike(moved: ArmChecked["moved"]): ArmChecked["moved"] {
  return moved.filter(({ before, now }) => money(before) !== money(now))
}

/** How many agents are explained. */
const EXPLAINED = 2

/** Commands that do a run again, and explain agents whose profit moved most; one whose did not where none did. */
export function replay(
  arm: string,
  seed: number,
  moved: ArmChecked["moved"],
  { named, set }: Place
): readonly string[] {
  const sets = Object.entries(set).map(([name, value]) => ` --set ${quoted(`${name}=${value}`)}`)
  const file = elsewhere(named)
  const of = file === undefined ? "" : ` --scenario ${quoted(file)}`
  const folder = quoted(`runs/gate/${arm}-${seed}`)
  const others = unlike(moved)
  const explained = others.length > 0 ? others.slice(0, EXPLAINED) : moved.slice(0, 1)
  return [
    command(`run ${quoted(named)} --arm ${quoted(arm)} --seed ${seed}${sets.join("")} --out ${folder}`),
    ...explained.map(({ population }) => command(`explain ${folder} ${quoted(`${population}/0`)}${of}`))
  ]
}

function armWords({ arm, failed, broken, moved }: ArmChecked, place: Place): readonly string[] {
  const cross = paint("red", "✗", out)
  const [first] = failed
  const fell =
    first === undefined
      ? []
      : [
          `\n  ${cross} ${plural(failed.length, "run")} of arm ${arm} failed, and did not before: seed ${first.seed}: ${first.error}\n      ${replay(arm, first.seed, [], place)[0]}\n`
        ]
  return [
    ...fell,
    ...broken.map(
      ({ claim, seeds }) =>
        `\n  ${cross} "${claim}" does not hold in arm ${arm}, and did before: seeds ${ranges(seeds)}\n${replay(
          arm,
          seeds[0] ?? 1,
          moved,
          place
        )
          .map((each) => `      ${each}\n`)
          .join("")}`
    )
  ]
}

/** The last line. */
export function verdictLine(checked: Checked, place: Place): string {
  const { says, kpis, arms, cutShort, again } = checked
  if (says === "passes") {
    if (again?.says === "same") return `${paint("green", "passes", out)}: the economy is the recorded one`
    return `${paint("green", "passes", out)}: ${kpis.length === 1 ? "its KPI is kept" : `all ${plural(kpis.length, "KPI")} are kept`}`
  }
  if (says === "fails") {
    const worse = kpis.filter((each) => each.says === "fails").length
    const claims = arms.reduce((sum, { broken }) => sum + broken.length, 0)
    const fallen = arms.reduce((sum, { failed }) => sum + failed.length, 0)
    const words = [
      ...(worse > 0 ? [`${plural(worse, "KPI")} worse`] : []),
      ...(claims > 0 ? [`${plural(claims, "claim")} broken`] : []),
      ...(fallen > 0 ? [`${plural(fallen, "run")} failed`] : [])
    ]
    return `${paint("red", "fails", out)}: ${words.join(", ")}`
  }
  const open = kpis.filter((each) => each.says === "undecided").map(({ kpi }) => kpi)
  const why = cutShort ? "time was up before its seeds were through" : "the intervals are too wide to say"
  return `${paint("yellow", "undecided", out)}: ${[...new Set(open)].join(", ")}${open.length > 0 ? "; " : ""}${why}\nfix: ${openFix(checked, place)}, or take it as it is with --allow-undecided`
}

/** What decides what is undecided. */
function openFix({ cutShort, paired, again }: Checked, { named }: Place): string {
  if (cutShort || again?.says === "unfinished") return "give it more time (--budget)"
  if (!paired) return "leave --seed and --seeds out: on the recorded seeds runs are paired, which tells more"
  return `record more seeds, with the code as it was before (${command(`baseline ${quoted(named)} --seeds 100 --force`)}), and check again`
}
