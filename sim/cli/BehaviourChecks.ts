/** The behaviour checks of a scenario, from the words of the command line to two tables and an exit code. */
import { availableParallelism } from "node:os"
import { pathToFileURL } from "node:url"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import { ScenarioError } from "../Errors.ts"
import { auditor } from "../experiment/Audit.ts"
import { type Exploitability, exploitability, exploitabilityRuns } from "../experiment/Exploitability.ts"
import { Pool } from "../experiment/executors/Pool.ts"
import { type LearningDesign, type Learnt, learning, learningRuns } from "../experiment/Learning.ts"
import { Interrupted, type Track } from "../experiment/Race.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Interval } from "../stats/PairedT.ts"
import { findEntry, load } from "./Catalogue.ts"
import { ROOT } from "./Checkout.ts"
import { columnChart } from "./ColumnChart.ts"
import { EXIT, errorBlock, errorDocument, exitCode } from "./Failure.ts"
import { readSets } from "./Perform.ts"
import { tally } from "./progress/RunTally.ts"
import { money, number, paint, plural, print, printJson, signed, table } from "./Text.ts"

/** What `mesocosm behaviours` was given. */
interface Asked {
  readonly scenario: string
  readonly seeds: string
  readonly episodes: string
  readonly arm: string
  readonly set: readonly string[]
  readonly chain: ChainKind
  readonly workers: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/** Regret above this share of an agent's profit says that it does not play its game well. */
const MOST_REGRET = 0.05

/** Training begins here, far above the seeds of the races. */
const FIRST_TRAINING_SEED = 1_000_001

/** Most seeds or episodes, so that the two kinds of seeds never meet. */
const MOST = 1_000_000

/** Most threads: each keeps a chain and a copy of the scenario. */
const MOST_WORKERS = 256

/** The learner is tried about so often on its way. */
const CHECKPOINTS = 4

/** What came of both checks. */
interface Found {
  readonly track: Track
  readonly seeds: readonly number[]
  readonly design: LearningDesign
  readonly numeraire: string
  readonly strategic: readonly Exploitability[]
  readonly learners: readonly Learnt[]
  /** Runs that were done again on the other chain; all left the same digests, or nothing was found. */
  readonly audited: number
}

/**
 * Races, and tells.
 * @returns the exit code; what came of it has been printed.
 * @throws ScenarioError when what was asked for is wrong; nothing has run then.
 */
export async function checkBehaviours(asked: Asked): Promise<number> {
  const seeds = series(1, readCount("--seeds", asked.seeds))
  const episodes = readCount("--episodes", asked.episodes)
  const workers =
    asked.workers === undefined ? availableParallelism() : readCount("--workers", asked.workers, MOST_WORKERS)
  const entry = findEntry(asked.scenario)
  const scenario = await load(entry)
  const { arm, chain, signal } = asked
  const bare: Track = { scenario, arm, set: readSets(asked.set), chain, artifacts: ArtifactStore.open(ROOT), signal }
  const design: LearningDesign = {
    training: series(FIRST_TRAINING_SEED, episodes),
    heldOut: seeds,
    checkpointEvery: Math.max(1, Math.ceil(episodes / CHECKPOINTS))
  }
  const numeraire = scenario.numeraire({ params: resolve(scenario, { arm, seed: 0, set: bare.set ?? {} }).values }).name
  const progress = tally(asked.quiet, exploitabilityRuns(bare, seeds.length) + learningRuns(bare, design))
  const preload = new URL("Preload.ts", import.meta.url).href
  const pool = new Pool({ chain, root: ROOT, workers, preload, signal })
  let audited = 0
  const track: Track = {
    ...bare,
    threads: { pool, file: pathToFileURL(entry.file).href },
    onRun: progress.next,
    onAudited: () => audited++
  }
  let found: Found
  try {
    // Training first: each of its episodes waits for the one before it, and the races fill the other threads.
    const [learners, strategic] = await Promise.all([learning(track, design), exploitability(track, seeds)])
    found = { track, seeds, design, numeraire, strategic, learners, audited }
  } catch (error) {
    progress.done()
    if (error instanceof Interrupted) {
      if (asked.json) printJson({ interrupted: true })
      else process.stderr.write("Interrupted: nothing is said of behaviours whose races were not all run.\n")
      return EXIT.interrupted
    }
    if (asked.json) printJson({ error: errorDocument(error) })
    else process.stderr.write(errorBlock(error))
    return exitCode(error, "in a run")
  } finally {
    await pool.close()
  }
  progress.done()
  if (asked.json) printJson(document(found))
  else print(words(found))
  return passed(found) ? EXIT.ok : EXIT.checkFailed
}

function passed({ strategic, learners }: Found): boolean {
  return strategic.every(({ share }) => share <= MOST_REGRET) && learners.every(({ learns }) => learns)
}

function series(from: number, length: number): readonly number[] {
  return Array.from({ length }, (_, at) => from + at)
}

/** @throws ScenarioError Usage. */
function readCount(flag: string, text: string, most = MOST): number {
  const count = /^\d+$/.test(text.trim()) ? Number(text) : 0
  if (count >= 1 && count <= most) return count
  throw new ScenarioError({
    reason: "Usage",
    message: `${flag} is "${text}", which is no whole number from 1 to ${number(most)}`,
    fix: `Give one, for example ${flag} ${Math.min(10, Math.ceil(most / 64))}.`,
    offending: { name: flag, value: text }
  })
}

function document(found: Found): unknown {
  const { track, seeds, design, numeraire, strategic, learners, audited } = found
  return {
    scenario: track.scenario.id,
    arm: track.arm,
    set: track.set ?? {},
    chain: track.chain,
    seeds,
    training: design.training,
    numeraire,
    mostRegret: MOST_REGRET,
    audited: { chain: auditor(track.chain), runs: audited, identical: audited },
    // JSON has no infinity: an unbounded end, or a share of no profit, is null.
    exploitability: strategic,
    learning: learners.map(({ state: _, ...learnt }) => learnt),
    passed: passed(found)
  }
}

function words(found: Found): string {
  const { track, seeds, numeraire, strategic, learners, audited } = found
  const head = `${paint("bold", `${track.scenario.id}, arm ${track.arm}`, process.stdout)}: ${plural(seeds.length, "seed")} on ${track.chain}, in ${numeraire}\n`
  if (strategic.length === 0 && learners.length === 0) {
    return `${head}  No behaviour with agents lists deviations, and none learns: there is nothing to check.\n`
  }
  const parts = [head]
  if (strategic.length > 0) {
    parts.push(
      title("could they have done better? Profit, and what each deviation adds"),
      ...strategic.map(strategicWords)
    )
  }
  if (learners.length > 0) {
    parts.push(
      title("do they learn? Trained, then frozen and raced on seeds they have not seen"),
      ...learners.map(learnerWords)
    )
  }
  parts.push(
    `Audited on ${auditor(track.chain) === "hardhat" ? "Hardhat" : auditor(track.chain)}: ${audited} of ${audited} identical; one run of each kind, drawn at random.\n` +
      "Paired by seed, with 95 % intervals of Student's t: simulation intervals, given the assumptions. The best of several\n" +
      "deviations is picked by the same runs, so regret errs to the high side; what is not listed was not tried.\n"
  )
  return parts.join("\n")
}

function title(text: string): string {
  return `${paint("bold", text, process.stdout)}`
}

function strategicWords({ population, behaviour, own, deviations, best, regret, share }: Exploitability): string {
  const rows = deviations.map(({ deviation, gain }) => [deviation, signed(gain.mean), span(gain)])
  const verdict =
    best === undefined
      ? "no deviation earns more"
      : `regret ${money(regret)}, ${Number.isFinite(share) ? `${money(share * 100)} % of its profit` : "and it earns nothing itself"}: ${best.deviation}`
  return (
    `  ${population}/0 (${behaviour}) earns ${money(own.mean)}, ${span(own)}\n` +
    table([["deviation", "adds", "interval"], ...rows], ["left", "right", "left"], 4) +
    `  ${mark(share <= MOST_REGRET)}  ${verdict}\n`
  )
}

function learnerWords(learnt: Learnt): string {
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
