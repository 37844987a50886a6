/** What makes arms comparable: each keeps what it sets, and no two of them are the same. */
import { ScenarioError } from "../Errors.ts"
import { canonical } from "../run/Plain.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Sets } from "../store/ExperimentManifest.ts"

/** The first of the arms that sets the Param itself; undefined where none does. */
export function armThatSets(scenario: Scenario, arms: readonly string[], param: string): string | undefined {
  return arms.find((arm) => Object.hasOwn(scenario.arms[arm] ?? {}, param))
}

/**
 * What is set or varied in every run goes over the arms: an arm that sets the Param itself would stand there under its
 * name and be another one. One arm alone may be changed so, since nothing is compared with it.
 * @throws ScenarioError Usage.
 */
export function keepArms(
  scenario: Scenario,
  arms: readonly string[],
  { set, vary = [] }: { readonly set: Sets; readonly vary?: readonly string[] }
): void {
  if (arms.length < 2) return
  const given = [
    ...Object.entries(set).map(([param, value]) => ["--set", param, `${param}=${value}`] as const),
    ...vary.map((param) => ["--vary", param, param] as const)
  ]
  for (const [flag, param, written] of given) {
    const arm = armThatSets(scenario, arms, param)
    if (arm === undefined) continue
    const others = arms.filter((each) => each !== arm)
    throw new ScenarioError({
      reason: "Usage",
      message: `${flag} ${written} goes over arm ${arm}, which sets ${param} to ${String(scenario.arms[arm]?.[param])} itself`,
      fix: `Leave out ${flag} ${written}, change ${param} of the arm in the scenario's file, or leave the arm out: --arms ${others.join(",")}.`,
      offending: { name: flag, value: written }
    })
  }
}

/** Two arms that have the same Params make the same runs, and no difference. @throws ScenarioError Usage. */
export function differingArms(scenario: Scenario, arms: readonly string[], set: Sets): void {
  const known = new Map<string, string>()
  for (const arm of arms) {
    const values = canonical(resolve(scenario, { arm, seed: 0, set }).spec.params)
    const twin = known.get(values)
    if (twin !== undefined) {
      throw new ScenarioError({
        reason: "Usage",
        message: `--arms names ${twin} and ${arm}, which have the same Params: nothing can differ between them`,
        fix: `Name one of them, or let ${arm} set something else in the scenario's file.`,
        offending: { name: "--arms", value: arm }
      })
    }
    known.set(values, arm)
  }
}
