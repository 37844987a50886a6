/**
 * Judges runs against a baseline. Each KPI of each arm is a claim; all are corrected together (`stats/Gates.ts`), so that
 * the chance that any KPI which did not get worse by more than what matters is called worse is at most 1 − confidence.
 *
 * On the baseline's own seeds runs are paired with those recorded, which is sharp; on other seeds the two samples are
 * compared by Welch's test.
 */
import { Stream } from "../../kernel/Stream.ts"
import { compareArms, compareSamples, type Effect } from "../../stats/Effect.ts"
import { type Gated, judgeGates } from "../../stats/Gates.ts"
import type { LevelFor } from "../../stats/Holm.ts"
import type { Gate } from "../../stats/Verdict.ts"
import { seedsOf } from "../Planning.ts"
import type { ArmRuns, Baseline, Kpi } from "./Baseline.ts"

/** A KPI of an arm, judged. */
export interface KpiChecked {
  readonly arm: string
  readonly kpi: string
  readonly declared: Kpi
  readonly says: Gate
  /** What its own seeds said, where `says` rests on recorded runs that were made again (`Again`). */
  readonly onItsSeeds?: Gate
  /** Undefined where too few runs were there to say anything. */
  readonly effect: Effect | undefined
  /** Among how many claims the error was divided for its interval. */
  readonly divisor: number
  readonly before: readonly number[]
  readonly now: readonly number[]
  /** The seed that shows the harm best; undefined without runs. */
  readonly worst: { readonly seed: number; readonly before: number | undefined; readonly now: number } | undefined
}

/** What holds of an arm beside its KPIs. */
export interface ArmChecked {
  readonly arm: string
  /** Whether there are runs, and every one left the digest and the KPIs that were recorded. */
  readonly identical: boolean
  /** Seeds that failed and did not before, with what they failed of. */
  readonly failed: readonly { readonly seed: number; readonly error: string }[]
  /** Claims that are broken and were not before, with the seeds; on recorded seeds each is held against its own run. */
  readonly broken: readonly { readonly claim: string; readonly seeds: readonly number[] }[]
  /** The mean profit of an agent of each population, those first in which it moved most, up or down. */
  readonly moved: readonly { readonly population: string; readonly before: number; readonly now: number }[]
}

/** A look at a check; plain data. */
export interface Judged {
  readonly says: Gate
  readonly paired: boolean
  readonly seeds: readonly number[]
  readonly arms: readonly ArmChecked[]
  readonly kpis: readonly KpiChecked[]
}

export interface JudgeOptions {
  /** Of all claims together, in (0, 1); 0.95 when left out. */
  readonly confidence?: number
  /** Where looks share the error too. */
  readonly levelFor?: LevelFor
}

/**
 * Judges the runs of the seeds against the baseline.
 * @throws RangeError for a confidence outside (0, 1).
 */
