/** What a page must know of a stored run to do it again, in the scenario's own words: hidden characters included. */
import { readManifest, readTable } from "../../sim/store/RunFolder.ts"
import type { Published, RerunFacts } from "../rerun/Rerun.ts"
import { over, seriesOf } from "./Series.ts"

/** Reads it from the run's folder. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function rerunFacts(folder: string): Promise<RerunFacts> {
  const manifest = await readManifest(folder)
  const { spec, scenario, digest } = manifest
  const sampled = seriesOf(await readTable(folder, "metrics"))
  const series: { [metric: string]: readonly (readonly [number, number])[] } = {}
  for (const [metric, samples] of sampled) series[metric] = samples.map(({ time, number }) => [time, number] as const)
  const metrics: { [metric: string]: number } = {}
  for (const metric of manifest.metrics) {
    const value = over(sampled.get(metric.name) ?? [], metric.over)
    if (value !== undefined) metrics[metric.name] = value
  }
  const published: Published = { arm: spec.arm, seed: spec.seed, digests: digest, metrics, series }
  return {
    scenario: spec.scenario,
    numeraire: scenario.numeraire,
    horizon: spec.horizon,
    set: Object.fromEntries(
      manifest.params.flatMap(({ name, setBy, value }) => (setBy === "set" ? [[name, value] as const] : []))
    ),
    arms: scenario.arms,
    params: manifest.params.map(({ name, unit, declared, domain, source }) => ({
      name,
      unit,
      declared,
      domain,
      source
    })),
    metrics: manifest.metrics.map(({ name, unit, says, matters, over: how }) => ({
      name,
      unit,
      says,
      matters,
      over: how
    })),
    charts: manifest.charts.map(({ metrics: lines, title, says }) => ({ metrics: lines, title, says })),
    published: [published]
  }
}
