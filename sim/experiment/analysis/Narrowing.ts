/** The main KPI's interval while runs are made: for who looks on, and no verdict. */
import { Stream } from "../../kernel/Stream.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { effectOf } from "../../stats/Effect.ts"
import type { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import type { Narrowing } from "../../store/ExperimentProgress.ts"
import { judgedMetrics } from "./analyse.ts"
import { Values } from "./Values.ts"

/** What is asked, and its interval now; undefined where nothing is judged, or no arm stands against another at a default point. */
export function intervalNow(
  scenario: Scenario,
  folder: ExperimentFolder
): { readonly asked: Omit<Narrowing, "steps">; readonly step: Narrowing["steps"][number] | undefined } | undefined {
  const { design } = folder.manifest
  const kpi = judgedMetrics(scenario, design).find(({ judged }) => judged)
  const point = folder.points.find(({ of }) => of === "default")?.point
  const [reference, arm] = design.arms
  if (kpi?.matters == null || point === undefined || reference === undefined || arm === undefined) return undefined
  const asked = { metric: kpi.name, unit: kpi.unit, arms: [arm, reference] as const, by: kpi.matters.by }
  const values = new Values(
    folder.plan.filter((row) => row.point === point && (row.arm === arm || row.arm === reference)),
    (hash) => folder.outcome(hash)
  )
  const [before, after] = values.pairs(kpi.name, point, [reference, arm])
  if (before.length < 2) return { asked, step: undefined }
  // Without resampling: nothing is drawn, and a look costs little.
  const { n, effect, low, high } = effectOf(before, after, {
    method: "exact",
    stream: Stream.open(`${folder.manifest.hash}/narrowing`)
  })
  return { asked, step: { n, effect, low, high } }
}
