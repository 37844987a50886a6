/** Makes the analysis of an experiment of its recorded runs. It draws from streams named by the design's hash alone. */
import type { Hex } from "../../chain/Contracts.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import type { Analysis, CheckSummary, Failure, MetricWords } from "../../store/Analysis.ts"
import type { Design, ExperimentManifest, PlanRow, PointRow } from "../../store/ExperimentManifest.ts"
import { type Outcome, readRows } from "../../store/ExperimentReader.ts"
import { axesOf } from "../Points.ts"
import { overAssumptions } from "./Assumptions.ts"
import { armSummary, compareAt, stoppedAt } from "./Comparison.ts"
import { crossingsOf } from "./Crossings.ts"
import { sensitivityOf } from "./Sensitivity.ts"
import { sweepOf } from "./Sweep.ts"
import { type Chosen, fansOf, ledgersOf } from "./Tables.ts"
import { Values } from "./Values.ts"

/** What is analysed: a folder that is being written, or one that was read. */
export interface Recorded {
  readonly path: string
  readonly manifest: ExperimentManifest
  readonly points: readonly PointRow[]
  readonly plan: readonly PlanRow[]
  outcome(hash: Hex): Outcome | undefined
}

/** @throws ReportError UnreadableRun. */
export async function analyse(recorded: Recorded, scenario: Scenario): Promise<Analysis> {
  const { manifest, points, plan, path } = recorded
  const { design } = manifest
  const { arms } = design
  const values = new Values(plan, (hash) => recorded.outcome(hash))
  const origin = points.find(({ of }) => of === "default")
  const chosen: Chosen = new Map(
    plan.flatMap(({ hash, arm, seed, point }) =>
      point === origin?.point && recorded.outcome(hash)?.status === "complete" ? [[hash, { arm, seed }] as const] : []
    )
  )
  const metrics = judgedMetrics(scenario, design)
  const at = origin?.point
  const stopped = at === undefined ? null : stoppedAt(values, metrics, design, at, manifest.hash)
  const asked = { design, root: manifest.hash, stopped }
  const axes = axesOf(scenario, design.axes)
  const [reference = "baseline"] = arms
  const comparisons = at === undefined ? [] : compareAt(values, metrics, { ...asked, point: at })
  return {
    reference,
    metrics,
    arms: at === undefined ? [] : arms.map((arm) => armSummary(values, metrics, at, arm)),
    comparisons,
    checks: at === undefined ? [] : checksOf(scenario, values, at, arms),
    fans: await fansOf(path, chosen, arms),
    ledger: await ledgersOf(path, chosen, arms, manifest.hash),
    sweep: design.kind === "sweep" ? sweepOf(values, metrics, points, asked) : null,
    crossings: design.kind === "sweep" ? crossingsOf(values, metrics, points, axes, asked) : null,
    sensitivity: design.kind === "sensitivity" ? sensitivityOf(values, metrics, points, asked) : null,
    assumptions: overAssumptions(values, metrics, points, axes, comparisons, asked),
    sequential: stopped,
    failures: await failuresOf(recorded)
  }
}

/** The metrics of a scenario, and which of them a design judges. */
export function judgedMetrics(scenario: Scenario, { kpis }: Design): readonly MetricWords[] {
  return scenario.metrics.map(({ name, unit, says, over, matters }) => ({
    name,
    unit,
    says: says ?? null,
    over,
    matters: matters ?? null,
    judged: matters !== undefined && (kpis === null || kpis.includes(name))
  }))
}

function checksOf(scenario: Scenario, values: Values, point: number, arms: readonly string[]): readonly CheckSummary[] {
  return scenario.checks.map(({ claim }) => ({
    claim,
    arms: Object.fromEntries(
      arms.map((arm) => {
        const ended = values.runs(point, arm).filter(({ outcome }) => outcome?.status === "complete")
        const held = ended.filter(({ outcome }) => outcome?.failedChecks.includes(claim) === false).length
        return [arm, { held, of: ended.length }]
      })
    )
  }))
}

async function failuresOf({ path, plan, points }: Recorded): Promise<readonly Failure[]> {
  const sets = new Map(points.map(({ point, set }) => [point, set]))
  const rows = new Map(plan.map((row) => [row.hash, row]))
  const found: (Failure & { readonly index: number })[] = []
  for await (const part of readRows(path, "runs")) {
    for (const row of part) {
      const planned = row["status"] === "failed" ? rows.get(row["hash"] as Hex) : undefined
      if (planned === undefined) continue
      const { index, arm, seed, point } = planned
      const message = String(row["error_message"] ?? "it says nothing")
      found.push({ index, arm, seed, set: sets.get(point) ?? {}, message, fix: String(row["error_fix"] ?? "") })
    }
  }
  return found.sort((a, b) => a.index - b.index).map(({ index: _, ...failure }) => failure)
}
