/** Makes designs of what a person asks, and refuses what cannot be answered. */

import type { Hex } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import { canonical } from "../run/Plain.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Design, Sets } from "../store/ExperimentManifest.ts"

/** What every design is asked with. */
export interface DesignChoice {
  /** The first is what the others are compared with; every arm when empty. */
  readonly arms: readonly string[]
  readonly set: Sets
  readonly seeds: { readonly from: number; readonly count: number }
  /** Every metric that says what matters when null. */
  readonly kpis: readonly string[] | null
  /** Runs done again on the other chain; one per arm when undefined, none when 0. */
  readonly audit: number | undefined
}

const NOTHING = { points: [], axes: [], sampling: null, assumptions: null, until: null } as const

/**
 * Arms against the first of them on the same seeds; replicas where there is one arm.
 * @throws ScenarioError UnknownArm, UnknownParam, OutOfDomain, WrongUnit, MalformedSeed, UnknownMetric, Usage.
 */
export function compareDesign(scenario: Scenario, choice: DesignChoice): Design {
  const arms = choice.arms.length === 0 ? Object.keys(scenario.arms) : choice.arms
  const twice = arms.find((arm, at) => arms.indexOf(arm) !== at)
  if (twice !== undefined) throw usage("--arms", twice, `names ${twice} twice`, "Name each arm once.")
  const { from, count } = choice.seeds
  if (arms.length > 1 && count < 2) {
    throw usage(
      "--seeds",
      String(count),
      "asks for an interval of one seed",
      "Give --seeds 2 or more; 40 is a good beginning."
    )
  }
  for (const arm of arms) resolve(scenario, { arm, seed: from + count - 1, set: choice.set })
  for (const kpi of choice.kpis ?? []) checkKpi(scenario, kpi)
  return {
    ...NOTHING,
    kind: arms.length === 1 ? "replicas" : "compare",
    scenario: scenario.id,
    arms,
    set: choice.set,
    seeds: choice.seeds,
    kpis: choice.kpis,
    audit: choice.audit === 0 ? 0 : Math.max(choice.audit ?? 0, arms.length)
  }
}

/** @throws ScenarioError UnknownMetric, or Usage when it does not say what matters. */
function checkKpi(scenario: Scenario, kpi: string): void {
  const metric = scenario.metrics.find(({ name }) => name === kpi)
  const judged = scenario.metrics.filter(({ matters }) => matters !== undefined).map(({ name }) => name)
  if (metric === undefined) {
    const near = nearest(
      kpi,
      scenario.metrics.map(({ name }) => name)
    )
    throw new ScenarioError({
      reason: "UnknownMetric",
      message: `${scenario.id} has no metric "${kpi}"`,
      fix: `${near === undefined ? "" : `Did you mean ${near}? `}Those with a smallest effect of interest are ${judged.join(", ")}.`,
      offending: { name: "--kpi", value: kpi }
    })
  }
  if (metric.matters === undefined) {
    throw usage(
      "--kpi",
      kpi,
      `asks for a verdict on ${kpi}, which declares no smallest effect of interest`,
      `Give it \`matters: { by, better }\` in the scenario, or choose one of ${judged.join(", ")}.`
    )
  }
}

/** Hash of a design's canonical JSON. */
export function designHash(design: Design): Hex {
  return keccakText(canonical(design))
}

function usage(name: string, value: string, message: string, fix: string): ScenarioError {
  return new ScenarioError({ reason: "Usage", message: `${name} ${message}`, fix, offending: { name, value } })
}
