/** `mesocosm baseline` and `mesocosm check`, from their words to an exit code. */
import { existsSync } from "node:fs"
import { quoted } from "../../../reports/run/CommandLine.ts"
import { ScenarioError } from "../../Errors.ts"
import { compareDesign } from "../../experiment/Designs.ts"
import type { Executor } from "../../experiment/executors/Executor.ts"
import type { Baseline } from "../../experiment/gate/Baseline.ts"
import { type Checked, check } from "../../experiment/gate/Check.ts"
import { baselineOf, kpisOf, Runs } from "../../experiment/gate/Record.ts"
import { seedsOf } from "../../experiment/Planning.ts"
import { readSeed } from "../../run/RunSpec.ts"
import { codeWords } from "../../store/CodeVersion.ts"
import { command, shown } from "../Checkout.ts"
import { listed, readCount, usage } from "../experiments/Asked.ts"
import { type Found, find, openExecutor } from "../experiments/Conducting.ts"
import { EXIT } from "../Failure.ts"
import { mayWrite } from "../MayWrite.ts"
import { dryWords } from "../OutOfGas.ts"
import { readSets } from "../Perform.ts"
import { experimentReporter } from "../progress/ExperimentLine.ts"
import { plural, print, printJson, ranges, table } from "../Text.ts"
import { againWords } from "./Again.ts"
import { annotations, junit, markdown, type Told } from "./Exports.ts"
import { baselineFile, everyBaseline, readBaseline, writeBaseline, writeWhole } from "./Files.ts"
import { figures, shapes, spread, unitWords } from "./Shape.ts"
import { changeWords, checkWords } from "./Words.ts"

