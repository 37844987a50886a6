/** How sure an experiment's answer is and what it rests on, as plain text; what nobody measured is said, with the command. */
import type { BehaviourChecks, MeasuredBy } from "../../sim/store/Evidence.ts"
import { outOfGasOf } from "../format/OutOfGas.ts"
import { counted, freeStyle, listed, quantity } from "../format/Quantity.ts"
import { quoted } from "../run/CommandLine.ts"
import type { Line } from "./Answer.ts"
import type { ExperimentFacts } from "./Facts.ts"

/** What the answer rests on. */
export function restsOn(facts: ExperimentFacts): readonly Line[] {
  const { manifest, analysis, dry } = facts
  const { design, runs, audited, chain } = manifest
  const other = chain === "revm" ? "Hardhat" : "revm"
  const same = audited.filter((each) => each.same).length
  const failed =
    runs.failed === 0
      ? "none failed"
      : `${counted(runs.failed, "run")} failed and ${runs.failed === 1 ? "is" : "are"} left out`
  const pairs = analysis.comparisons[0]?.pairs
  const judged = analysis.comparisons.flatMap(({ kpis }) => kpis)
  const sure = judged.filter(({ effect: { low, high } }) => low > 0 || high < 0).length
  return [
    ...(judged.length === 0
      ? []
      : [
          {
            text: `In ${sure} of ${counted(judged.length, "outcome")} chance does not explain the difference: the range in brackets does not reach zero.`
          }
        ]),
    {
      text: `${counted(runs.complete, "simulated run")} of the real contract code on a simulated blockchain (${chain === "revm" ? "revm" : "Hardhat"}); ${failed}.`
    },
    ...(dry === undefined ? [] : [{ text: outOfGasOf(dry.functions, dry.runs) }]),
    ...(design.arms.length < 2 || pairs === undefined
      ? []
      : [
          {
            text: `Paired: ${counted(pairs, "repetition")} (“seeds” below), each run with and without the change under the same chance.`
          }
        ]),
    audited.length === 0
      ? { text: `Audited: no run was made again on ${other}, another simulated blockchain.` }
      : {
          text: `Audited: ${audited.length} of ${counted(runs.complete + runs.failed, "run")} ${audited.length === 1 ? "was" : "were"} made again on ${other}, another simulated blockchain${same === audited.length ? ", and came out identical" : `; ${same} came out identical`}.`
        },
    knownAnswers(facts),
    ...regrets(facts)
  ]
}

function knownAnswers({ evidence }: ExperimentFacts): Line {
  const known = evidence?.knownAnswers ?? null
  if (known === null)
    return {
      text: "Known answers (cases in which theory says what must come out): not measured.",
      command: "./mesocosm validate"
    }
  return {
    text: `Known answers (cases in which theory says what must come out): ${known.passed} of ${known.of} passed on ${listed(known.chains)}${byOther(known)}.`
  }
}

function byOther({ sameCode, revision }: MeasuredBy): string {
  return sameCode
    ? ""
    : `, with another version of the code than these runs${revision === null ? "" : ` (revision ${revision.slice(0, 9)})`}`
}

/** By how much strategic agents could have done better, in each arm. */
function regrets({ evidence, manifest, arms }: ExperimentFacts): readonly Line[] {
  const { design, named } = manifest
  const numeraire = [...arms.values()][0]?.scenario.numeraire ?? "numeraire"
  return design.arms.map((arm): Line => {
    const found = evidence?.behaviours.find((each) => each.arm === arm)
    const about = `Simulated people who act for gain, in ${arm}`
    if (found === undefined) {
      return {
        text: `${about}: whether another way to act would earn them more was not measured.`,
        command: `./mesocosm behaviours ${quoted(named)} --arm ${quoted(arm)}`
      }
    }
    return { text: `${about}: ${regretOf(found, numeraire)}${byOther(found)}.` }
  })
}

function regretOf({ strategic, seeds }: BehaviourChecks, numeraire: string): string {
  if (strategic.length === 0) return "none lists other ways to act"
  const style = freeStyle(numeraire)
  const each = strategic.map(({ behaviour, regret, profit, deviations }) =>
    regret === 0
      ? `none of ${counted(deviations, "other way", "other ways")} to act earns ${behaviour} more than its ${quantity(profit, style)} (regret 0)`
      : `the best of ${counted(deviations, "other way", "other ways")} to act earns ${behaviour} ${quantity(regret, style)} more than its ${quantity(profit, style)} (its regret)`
  )
  return `${listed(each)}, ${counted(seeds, "seed")}`
}
