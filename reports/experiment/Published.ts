/**
 * What a page must know of an experiment's runs to make them again, in the scenario's own words: hidden characters
 * included.
 *
 * Invariant: runs at the default point alone are published; those of a sweep's points differ by what they set.
 */
import type { Analysis } from "../../sim/store/Analysis.ts"
import { readChunks, type StoredExperiment } from "../../sim/store/ExperimentReader.ts"
import type { Manifest } from "../../sim/store/Manifest.ts"
import type { Published, RerunFacts } from "../rerun/Rerun.ts"

/** Most samples that a page carries; seeds beyond them are published without their series. */
const MOST_SAMPLES = 24_000

/** Reads it; undefined where no arm has a complete run. @throws ReportError UnreadableRun. */
export async function publishedFacts(
  folder: string,
  stored: StoredExperiment,
  arms: ReadonlyMap<string, Manifest>
): Promise<RerunFacts | undefined> {
  const { design, named } = stored.manifest
  const [first] = arms.values()
  if (first === undefined) return undefined
  const origin = stored.points.find(({ of }) => of === "default")?.point
  const drawn = new Set(first.charts.flatMap(({ metrics }) => metrics))
  const runs = stored.plan.flatMap(({ point, arm, seed, hash }) => {
    const outcome = stored.outcomes.get(hash)
    return point !== origin || outcome?.status !== "complete" ? [] : [{ arm, seed, outcome }]
  })
  const series = await seriesOf(folder, new Set(runs.map(({ outcome }) => outcome.hash)), drawn)
  // `conclude` was given an Analysis.
  const { reference, comparisons } = stored.analysis as Analysis
  const published: Published[] = []
  let samples = 0
  for (const { arm, seed, outcome } of [...runs].sort((a, b) => a.seed - b.seed)) {
    const of = series.get(outcome.hash)
    const size = Object.values(of ?? {}).reduce((sum, each) => sum + each.length, 0)
    const carried = of !== undefined && samples + size <= MOST_SAMPLES
    samples += size
    published.push({
      arm,
      seed,
      digests: { economy: outcome.economy, trace: outcome.trace, tables: {} },
      metrics: Object.fromEntries(
        Object.entries(outcome.values).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
      ),
      ...(carried ? { series: of } : {})
    })
  }
  // The reference first: it is what a page offers first.
  published.sort((a, b) => Number(b.arm === reference) - Number(a.arm === reference) || a.seed - b.seed)
  return {
    scenario: named,
    numeraire: first.scenario.numeraire,
    horizon: first.spec.horizon,
    set: design.set,
    ...(comparisons.length > 0 ? { reference } : {}),
    arms: Object.fromEntries(design.arms.map((arm) => [arm, first.scenario.arms[arm] ?? {}])),
    params: first.params.map(({ name, unit, declared, domain, source }) => ({ name, unit, declared, domain, source })),
    metrics: first.metrics.map(({ name, unit, says, matters, over }) => ({ name, unit, says, matters, over })),
    charts: first.charts.map(({ metrics, title, says }) => ({ metrics, title, says })),
    published
  }
}

type Series = { [metric: string]: (readonly [time: number, number: number])[] }

async function seriesOf(
  folder: string,
  wanted: ReadonlySet<string>,
  metrics: ReadonlySet<string>
): Promise<ReadonlyMap<string, Series>> {
  const found = new Map<string, Series>()
  for await (const { rows } of readChunks(folder)) {
    for (const { hash, metric, time, number } of await rows("series")) {
      if (!wanted.has(String(hash)) || !metrics.has(String(metric)) || number === null) continue
      const series = found.get(String(hash)) ?? {}
      found.set(String(hash), series)
      const samples = series[String(metric)] ?? []
      series[String(metric)] = samples
      samples.push([Number(time), Number(number)])
    }
  }
  return found
}
