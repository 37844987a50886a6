/** The validation against known answers, from the words of the command line to a table and an exit code. */
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import type { Judged } from "../experiment/Judge.ts"
import { measurements, type Outcome, validate } from "../experiment/Validate.ts"
import { PROJECT } from "./Checkout.ts"
import { leaveKnownAnswers } from "./experiments/Evidence.ts"
import { EXIT } from "./Failure.ts"
import { findKnownAnswers } from "./KnownAnswers.ts"
import { tally } from "./progress/RunTally.ts"
import { paint } from "./Terminal.ts"
import { plural, print, printJson, table } from "./Text.ts"

/** What `mesocosm validate` was given. */
interface Asked {
  readonly ids: readonly string[]
  readonly chain: ChainKind | "both"
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/**
 * Validates, and tells.
 * @returns the exit code; what came of it has been printed.
 * @throws ScenarioError UnknownAnswer, MalformedDeclaration; nothing has been measured then.
 */
export async function validateLab({ ids, chain, json, quiet, signal }: Asked): Promise<number> {
  const answers = await findKnownAnswers(ids)
  const chains: readonly ChainKind[] = chain === "both" ? ["revm", "hardhat"] : [chain]
  const progress = tally(quiet, measurements(answers, chains))
  let outcomes: readonly Outcome[]
  try {
    outcomes = await validate(answers, {
      chains,
      artifacts: ArtifactStore.openOver(PROJECT),
      signal,
      onBegin: ({ id }, on) => progress.next(`${id} on ${on}`)
    })
  } finally {
    progress.done()
  }
  const whole = outcomes.length === answers.length * chains.length
  const passed = outcomes.filter(({ held }) => held).length
  if (json) printJson({ outcomes, passed, of: outcomes.length, interrupted: !whole })
  else print(words(outcomes, passed))
  if (!whole) {
    if (!json) process.stderr.write("Interrupted: the known answers that are not listed were not measured.\n")
    return EXIT.interrupted
  }
  // Some of them say nothing of the lab as a whole.
  if (ids.length === 0) await leaveKnownAnswers({ passed, of: outcomes.length, chains })
  return passed === outcomes.length ? EXIT.ok : EXIT.checkFailed
}

function words(outcomes: readonly Outcome[], passed: number): string {
  return `${outcomes.map(outcomeWords).join("\n")}\nknown answers passed: ${passed} of ${outcomes.length}\n`
}

function outcomeWords(outcome: Outcome): string {
  const { id, claim, setting, source, unit, chain, replications, values, error, held, seconds } = outcome
  const many = replications > 1 ? `, mean of ${plural(replications, "replication")}` : ""
  const head =
    `${mark(held)} ${paint("bold", id, process.stdout)}  ${claim}\n` +
    `    setting  ${setting}\n    source   ${source}\n    on       ${chain}, ${seconds.toFixed(1)} s${many}\n`
  if (error !== null) {
    return `${head}    ${paint("red", `${error.tag} ${error.reason}:`, process.stdout)} ${error.message}\n    fix: ${error.fix}\n`
  }
  const heading = [unit === null ? "" : `in ${unit}`, "expected", "got", "tolerance", ""]
  return head + table([heading, ...values.map(cells)], ["left", "right", "right"], 4)
}

function cells({ name, expected, got, tolerance, held }: Judged): readonly string[] {
  return [name ?? "", expected, got, tolerance, held ? "✓" : "✗"]
}

function mark(good: boolean): string {
  return good ? paint("green", "✓", process.stdout) : paint("red", "✗", process.stdout)
}
