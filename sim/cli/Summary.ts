/** What a person reads after a run: how it ended, what was measured, what held, who earned what, and where to go on. */
import { quoted } from "../../reports/run/CommandLine.ts"
import { type AgentMoney, type Earnings, earningsOf } from "../../reports/run/Earnings.ts"
import { spoken } from "../kernel/Duration.ts"
import type { Recorder } from "../run/Recorder.ts"
import type { Manifest } from "../store/Manifest.ts"
import { elsewhere } from "./Catalogue.ts"
import { command } from "./Checkout.ts"
import { outOfGasLines } from "./OutOfGas.ts"
import { flat, paint } from "./Terminal.ts"
import { cut, number, plural, quantity, short, table } from "./Text.ts"

/** A run to sum up. */
interface Told {
  readonly manifest: Manifest
  readonly recorder: Recorder
  readonly folder: string
  readonly report: string | null
  /** What `run` was given: an id or a file. */
  readonly named: string
}

/** The summary, as printed. */
export function summary(told: Told): string {
  const { manifest } = told
  if (manifest.status === "interrupted" && manifest.endedAt === 0) {
    return `${head(manifest)}  Nothing had happened yet: there is nothing to measure, and nothing was checked.\n`
  }
  if (nothingRan(manifest))
    return `${head(manifest)}  Nothing had happened yet; its record is in ${flat(told.folder)}.\n`
  return [head(manifest), metrics(manifest), checks(manifest), ledger(told), foot(told), next(told)]
    .filter((part) => part !== "")
    .join("\n")
}

/** Whether a run failed before its first block: there is nothing of it to be measured or explained. */
function nothingRan({ status, endedAt, counts, metrics: all }: Manifest): boolean {
  // Of a run whose last checks threw the counts are not known, and its samples are.
  return status === "failed" && endedAt === 0 && counts.blocks === 0 && all.every(({ last }) => last === null)
}

function title(text: string): string {
  return `${paint("bold", text, process.stdout)}\n`
}

function head(manifest: Manifest): string {
  const { spec, status, counts, host, endedAt, scenario, params } = manifest
  const colour = status === "complete" ? "green" : status === "failed" ? "red" : "yellow"
  const set = params.filter(({ setBy }) => setBy !== "default").map(({ name, value }) => `${name}=${value}`)
  const time = status === "complete" ? spoken(spec.horizon) : `${spoken(endedAt)} of ${spoken(spec.horizon)}`
  const lines = [
    `${paint("bold", `${spec.scenario}, arm ${flat(spec.arm)}, seed ${spec.seed}`, process.stdout)}: ${paint(colour, status, process.stdout)}`,
    ...(scenario.question === null ? [] : [`  ${flat(scenario.question)}`]),
    ...(set.length === 0 ? [] : [`  with ${flat(set.join(", "))}`]),
    `  ${time} in ${number(host.seconds)} s on ${host.chain}: ${plural(counts.blocks, "block")}, ` +
      `${plural(counts.transactions, "transaction")} (${number(counts.reverted)} reverted, ` +
      `${number(counts.invalid)} never in a block)`,
    ...revertLines(manifest)
  ]
  return `${lines.join("\n")}\n`
}

/** Functions that are named of those that reverted. */
const NAMED = 3

/** Which functions revert most, unless it is for want of gas, which is told by itself. */
function revertLines({ reverts = [] }: Manifest): readonly string[] {
  const refused = reverts
    .map(({ contract, fn, times, outOfGas }) => ({ call: `${contract}.${fn}`, times: times - outOfGas }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times)
  const most = refused.slice(0, NAMED).map(({ call, times }) => `${call} ${number(times)}`)
  const more = refused.length > NAMED ? ", …" : ""
  return [
    ...(most.length === 0 ? [] : [`  reverted: ${flat(most.join(", "))}${more}`]),
    ...outOfGasLines(reverts).map((line) => `  ${line}`)
  ]
}

function metrics({ metrics: all, charts, scenario }: Manifest): string {
  if (all.length === 0) return ""
  const rows = all.map(({ name, unit, last, says }) => {
    const value = last === null ? "no sample" : quantity(last.number, unit === "money" ? scenario.numeraire : unit)
    const theory = charts.find((chart) => chart.theory !== null && chart.metrics.includes(name))?.theory
    return [name, value, theory == null ? "" : `theory ${number(theory.value)}  (${theory.label})`, cut(says ?? "", 64)]
  })
  const aligned = rows.some((row) => row[2] !== "")
    ? rows
    : rows.map((row) => [row[0] ?? "", row[1] ?? "", row[3] ?? ""])
  return title("metrics, at the last sample") + table(aligned, ["left", "right"])
}

function checks({ checks: all }: Manifest): string {
  if (all.length === 0) return ""
  const lines = all.map(({ claim: claimed, held, failedAt }) => {
    const claim = flat(claimed)
    if (held === undefined) return `  ?  ${claim}  (not tried: the run did not reach its end)`
    if (held) return `  ${paint("green", "✓", process.stdout)}  ${claim}`
    return `  ${paint("red", "✗", process.stdout)}  ${claim}  (failed after ${spoken(failedAt ?? 0)})`
  })
  return `${title("checks")}${lines.join("\n")}\n`
}

const MONEY = ["received", "sent", "gas", "spent", "capital", "change", "profit"] as const

/** What each population earned, in the order of the populations. */
function earned({ manifest, recorder }: Told): readonly Earnings[] {
  const columns = recorder.columns("agents")
  const agentRows = (columns["population"] ?? []).map((_, at) =>
    Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[at]]))
  )
  // The table has what AgentMoney names, as the report of a run reads it.
  return earningsOf(manifest.populations, agentRows as unknown as readonly AgentMoney[])
}

