/** What is told of the behaviour checks in a terminal: two tables, the learning curve, and what to make of them. */
import type { Findings, Interval, Learner, Strategic } from "../../reports/behaviours/Findings.ts"
import { columnChart } from "./ColumnChart.ts"
import { dryWords } from "./OutOfGas.ts"
import { paint } from "./Terminal.ts"
import { money, plural, signed, table } from "./Text.ts"

/** What is said of both checks. */
export function words(found: Findings): string {
  const { scenario, arm, chain, seeds, numeraire, exploitability: strategic, learning: learners, audited } = found
  const head = `${paint("bold", `${scenario}, arm ${arm}`, process.stdout)}: ${plural(seeds.length, "seed")} on ${chain}, in ${numeraire}\n`
  if (strategic.length === 0 && learners.length === 0) {
    return `${head}  No behaviour with agents lists deviations, and none learns: there is nothing to check.\n`
  }
  const parts = [head]
  if (strategic.length > 0) {
    parts.push(
      title("could they have done better? Profit, and what each deviation adds"),
      ...strategic.map((each) => strategicWords(each, found.mostRegret))
    )
  }
  if (learners.length > 0) {
    parts.push(
      title("do they learn? Trained, then frozen and raced on seeds they have not seen"),
      ...learners.map(learnerWords)
    )
  }
  if (found.outOfGas !== undefined) parts.push(dryWords(found.outOfGas))
  parts.push(
    `Audited on ${audited.chain === "hardhat" ? "Hardhat" : audited.chain}: ${audited.identical} of ${audited.runs} identical; one run of each kind, drawn at random.\n` +
      "Paired by seed, with 95 % intervals of Student's t: simulation intervals, given the assumptions. The best of several\n" +
      "deviations is picked by the same runs, so regret errs to the high side; what is not listed was not tried.\n"
  )
  return parts.join("\n")
}

function title(text: string): string {
  return `${paint("bold", text, process.stdout)}`
}

function strategicWords(
  { population, behaviour, own, deviations, best, regret, share }: Strategic,
  most: number
): string {
  const rows = deviations.map(({ deviation, gain }) => [deviation, signed(gain.mean), span(gain)])
  const verdict =
    best === undefined
      ? "no deviation earns more"
      : `regret ${money(regret)}, ${Number.isFinite(share) ? `${money(share * 100)} % of its profit` : "and it earns nothing itself"}: ${best.deviation}`
  return (
    `  ${population}/0 (${behaviour}) earns ${money(own.mean)}, ${span(own)}\n` +
    table([["deviation", "adds", "interval"], ...rows], ["left", "right", "left"], 4) +
    `  ${mark(share <= most)}  ${verdict}\n`
  )
}

function learnerWords(learnt: Learner): string {
  const { population, behaviour, episodes, checkpoints, profit, contests, learns } = learnt
  const rows = contests.map(({ opponent, profit: theirs, effect, beaten }) => [
    opponent,
    money(theirs.mean),
    signed(effect.mean),
    span(effect),
    beaten ? "beaten" : "not beaten"
  ])
  const tried = checkpoints.map(({ episodes: after, profit: at }) => `${money(at.mean)} after ${after}`).join(", ")
  return (
    `  ${population}/0 (${behaviour}) earns ${money(profit.mean)}, ${span(profit)}\n` +
    `${table([["against", "earns", "learner's effect", "interval", ""], ...rows], ["left", "right", "right", "left", "left"], 4)}` +
    `    profit of each of ${plural(episodes.length, "training episode")}, exploring\n` +
    `${indented(columnChart(episodes, { rows: 5, width: 60, label: money }))}` +
    `    frozen: ${tried}${checkpoints.length > 1 ? " (all but the last over a few seeds)" : ""}\n` +
    `  ${mark(learns)}  ${learns ? "a learner: it beats all it must, each by an interval above zero" : "not a learner: it does not beat all it must by an interval above zero"}\n`
  )
}

function mark(good: boolean): string {
  return good ? paint("green", "✓", process.stdout) : paint("red", "✗", process.stdout)
}

function span({ low, high, n }: Interval): string {
  return n > 1 ? `${money(low)} to ${money(high)}` : "no interval from one seed"
}

function indented(text: string): string {
  return text.replace(/^/gm, "    ").trimEnd().concat("\n")
}