export function judgeRuns(
  baseline: Baseline,
  now: { readonly seeds: readonly number[]; readonly arms: { readonly [arm: string]: ArmRuns } },
  { confidence = 0.95, levelFor }: JudgeOptions = {}
): Judged {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence lies between 0 and 1, not at ${confidence}`)
  const recorded = seedsOf(baseline.seeds)
  const paired = now.seeds.every((seed) => recorded.includes(seed))
  const names = Object.keys(baseline.arms)
  const arms = names.map((arm) => armChecked(baseline, arm, now, paired))
  const claims: Gated[] = []
  const samples = new Map<string, Sample>()
  for (const arm of names) {
    const identical = arms.find((each) => each.arm === arm)?.identical === true
    for (const [kpi, { by, better }] of Object.entries(baseline.kpis)) {
      const sample = sampleOf(baseline, arm, kpi, now, paired)
      samples.set(`${arm}/${kpi}`, sample)
      // What is the same in every run needs no statistics, and takes no share of the error.
      if (identical || sample.before.length < 2 || sample.now.length < 2) continue
      const comparison = paired
        ? compareArms(sample.before, sample.now, {
            stream: Stream.open(`gate/${baseline.scenario}/${arm}/${kpi}`),
            ...(levelFor === undefined ? {} : { method: "exact" as const })
          })
        : compareSamples(sample.before, sample.now)
      claims.push({ name: `${arm}/${kpi}`, comparison, matters: { by, better } })
    }
  }
  const judgements = new Map(
    judgeGates(claims, levelFor === undefined ? { level: confidence } : { levelFor }).map((each) => [each.name, each])
  )
  const kpis = names.flatMap((arm) =>
    Object.entries(baseline.kpis).map(([kpi, declared]): KpiChecked => {
      const judgement = judgements.get(`${arm}/${kpi}`)
      const { before, now: values, seeds } = samples.get(`${arm}/${kpi}`) as Sample
      const identical = arms.find((each) => each.arm === arm)?.identical === true
      return {
        arm,
        kpi,
        declared,
        says: identical ? "passes" : (judgement?.says ?? "undecided"),
        effect: judgement?.effect,
        divisor: judgement?.divisor ?? 1,
        before,
        now: values,
        worst: worstOf(declared, { before, now: values, seeds }, paired)
      }
    })
  )
  const harmed =
    kpis.some(({ says }) => says === "fails") ||
    arms.some(({ failed, broken }) => failed.length > 0 || broken.length > 0)
  const open = kpis.some(({ says }) => says === "undecided")
  return { says: harmed ? "fails" : open ? "undecided" : "passes", paired, seeds: now.seeds, arms, kpis }
}

/** Values that are there, with the seeds of `now`; of pairs only where both are. */
interface Sample {
  readonly before: readonly number[]
  readonly now: readonly number[]
  readonly seeds: readonly number[]
}

type Now = { readonly seeds: readonly number[]; readonly arms: { readonly [arm: string]: ArmRuns } }

function sampleOf(baseline: Baseline, arm: string, kpi: string, { seeds, arms }: Now, paired: boolean): Sample {
  const then = baseline.arms[arm]?.values[kpi] ?? []
  const current = arms[arm]?.values[kpi] ?? []
  const present = (value: number | null | undefined): value is number => typeof value === "number"
  if (!paired) {
    const kept = seeds.flatMap((seed, at) => {
      const value = current[at]
      return present(value) ? [{ seed, value }] : []
    })
    return { before: then.filter(present), now: kept.map(({ value }) => value), seeds: kept.map(({ seed }) => seed) }
  }
  const kept = seeds.flatMap((seed, at) => {
    const [before, value] = [then[seed - baseline.seeds.from], current[at]]
    return present(before) && present(value) ? [{ seed, before, value }] : []
  })
  return {
    before: kept.map(({ before }) => before),
    now: kept.map(({ value }) => value),
    seeds: kept.map(({ seed }) => seed)
  }
}

function worstOf({ better }: Kpi, { before, now, seeds }: Sample, paired: boolean): KpiChecked["worst"] {
  const sign = better === "lower" ? 1 : -1
  let worst: { readonly at: number; readonly harm: number } | undefined
  for (const [at, value] of now.entries()) {
    const harm = sign * (paired ? value - (before[at] as number) : value)
    if (worst === undefined || harm > worst.harm) worst = { at, harm }
  }
  if (worst === undefined) return undefined
  const { at } = worst
  return { seed: seeds[at] as number, before: paired ? before[at] : undefined, now: now[at] as number }
}

/**
 * Whether the run of a recorded seed came again, as the one at `at` of `now`: its digest, and what is read from it. A
 * metric may be read in another way without the digest knowing.
 */
export function isAgain(baseline: Baseline, arm: string, seed: number, now: ArmRuns, at: number): boolean {
  const recorded = baseline.arms[arm]
  const place = seed - baseline.seeds.from
  const digest = now.digests[at]
  if (typeof digest !== "string" || digest !== recorded?.digests[place]) return false
  return Object.keys(baseline.kpis).every((kpi) => now.values[kpi]?.[at] === recorded.values[kpi]?.[place])
}

function armChecked(baseline: Baseline, arm: string, { seeds, arms }: Now, paired: boolean): ArmChecked {
  const then = baseline.arms[arm] as ArmRuns
  const now = arms[arm] as ArmRuns
  const identical = paired && seeds.length > 0 && seeds.every((seed, at) => isAgain(baseline, arm, seed, now, at))
  const failed = Object.entries(now.failed).map(([seed, error]) => ({ seed: Number(seed), error }))
  const moved = Object.entries(now.profits)
    .map(([population, profit]) => ({ population, before: then.profits[population] ?? 0, now: profit }))
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before) || Math.abs(b.now) - Math.abs(a.now))
  return {
    arm,
    identical,
    failed: failed.filter(({ seed }) => !(paired && Object.hasOwn(then.failed, String(seed)))),
    broken: Object.entries(now.broken).flatMap(([claim, at]) => {
      const known = Object.hasOwn(then.broken, claim) ? (then.broken[claim] ?? []) : []
      const anew = paired ? at.filter((seed) => !known.includes(seed)) : known.length > 0 ? [] : at
      return anew.length === 0 ? [] : [{ claim, seeds: anew }]
    }),
    moved
  }
}
