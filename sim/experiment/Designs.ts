/** Makes designs of what a person asks, and refuses what cannot be answered. */

import type { Hex } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import { canonical } from "../run/Plain.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { SOBOL_DIMENSIONS } from "../stats/SobolPoints.ts"
import type { Assumptions, Design, Sets } from "../store/ExperimentManifest.ts"
import { armThatSets, keepArms } from "./Arms.ts"
import type { Axis } from "./Axis.ts"
import {
  type Asked,
  assumedAxes,
  filledAxis,
  filledPoints,
  gridPoints,
  onceEach,
  type Points,
  sensitivityPoints,
  words
} from "./Points.ts"

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

/** Most runs of a sensitivity analysis or a sweep: beyond it somebody has mistyped. */
const MOST_RUNS = 1_000_000

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
  keepArms(scenario, arms, { set: choice.set })
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

/** How a sweep's points are chosen. */
export type SweepSampling =
  | { readonly method: "grid" }
  | { readonly method: "latin" | "sobol"; readonly points: number }

/**
 * Arms over points of the space of Params, each on the same seeds.
 * @throws ScenarioError as `compareDesign`, and of the axes.
 */
export function sweepDesign(
  scenario: Scenario,
  choice: DesignChoice,
  { vary, sampling }: { readonly vary: readonly Asked[]; readonly sampling: SweepSampling }
): Design {
  if (vary.length === 0) {
    throw usage("--vary", "", "names no Param", `Name one or more, as in --vary ${sweepable(scenario)[0] ?? "stake"}.`)
  }
  notSet(vary, choice.set)
  const points =
    sampling.method === "grid"
      ? gridPoints(scenario, onceEach(vary))
      : filledPoints(
          onceEach(vary).map((each) => filledAxis(scenario, each)),
          sampling.method,
          sampling.points
        )
  return overPoints(
    scenario,
    "sweep",
    { ...choice, arms: choice.arms.length === 0 ? ["baseline"] : choice.arms },
    points
  )
}

/**
 * How much of a KPI each Param explains: Morris's trajectories screen many, Sobol's indices (Saltelli's design) share
 * out the variance among few. Every assumed Param is varied unless `vary` names others.
 */
export function sensitivityDesign(
  scenario: Scenario,
  choice: DesignChoice,
  asked: { readonly vary: readonly Asked[]; readonly method: "morris" | "saltelli"; readonly base: number }
): Design {
  const arms = choice.arms.length === 0 ? ["baseline"] : choice.arms
  notSet(asked.vary, choice.set)
  const axes =
    asked.vary.length === 0
      ? freeAxes(scenario, arms, choice.set)
      : onceEach(asked.vary).map((each) => filledAxis(scenario, each))
  if (axes.length === 0) {
    throw usage(
      "--vary",
      "",
      "names no Param, and the scenario assumes none within a range",
      "Name the Params to vary."
    )
  }
  if (asked.method === "saltelli" && 2 * axes.length > SOBOL_DIMENSIONS) {
    throw usage(
      "--method",
      "sobol",
      `shares variance out among at most ${SOBOL_DIMENSIONS / 2} Params, and ${axes.length} are varied`,
      "Screen them with --method morris first, and vary those that matter."
    )
  }
  const points = sensitivityPoints(axes, asked.method, asked.base)
  return overPoints(scenario, "sensitivity", { ...choice, arms }, points)
}

function overPoints(scenario: Scenario, kind: "sweep" | "sensitivity", choice: DesignChoice, points: Points): Design {
  const { arms, set, seeds } = choice
  const runs = points.points.length * arms.length * seeds.count
  if (runs > MOST_RUNS) {
    throw usage(
      "--seeds",
      String(seeds.count),
      `makes ${runs} runs over ${points.points.length} points`,
      "Ask for fewer points or seeds."
    )
  }
  // The seeds of a sweep's points may be one: a point is a place on a surface, not a verdict.
  const base = compareDesign(scenario, { ...choice, seeds: { ...seeds, count: Math.max(2, seeds.count) } })
  keepArms(scenario, arms, { set: {}, vary: points.axes.map(({ param }) => param) })
  for (const arm of arms)
    for (const point of points.points) resolve(scenario, { arm, seed: seeds.from, set: { ...set, ...point } })
  return { ...base, kind, seeds, ...points }
}

/** The axes of the assumed Params that are neither set for every run nor by an arm, over which they would go. */
function freeAxes(scenario: Scenario, arms: readonly string[], set: Sets): readonly Axis[] {
  const several = arms.length > 1
  return assumedAxes(scenario).filter(
    ({ param }) => !Object.hasOwn(set, param) && (!several || armThatSets(scenario, arms, param) === undefined)
  )
}

/** @throws ScenarioError Usage where a Param is both varied and set. */
function notSet(vary: readonly Asked[], set: Sets): void {
  for (const { param } of vary) {
    if (!Object.hasOwn(set, param)) continue
    const written = `${param}=${set[param]}`
    throw usage("--set", written, `${written} sets what --vary ${param} varies`, "Leave out one of them.")
  }
}

/** Params that have a domain. */
function sweepable(scenario: Scenario): readonly string[] {
  return Object.entries(scenario.params).flatMap(([name, { varies }]) => (varies ? [name] : []))
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

/**
 * A comparison to which seeds are added until every KPI has a verdict, at most `maxSeeds` of them; what is judged often
 * is judged strictly, so that the error rate holds.
 * @throws ScenarioError Usage.
 */
export function untilDecided(scenario: Scenario, design: Design, maxSeeds: number): Design {
  if (design.kind !== "compare") {
    throw usage(
      "--until",
      "decided",
      "needs arms to decide between, and one arm has nothing to be decided",
      "Name two arms or more with --arms."
    )
  }
  const { kpis } = design
  if (!scenario.metrics.some(({ name, matters }) => matters !== undefined && (kpis === null || kpis.includes(name)))) {
    throw usage(
      "--until",
      "decided",
      "has nothing to decide: no metric says what matters",
      "Give one `matters: { by, better }` in the scenario."
    )
  }
  return { ...design, until: { maxSeeds } }
}

/** Fewest points of the assumption space that say anything of a share of it. */
const FEWEST_POINTS = 8

/**
 * A comparison that also samples the assumed ranges. Params that are set for every run or by an arm are not varied.
 * @throws ScenarioError Usage.
 */
export function overAssumed(scenario: Scenario, design: Design, assumptions: Assumptions): Design {
  if (design.kind !== "compare") {
    throw usage(
      "--over-assumptions",
      "",
      "needs a verdict that could flip, and one arm has none",
      "Name two arms or more with --arms."
    )
  }
  const axes = freeAxes(scenario, design.arms, design.set)
  if (axes.length === 0) {
    throw usage(
      "--over-assumptions",
      "",
      "finds no Param with an assumed range",
      "Give assumed Params a `range` in the scenario."
    )
  }
  if (assumptions.points < FEWEST_POINTS || assumptions.pairs < 2) {
    throw usage(
      "--points",
      String(assumptions.points),
      `or --pairs ${assumptions.pairs} is too few`,
      `Ask for at least ${FEWEST_POINTS} points of 2 pairs; 64 of 8 is a good beginning.`
    )
  }
  return { ...design, assumptions, axes: axes.map(words) }
}

/** Hash of a design's canonical JSON. */
export function designHash(design: Design): Hex {
  return keccakText(canonical(design))
}

function usage(name: string, value: string, message: string, fix: string): ScenarioError {
  return new ScenarioError({ reason: "Usage", message: `${name} ${message}`, fix, offending: { name, value } })
}