function ledger(told: Told): string {
  const { manifest } = told
  const earnings = earned(told)
  const rows = manifest.populations.map(({ name, agents, identities }) => {
    const earned = earnings.find(({ population }) => population === name)
    const profit = earned?.profit ?? 0
    const money = MONEY.map((column) => number(earned?.[column] ?? 0))
    return [name, number(agents), number(identities), ...money, agents === 0 ? "" : number(profit / agents)]
  })
  if (rows.length === 0) return ""
  const header = ["", "agents", "identities", ...MONEY, "profit per agent"]
  const right = header.map((_, at) => (at === 0 ? ("left" as const) : ("right" as const)))
  const words = "  change: in value, of what is held and locked\n"
  return title(`ledger, in ${flat(manifest.scenario.numeraire)}`) + table([header, ...rows], right) + words
}

function foot({ manifest, folder, report }: Told): string {
  const { digest, audit, code } = manifest
  const audited =
    audit.checkpoints === 0
      ? "no checkpoint was reached"
      : `${plural(audit.tokens, "token")} conserved over ${number(audit.holders)} balances at ${audit.checkpoints} checkpoints`
  const rows = [
    ["digests", `economy ${short(digest.economy)}  trace ${short(digest.trace)}`],
    ["audit", audited],
    ...(manifest.audited === null
      ? []
      : [
          [
            "",
            manifest.audited.same
              ? `done again on ${manifest.audited.chain}: the same digests`
              : `done again on ${manifest.audited.chain}: other digests`
          ]
        ]),
    [
      "code",
      `mesocosm ${code.version}${code.revision === null ? "" : ` at ${code.revision.slice(0, 10)}`}${code.changed === true ? ", changed since" : ""}`
    ],
    ["folder", folder],
    ...(report === null ? [] : [["report", report]])
  ]
  return title("record") + table(rows, ["left", "left"])
}

/** The population of which an agent is worth a look: whose agents gained or lost most; the last where none did. */
function telling(told: Told): string | undefined {
  const most = (each: Earnings): number => Math.abs(each.profit) / each.agents
  const [first] = earned(told)
    .filter(({ agents }) => agents > 0)
    .reverse()
    .sort((a, b) => most(b) - most(a))
  return first?.population
}

function next(told: Told): string {
  const { manifest, folder, report, named } = told
  const { spec, scenario, params } = manifest
  const set = params
    .filter(({ setBy }) => setBy === "set")
    .map(({ name, value }) => ` --set ${quoted(`${name}=${value}`)}`)
  const again = `run ${quoted(named)}${set.join("")}`
  const population = telling(told)
  const arm = Object.keys(scenario.arms).find((name) => name !== spec.arm)
  const file = elsewhere(named)
  const of = file === undefined ? "" : ` --scenario ${quoted(file)}`
  const failed = manifest.status === "failed"
  const rows = [
    ...(population === undefined
      ? []
      : [
          [command(`explain ${quoted(folder)} ${quoted(`${population}/0`)}${of}`), "what one agent saw, wanted and got"]
        ]),
    ...(report === null && !failed ? [[command(`report ${quoted(folder)}`), "write its report"]] : []),
    ...(arm === undefined || failed ? [] : [[command(`${again} --arm ${quoted(arm)}`), "the same in another arm"]]),
    ...(failed
      ? []
      : [[command(`${again} --arm ${quoted(spec.arm)} --seed ${spec.seed + 1}`), "the same by other chance"]])
  ]
  return rows.length === 0 ? "" : title("next") + table(rows, ["left", "left"])
}
