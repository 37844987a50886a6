/** The behaviour checks of a scenario, from the words of the command line to what was found and an exit code. */
import { writeFile } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Findings } from "../../reports/behaviours/Findings.ts"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import { ScenarioError } from "../Errors.ts"
import { auditor } from "../experiment/Audit.ts"
import { exploitability, exploitabilityRuns } from "../experiment/Exploitability.ts"
import { Pool } from "../experiment/executors/Pool.ts"
import { type LearningDesign, learning, learningRuns } from "../experiment/Learning.ts"
import { Interrupted, type Track } from "../experiment/Race.ts"
import { outOfGasOver, type RevertCount } from "../run/Reverts.ts"
import { resolve } from "../run/RunSpec.ts"
import type { BehaviourChecks } from "../store/Evidence.ts"
import { prepare } from "../store/RunFolder.ts"
import { words } from "./BehaviourWords.ts"
import { findEntry, load } from "./Catalogue.ts"
import { PROJECT, shown } from "./Checkout.ts"
import { codeOf } from "./experiments/CodeOf.ts"
import { leaveBehaviours } from "./experiments/Evidence.ts"
import { EXIT, errorBlock, errorDocument, exitCode } from "./Failure.ts"
import { readSets } from "./Perform.ts"
import { tally } from "./progress/RunTally.ts"
import { jsonText, number, print, printJson } from "./Text.ts"

/** What `mesocosm behaviours` was given. */
interface Asked {
  readonly scenario: string
  readonly seeds: string
  readonly episodes: string
  readonly arm: string
  readonly set: readonly string[]
  readonly chain: ChainKind
  readonly workers: string | undefined
  /** Folder of the report; none is written when it is left out. */
  readonly out: string | undefined
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

/** What came of both checks, and how it is made again. */
type Found = Findings & {
  readonly set: { readonly [name: string]: string }
  /** Seeds that learners were trained on. */
  readonly training: readonly number[]
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
  const bare: Track = {
    scenario,
    arm,
    set: readSets(asked.set),
    chain,
    artifacts: ArtifactStore.openOver(PROJECT),
    signal
  }
  const design: LearningDesign = {
    training: series(FIRST_TRAINING_SEED, episodes),
    heldOut: seeds,
    checkpointEvery: Math.max(1, Math.ceil(episodes / CHECKPOINTS))
  }
  const numeraire = scenario.numeraire({ params: resolve(scenario, { arm, seed: 0, set: bare.set ?? {} }).values }).name
  if (asked.out !== undefined) await prepare(asked.out)
  const progress = tally(asked.quiet, exploitabilityRuns(bare, seeds.length) + learningRuns(bare, design))
  const preload = new URL("Preload.ts", import.meta.url).href
  const pool = new Pool({ chain, root: PROJECT, workers, preload, signal })
  let audited = 0
  const dry: (readonly RevertCount[])[] = []
  const track: Track = {
    ...bare,
    threads: { pool, file: pathToFileURL(entry.file).href },
    onRun: progress.next,
    onAudited: () => audited++,
    onOutOfGas: (functions) => dry.push(functions)
  }
  let found: Found
  try {
    // Training first: each of its episodes waits for the one before it, and the races fill the other threads.
    const [learners, strategic] = await Promise.all([learning(track, design), exploitability(track, seeds)])
    found = {
      scenario: scenario.id,
      question: scenario.question ?? null,
      arm,
      set: bare.set ?? {},
      chain,
      seeds,
      training: design.training,
      numeraire,
      mostRegret: MOST_REGRET,
      exploitability: strategic,
      learning: learners.map(({ state: _, ...learnt }) => learnt),
      audited: { chain: auditor(chain), runs: audited, identical: audited },
      ...(dry.length === 0 ? {} : { outOfGas: { runs: dry.length, functions: outOfGasOver(dry) } }),
      passed: strategic.every(({ share }) => share <= MOST_REGRET) && learners.every(({ learns }) => learns),
      command: commandOf(asked)
    }
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
  // With a Param set by hand it says nothing of the arm as it is.
  if (Object.keys(found.set).length === 0) await leaveBehaviours(leavings(found), await codeOf(entry))
  const written = asked.out === undefined ? undefined : await write(found, asked.out)
  if (asked.json) printJson(found)
  else print(`${words(found)}${written === undefined ? "" : `\nreport  ${shown(written)}\n`}`)
  return found.passed ? EXIT.ok : EXIT.checkFailed
}

/** What a report of an experiment says of it. */
function leavings({ scenario, arm, seeds: all, exploitability: strategic }: Found): BehaviourChecks {
  return {
    scenario,
    arm,
    seeds: all.length,
    strategic: strategic.map(({ population, behaviour, own, regret, deviations }) => ({
      population,
      behaviour,
      profit: own.mean,
      regret,
      deviations: deviations.length
    }))
  }
}

/** The report, its charts and the findings as data. @returns the page. @throws ReportError Unwritable. */
async function write(found: Found, folder: string): Promise<string> {
  const { writeBehaviours } = await import("../../reports/BehavioursReport.ts")
  await writeFile(join(folder, "behaviours.json"), jsonText(found))
  return (await writeBehaviours(found, folder)).html
}

/** What a shell is given to make the same again. */
function commandOf({ scenario, seeds, episodes, arm, set, chain }: Asked): string {
  const sets = set.map((each) => `--set ${quoted(each)}`)
  const flags = [`--arm ${quoted(arm)}`, `--seeds ${seeds}`, `--episodes ${episodes}`, `--chain ${chain}`, ...sets]
  return `./mesocosm behaviours ${quoted(scenario)} ${flags.join(" ")}`
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
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
