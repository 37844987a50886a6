/** Counts what `hardhat test solidity` prints. Its reporter has no form for machines, so the summary lines are read. */
import type { Outcome, Ran } from "./Suite.ts"

/**
 * The outcome of a run of Hardhat's Solidity tests. Invariant: a run that failed counts at least one failure, and
 * one whose output has no summary is a failure, so that a change of the format cannot pass for success.
 */
export function countSolidity(ran: Ran): Outcome {
  const count = (word: string): number =>
    [...ran.output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))].reduce((sum, each) => sum + Number(each[1]), 0)
  const passed = count("passing")
  const failed = count("failing")
  const skipped = Array.from({ length: count("skipped") + count("pending") }, () => ({ name: "a Solidity test" }))
  const broken = failed === 0 && (!ran.ok || passed === 0)
  return {
    passed,
    failed: broken ? 1 : failed,
    skipped,
    output: broken || failed > 0 ? ran.output : "",
    ...coverageOf(ran.output)
  }
}

/** The lines covered, as the table of `--coverage` says it. */
function coverageOf(output: string): Pick<Outcome, "note"> {
  const lines = /^║ Total\s+│ ([\d.]+)/m.exec(output)?.[1]
  return lines === undefined ? {} : { note: `${lines} % of lines covered` }
}
