/** A check: runs until it is decided, out of seeds, or out of time; judged at looks that share the error. */
import { nominalLevels, sequentialPlan } from "../../stats/Sequential.ts"
import type { DryRuns } from "../../store/DryRuns.ts"
import { seedsOf } from "../Planning.ts"
import { type Again, cleared, isDoubtful, runAgain } from "./Again.ts"
import type { Baseline } from "./Baseline.ts"
import { type Change, changesBetween } from "./Changes.ts"
import { type Judged, judgeRuns } from "./Judge.ts"
import { baselineOf, Runs, type RunsAsked } from "./Record.ts"

export interface CheckAsked extends Omit<RunsAsked, "arms" | "set" | "seeds"> {
  readonly baseline: Baseline
  /** Seeds to run; the baseline's own when undefined. */
  readonly seeds?: readonly number[]
  /** Of all claims together; 0.95 when left out. */
  readonly confidence?: number
  /** Look after some seeds, and stop when every KPI is decided. */
  readonly untilDecided?: boolean
  /** Version of mesocosm. */
  readonly mesocosm: string
}

/** What a check found; plain data. */
export interface Checked extends Judged {
  readonly scenario: string
  /** What money is counted in: its name, or `money` where neither a run nor the baseline tells. */
  readonly numeraire: string
  readonly confidence: number
  /** Numbers of seeds after which it was looked; one when the seeds were fixed beforehand. */
  readonly looks: readonly number[]
  /** Whether time or the user stopped it before its seeds were through. */
  readonly cutShort: boolean
  readonly changes: readonly Change[]
  /** Recorded runs that were made again; undefined where nothing called for it, or something is known to have changed. */
  readonly again: Again | undefined
  /** What ran out of gas in these runs; absent where nothing did. */
  readonly outOfGas?: DryRuns
  /** What would be recorded of these runs. */
  readonly fresh: Baseline
}

/**
 * Checks. Where other seeds than the recorded ones leave a KPI undecided or call it worse, and nothing is known to have
 * changed, recorded runs are made again and answer for it (`Again`). A check that was cut short passes nothing: what is not harmed by then is undecided.
 * @throws ScenarioError of `resolve` where an arm or a Param of the baseline is gone.
 */
export async function check(asked: CheckAsked): Promise<Checked> {
  const { baseline, scenario, confidence = 0.95, signal, onRun, mesocosm } = asked
  const { set } = baseline
  const arms = Object.keys(baseline.arms)
  const seeds = asked.seeds ?? seedsOf(baseline.seeds)
  const runs = new Runs()
  const kpis = Object.keys(baseline.kpis)
  const plan =
    asked.untilDecided === true && seeds.length > 10
      ? sequentialPlan({ maxSeeds: seeds.length, level: confidence })
      : undefined
  const looks: number[] = []
  let judged: Judged | undefined
  let again: Again | undefined
  let cutShort = false
  let done: readonly number[] = []
  const freshly = (): Baseline =>
    baselineOf(runs, { scenario, arms, set, seeds: done, named: baseline.named, mesocosm })
  for (const [at, n] of (plan?.looks ?? [seeds.length]).entries()) {
    const wanted = seeds.slice(0, n)
    const before = done.length * arms.length
    await runs.make({
      ...asked,
      arms,
      set,
      seeds: wanted,
      ...(onRun === undefined ? {} : { onRun: (count) => onRun(before + count, seeds.length * arms.length) })
    })
    done = wanted.filter((seed) => runs.has(arms, seed))
    cutShort = signal?.aborted === true && done.length < wanted.length
    looks.push(done.length)
    const levelFor = plan === undefined ? undefined : (divisor: number) => nominalLevels(plan, divisor)[at] as number
    judged = judgeRuns(
      baseline,
      { seeds: done, arms: Object.fromEntries(arms.map((arm) => [arm, runs.of(arm, done, kpis)])) },
      { confidence, ...(levelFor === undefined ? {} : { levelFor }) }
    )
    if (cutShort) break
    if (isDoubtful(judged) && changesBetween(baseline, freshly()).length === 0) {
      again = await runAgain(baseline, judged, { ...asked, arms, set, runs })
      if (again?.says === "same") judged = cleared(judged)
    }
    if (judged.kpis.every(({ says }) => says !== "undecided")) break
    if (signal?.aborted === true) {
      cutShort = n < seeds.length
      break
    }
  }
  const found = judged as Judged
  const fresh = freshly()
  const dry = runs.outOfGas()
  return {
    ...found,
    says: cutShort && found.says === "passes" ? "undecided" : found.says,
    scenario: baseline.scenario,
    numeraire: fresh.numeraire ?? baseline.numeraire ?? "money",
    confidence,
    looks,
    cutShort,
    changes: changesBetween(baseline, fresh),
    again,
    ...(dry === undefined ? {} : { outOfGas: dry }),
    fresh
  }
}
