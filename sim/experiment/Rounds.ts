/** The rounds of a design: what is run first, and what because of what came. */
import type { Hex } from "../chain/Contracts.ts"
import { Stream } from "../kernel/Stream.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { pointsNearFlip } from "../stats/FlipPlace.ts"
import type { Design, PlanRow, PointRow } from "../store/ExperimentManifest.ts"
import type { Outcome } from "../store/ExperimentReader.ts"
import { assumptionsOf, overAssumptions } from "./analysis/Assumptions.ts"
import { judgedMetrics } from "./analysis/analyse.ts"
import { compareAt, look, planOf, stoppedAt } from "./analysis/Comparison.ts"
import { Values } from "./analysis/Values.ts"
import { Planner, type Round, seedsOf } from "./Planning.ts"
import { axesOf, filledPoints, placed } from "./Points.ts"

/** What came of the runs so far; asked between rounds. */
export type Outcomes = (hash: Hex) => Outcome | undefined

/** The rounds of a design whose hash is `root`. @throws ScenarioError of `resolve`. */
export function* rounds(
  scenario: Scenario,
  design: Design,
  root: Hex,
  outcomes: Outcomes
): Generator<Round, void, void> {
  const planner = new Planner(scenario, design)
  if (design.points.length > 0) {
    const points = design.points.map((set) => planner.point("sweep", set))
    yield planner.round("the points", points, seedsOf(design.seeds))
    return
  }
  const origin = planner.point("default", {})
  // What is planned grows with the second part, and with it the time left.
  const first = design.assumptions === null ? "the default point" : "the default point, first of two parts"
  if (design.until === null) yield planner.round(first, [origin], seedsOf(design.seeds))
  else yield* untilDecided(scenario, design, root, outcomes, planner, origin)
  if (design.assumptions !== null) yield* underAssumptions(scenario, design, root, outcomes, planner, origin)
}

/** How many times as many seeds a point near a flip gets. */
const NEARER = 2

/** Points that fill the assumed ranges, then some near the places where a claim of the default point flips. */
function* underAssumptions(
  scenario: Scenario,
  design: Design,
  root: Hex,
  outcomes: Outcomes,
  planner: Planner,
  origin: PointRow
): Generator<Round, void, void> {
  const { points: count, pairs, refine } = design.assumptions as NonNullable<Design["assumptions"]>
  const axes = axesOf(scenario, design.axes)
  const seeds = seedsOf({ from: design.seeds.from, count: pairs })
  const filling = filledPoints(axes, "sobol", count).points.map((set) => planner.point("assumption", set))
  const first = planner.round("the assumed ranges, second of two parts", filling, seeds)
  yield first
  if (refine === 0) return
  const metrics = judgedMetrics(scenario, design)
  const defaults = planner.planned.filter(({ point }) => point === origin.point)
  const values = new Values([...defaults, ...first.rows], outcomes)
  const asked = { design, root, stopped: stoppedAt(values, metrics, design, origin.point, root) }
  const comparisons = compareAt(values, metrics, { ...asked, point: origin.point })
  const found = overAssumptions(values, metrics, filling, axes, comparisons, asked)
  const flips = (found?.claims ?? []).flatMap(({ flip, arm, metric }) =>
    flip?.clear === true ? [{ flip, arm, metric }] : []
  )
  const near = flips.slice(0, refine).flatMap(({ flip, arm, metric }, nth) => {
    const share = Math.floor(refine / flips.length) + (nth < refine % flips.length ? 1 : 0)
    const stream = Stream.open(`${root}/near/${arm}/${metric}`)
    const axis = axes.findIndex(({ param }) => param === flip.name)
    return pointsNearFlip(assumptionsOf(axes), { axis, flip, count: Math.max(1, share), stream })
  })
  if (near.length === 0) return
  const points = near.map((row) => planner.point("refined", placed(axes, row)))
  yield planner.round("near the flips", points, seedsOf({ from: design.seeds.from, count: NEARER * pairs }))
}

/** Seeds of a look for every one that failed, before it is given up. */
const SPARE = 1

/** Looks at rising numbers of pairs until every KPI has a verdict; a pair that a failed run broke is made up for. */
function* untilDecided(
  scenario: Scenario,
  design: Design,
  root: Hex,
  outcomes: Outcomes,
  planner: Planner,
  origin: PointRow
): Generator<Round, void, void> {
  const metrics = judgedMetrics(scenario, design)
  const plan = planOf(design)
  const rows: PlanRow[] = []
  let next = design.seeds.from
  for (const [at, n] of (plan?.looks ?? []).entries()) {
    for (let attempt = 0; attempt <= SPARE; attempt++) {
      const missing = n - pairsOf(design, rows, outcomes)
      if (missing <= 0) break
      const round = planner.round(
        `${n} pairs, of at most ${design.until?.maxSeeds}`,
        [origin],
        seedsOf({ from: next, count: missing })
      )
      next += missing
      for (const row of round.rows) rows.push(row)
      yield round
    }
    const looked = look(new Values(rows, outcomes), metrics, { design, root, point: origin.point, at })
    if (looked === undefined || looked.state !== "go on") return
  }
}

/** Seeds of which the run of every arm is complete. */
function pairsOf({ arms }: Design, rows: readonly PlanRow[], outcomes: Outcomes): number {
  const complete = new Map<number, number>()
  for (const { seed, hash } of rows) {
    if (outcomes(hash)?.status === "complete") complete.set(seed, (complete.get(seed) ?? 0) + 1)
  }
  return [...complete.values()].filter((count) => count === arms.length).length
}