/** How runs are made. */
interface Made {
  readonly chain: "hardhat" | "revm"
  readonly workers: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

interface BaselineAsked extends Made {
  readonly scenario: string
  readonly arms: string | undefined
  readonly seeds: string
  readonly seed: string
  readonly set: readonly string[]
  readonly file: string | undefined
  readonly force: boolean
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong; nothing has run then. */
export async function recordBaseline(asked: BaselineAsked): Promise<number> {
  const found = await find(asked.scenario)
  const { scenario } = found
  const count = readCount("--seeds", asked.seeds, 2, 100_000)
  const { arms, set, seeds } = compareDesign(scenario, {
    arms: asked.arms === undefined ? [] : listed("--arms", asked.arms),
    set: readSets(asked.set),
    seeds: { from: readSeed(asked.seed), count },
    kpis: null,
    audit: 0
  })
  const file = asked.file ?? baselineFile(scenario.id)
  if (existsSync(file) && !asked.force) {
    throw new ScenarioError({
      reason: "AlreadyExists",
      message: `${shown(file)} is recorded already`,
      fix: `See what moved and record it again with ${command(`check ${asked.scenario} --update`)}, or write over it with --force.`,
      offending: { name: "--file", value: file }
    })
  }
  if (Object.keys(kpisOf(scenario)).length === 0) {
    throw usage(
      "scenario",
      asked.scenario,
      "declares no KPI: no metric says what matters",
      "Give a metric `matters: { by, better }`: by how much it may get worse."
    )
  }
  await mayWrite(file, "--file")
  const runs = new Runs()
  await working(found, asked, async (executor, onRun) => {
    const { chain, signal } = asked
    await runs.make({ scenario, executor, chain, arms, set, seeds: seedsOf(seeds), onRun, signal })
  })
  if (asked.signal.aborted) {
    process.stderr.write("Interrupted; no baseline was written.\n")
    return EXIT.interrupted
  }
  const baseline = baselineOf(runs, {
    scenario,
    arms,
    set,
    seeds: seedsOf(seeds),
    named: asked.scenario,
    mesocosm: codeWords().version
  })
  const failed = Object.entries(baseline.arms).flatMap(([arm, { failed: each }]) =>
    Object.keys(each).map((seed) => ({ arm, seed }))
  )
  const [first] = failed
  const failure = first === undefined ? undefined : runs.failure(first.arm, Number(first.seed))
  if (first !== undefined && failure !== undefined) {
    const sets = asked.set.map((each) => ` --set ${quoted(each)}`).join("")
    const see = `run ${quoted(asked.scenario)} --arm ${quoted(first.arm)} --seed ${first.seed}${sets} --chain ${asked.chain}`
    throw new ScenarioError({
      reason: "MeasureFailed",
      message: `${plural(failed.length, "run")} failed, so there is nothing to hold others against: arm ${first.arm}, seed ${first.seed}: ${failure.message}`,
      fix: `${failure.fix} See it with ${command(see)}.`,
      offending: { name: "seed", value: first.seed }
    })
  }
  await writeBaseline(file, baseline)
  const dry = runs.outOfGas()
  if (asked.json) printJson({ file: shown(file), baseline, outOfGas: dry ?? null })
  else print(`${baselineWords(baseline, shown(file))}${dry === undefined ? "" : dryWords(dry)}`)
  return EXIT.ok
}

function baselineWords(baseline: Baseline, file: string): string {
  const rows = Object.entries(baseline.arms).flatMap(([arm, { values }]) =>
    Object.entries(baseline.kpis).map(([kpi, { by, better, unit }]) => {
      const sample = (values[kpi] ?? []).filter((value) => value !== null)
      return [
        arm,
        kpi,
        spread(sample, figures(by).said),
        shapes(sample, [])[0],
        `${better === "lower" ? "up" : "down"} by ${figures(by).said(by)}${unitWords(unit, baseline.numeraire ?? "money")}`
      ]
    })
  )
  const align = ["left", "left", "left", "left", "left"] as const
  return `${baseline.scenario}: ${plural(baseline.seeds.count, "seed")} (${ranges(seedsOf(baseline.seeds))})\n${table([["arm", "KPI", "mean (5th to 95th percentile)", "", "may go"], ...rows], align)}\n  ${file}\n  Commit it; ${command(`check ${baseline.named}`)} compares with it.\n`
}

interface CheckAsked extends Made {
  readonly scenario: string | undefined
  readonly file: string | undefined
  readonly seeds: string | undefined
  readonly seed: string | undefined
  readonly confidence: string
  readonly until: "decided" | undefined
  readonly maxSeeds: string | undefined
  readonly budget: string | undefined
  readonly allowUndecided: boolean
  readonly update: boolean
  readonly markdown: string | undefined
  readonly junit: string | undefined
  readonly github: boolean
}

/** @returns the exit code: 1 where something is worse, or undecided. @throws ScenarioError when what was asked for is wrong. */
export async function checkBaselines(asked: CheckAsked): Promise<number> {
  const confidence = readShare("--confidence", asked.confidence)
  const budget = asked.budget === undefined ? undefined : readSeconds("--budget", asked.budget)
  const files =
    asked.file !== undefined
      ? [asked.file]
      : asked.scenario === undefined
        ? everyBaseline()
        : [baselineFile(asked.scenario.replace(/^.*\//, "").replace(/\.ts$/, ""))]
  await mayWrite(asked.markdown, "--markdown")
  await mayWrite(asked.junit, "--junit")
  const ends = budget === undefined ? asked.signal : AbortSignal.any([asked.signal, AbortSignal.timeout(budget * 1000)])
  const told: Told[] = []
  for (const file of files) {
    const baseline = readBaseline(file)
    const found = await find(asked.scenario ?? baseline.named)
    if (found.scenario.id !== baseline.scenario) {
      throw usage(
        "--file",
        shown(file),
        `is of ${baseline.scenario}, and not of ${found.scenario.id}`,
        `Check ${baseline.scenario} with it, or give the baseline of ${found.scenario.id}.`
      )
    }
    const place = { file: shown(file), named: asked.scenario ?? baseline.named, set: baseline.set }
    let checked: Checked | undefined
    await working(found, asked, async (executor, onRun) => {
      const seeds = readSeeds(baseline, asked)
      checked = await check({
        baseline,
        scenario: found.scenario,
        executor,
        chain: asked.chain,
        confidence,
        mesocosm: codeWords().version,
        untilDecided: asked.until !== undefined,
        onRun,
        signal: ends,
        ...(seeds === undefined ? {} : { seeds })
      })
    })
    if (asked.signal.aborted) {
      process.stderr.write("Interrupted; nothing was decided.\n")
      return EXIT.interrupted
    }
    // `working` has called what it was given, or thrown.
    told.push({ checked: checked as Checked, place })
  }
  if (asked.markdown !== undefined) await writeWhole(asked.markdown, markdown(told), "--markdown")
  if (asked.junit !== undefined) await writeWhole(asked.junit, junit(told, asked), "--junit")
  if (asked.json)
    printJson({
      checks: told.map(({ checked, place }) => {
        const { fresh: _, ...each } = checked
        return { ...place, ...each, note: againWords(checked) ?? null }
      })
    })
  else print(told.map(({ checked, place }) => checkWords(checked, place)).join("\n"))
  if (asked.github) print(annotations(told))
  if (asked.update) return update(told, files, asked.json)
  const bad = told.some(({ checked: { says } }) => says === "fails" || (says === "undecided" && !asked.allowUndecided))
  return bad ? EXIT.checkFailed : EXIT.ok
}

/** Records what was run in place of what was recorded, and says what moved. */
async function update(told: readonly Told[], files: readonly string[], json: boolean): Promise<number> {
  for (const [at, { checked, place }] of told.entries()) {
    if (checked.cutShort) {
      throw usage("--update", "", "needs all seeds, and time was up before", "Leave --budget out.")
    }
    const failed = Object.entries(checked.fresh.arms).flatMap(([arm, { failed: each }]) =>
      Object.entries(each).map(([seed, error]) => ({ arm, seed, error }))
    )
    const [first] = failed
    if (first !== undefined) {
      throw new ScenarioError({
        reason: "MeasureFailed",
        message: `${plural(failed.length, "run")} failed, so ${place.file} stays as it was: arm ${first.arm}, seed ${first.seed}: ${first.error}`,
        fix: `Mend it first; see it with ${command(`run ${quoted(place.named)} --arm ${quoted(first.arm)} --seed ${first.seed}`)}.`,
        offending: { name: "--update", value: first.seed }
      })
    }
    await writeBaseline(files[at] as string, checked.fresh)
    if (!json)
      print(`\nrecorded anew: ${place.file}\n${checked.changes.map((each) => `  ${changeWords(each)}\n`).join("")}`)
  }
  return EXIT.ok
}

/** Which seeds a check runs; undefined: those of the baseline. */
function readSeeds(baseline: Baseline, asked: CheckAsked): readonly number[] | undefined {
  const { seeds, seed, until, maxSeeds } = asked
  if (maxSeeds !== undefined && until === undefined) {
    throw usage("--max-seeds", maxSeeds, "is read with --until decided only", "Give --seeds, or add --until decided.")
  }
  const wanted = maxSeeds ?? seeds
  if (wanted === undefined && seed === undefined) return undefined
  const flag = maxSeeds === undefined ? "--seeds" : "--max-seeds"
  const count = wanted === undefined ? baseline.seeds.count : readCount(flag, wanted, 2, 100_000)
  return seedsOf({ from: seed === undefined ? baseline.seeds.from : readSeed(seed), count })
}

/** Does something with workers and a line of progress, and lets both go. */
async function working(
  found: Found,
  made: Made,
  work: (executor: Executor, onRun: (done: number, planned: number) => void) => Promise<void>
): Promise<void> {
  const line = experimentReporter(made.quiet)
  const executor = await openExecutor(found, { ...made, queue: undefined })
  try {
    await work(executor, (done, planned) =>
      line.update({ phase: "runs", says: found.scenario.id, done, planned, here: done, failed: 0 })
    )
  } finally {
    line.done()
    await executor.close()
  }
}

function readShare(flag: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== "" && value > 0 && value < 1) return value
  throw usage(flag, text, `is "${text}", which does not lie between 0 and 1`, `Give a share such as ${flag} 0.95.`)
}

const SECONDS = { s: 1, m: 60, h: 3600 } as const

function readSeconds(flag: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(s|m|h)$/.exec(text.trim()) ?? []
  const seconds = Number(digits) * SECONDS[(unit ?? "s") as keyof typeof SECONDS]
  if (seconds > 0) return seconds
  throw usage(flag, text, `is "${text}", which is no time`, `Give a time such as ${flag} 90s or ${flag} 5m.`)
}
