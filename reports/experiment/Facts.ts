/**
 * What an experiment left, as its report needs it.
 *
 * Invariant: every string that leaves here is visible text (format/Visible.ts).
 */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { ReportError } from "../../sim/Errors.ts"
import type { Analysis } from "../../sim/store/Analysis.ts"
import { type DryRuns, dryRuns } from "../../sim/store/DryRuns.ts"
import { type Evidence, readEvidence } from "../../sim/store/Evidence.ts"
import type { ExperimentManifest } from "../../sim/store/ExperimentManifest.ts"
import { armFile, type Outcome, readStored } from "../../sim/store/ExperimentReader.ts"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { type Style, styleOf } from "../format/Quantity.ts"
import { visible, visibleDeep } from "../format/Visible.ts"
import type { RerunFacts } from "../rerun/Rerun.ts"
import { commandLine } from "../run/CommandLine.ts"
import { publishedFacts } from "./Published.ts"

export interface ExperimentFacts {
  /** The command that does each failed run again, in the order of the analysis. */
  readonly again: readonly string[]
  /** The command that did all of it, for a shell; null where its folder does not say. */
  readonly command: string | null
  readonly manifest: ExperimentManifest
  readonly analysis: Analysis
  /** The manifest of a run of each arm that has a complete one: Params, populations, contracts. */
  readonly arms: ReadonlyMap<string, Manifest>
  /** Values at the default point: arm to seed to what came of it. */
  readonly seeds: ReadonlyMap<string, ReadonlyMap<number, Outcome>>
  /**
   * The seeds that were planned at the default point, or at the points of a sweep. Where seeds are added until all is
   * decided, the design does not say how many.
   */
  readonly planned: { readonly from: number; readonly to: number; readonly count: number }
  /** What it rests on beside its runs; null where nobody gathered it. */
  readonly evidence: Evidence | null
  /** What a page must know to make its runs again; undefined without a complete run. Foreign as it is. */
  readonly rerun: RerunFacts | undefined
  /** What ran out of gas in its runs; undefined where nothing did. */
  readonly dry: DryRuns | undefined
  /** How a metric's numbers are written. */
  style(metric: string): Style
}

/** @throws ReportError UnknownRun, UnreadableRun, SchemaVersion; NotComparable while the experiment is not done. */
export async function readFacts(folder: string): Promise<ExperimentFacts> {
  const stored = await readStored(folder)
  if (stored.analysis === undefined) {
    const { shard, status } = stored.manifest
    const part =
      shard !== null && status === "complete" ? `part ${shard.index} of ${shard.of} of an experiment` : undefined
    throw new ReportError({
      reason: "NotComparable",
      message: `${folder} holds ${part ?? "an experiment that is not done"}`,
      fix:
        part === undefined
          ? `Go on with it first: mesocosm resume ${folder}.`
          : `Put it together with the others first: mesocosm collect ${folder} <the other parts> --out <folder>.`,
      offending: { name: "experiment", value: folder }
    })
  }
  const manifest = visibleDeep(stored.manifest)
  // `conclude` was given an Analysis.
  const analysis = visibleDeep(stored.analysis) as Analysis
  const arms = new Map<string, Manifest>()
  const raw = new Map<string, Manifest>()
  for (const arm of stored.manifest.design.arms) {
    const path = armFile(folder, arm)
    // An arm of which no run is complete has none.
    const text = existsSync(path) ? await readFile(path, "utf8") : undefined
    if (text === undefined) continue
    raw.set(arm, JSON.parse(text) as Manifest)
    arms.set(visible(arm), visibleDeep(JSON.parse(text) as Manifest))
  }
  const origin = stored.points.find(({ of }) => of === "default")?.point
  const seeds = new Map<string, Map<number, Outcome>>()
  for (const { point, arm, seed, hash } of stored.plan) {
    const outcome = stored.outcomes.get(hash)
    if (point !== origin || outcome?.status !== "complete") continue
    const name = visible(arm)
    const of = seeds.get(name) ?? new Map<number, Outcome>()
    seeds.set(name, of.set(seed, visibleDeep(outcome)))
  }
  const planned = new Set(
    stored.plan.flatMap(({ point, seed }) => (origin === undefined || point === origin ? [seed] : []))
  )
  const [from, to] = [...planned].reduce(
    ([least, most], seed) => [Math.min(least, seed), Math.max(most, seed)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const
  )
  // Quoted with the true names, then made visible: what is pasted runs nothing else.
  const { named, design } = stored.manifest
  const again = (stored.analysis as Analysis).failures.map(({ arm, seed, set }) =>
    visible(commandLine({ scenario: named, arm, seed, set: { ...design.set, ...set } }))
  )
  const numeraire = [...arms.values()][0]?.scenario.numeraire ?? "numeraire"
  const style = (metric: string): Style => {
    const unit = analysis.metrics.find(({ name }) => name === metric)?.unit ?? "ratio"
    // A sweep may have no run at the default point; what it says is of its own points.
    const sides = [...analysis.arms, ...(analysis.sweep ?? []).flatMap(({ arms }) => arms)]
    const numbers = sides.flatMap(({ metrics }) => {
      const summary = metrics[metric]
      return summary === undefined ? [] : [summary.min, summary.max]
    })
    return styleOf(unit, numbers, numeraire)
  }
  const evidence = visibleDeep(await readEvidence(folder))
  const rerun = await publishedFacts(folder, stored, raw)
  const { command: typed } = manifest
  const command = typed === undefined ? null : `./mesocosm ${typed}`
  return {
    again,
    command,
    manifest,
    analysis,
    arms,
    seeds,
    planned: { from, to, count: planned.size },
    evidence,
    rerun,
    dry: visibleDeep(dryRuns({ plan: stored.plan, outcome: (hash) => stored.outcomes.get(hash) })),
    style
  }
}
