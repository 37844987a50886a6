/**
 * Intervals and false alarms on chain: replicas of open-pool's random variant, whose mean reward is known (a sum over
 * the binomial distribution, see the known answer o30-random-arrivals). 400 experiments of 10 seeds each must cover it
 * as often as they say, and 400 comparisons of the arm with itself on other seeds must find nothing as rarely as they
 * say, both within the band that 99.9 % of such counts fall into.
 */
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, it } from "vitest"
import openPool from "../../../scenarios/open-pool.ts"
import { Stream } from "../../kernel/Stream.ts"
import { compareArms } from "../../stats/Effect.ts"
import { pairedT } from "../../stats/PairedT.ts"
import { compareDesign } from "../Designs.ts"
import { LocalExecutor } from "../executors/LocalExecutor.ts"
import { ROOT } from "../fixtures/conducted.ts"
import { Planner } from "../Planning.ts"

const KNOWN = 47.98307585756635
const EXPERIMENTS = 400
const SEEDS = 10

/** Of a binomial count of 400 at 5 %, less than 0.05 % lies below and less than 0.05 % above: P(≥ 37) = 0.0003. */
const BAND = { least: 7, most: 36 }

describe("open-pool with random arrivals", () => {
  it("covers what is known, and raises false alarms, as often as it says", { timeout: 3_600_000 }, async () => {
    const set = { arrivals: "random", strategy: "fixed", identities: "5", honest: "20" }
    const design = compareDesign(openPool, {
      arms: ["baseline"],
      set,
      seeds: { from: 1, count: 2 * EXPERIMENTS * SEEDS },
      kpis: null,
      audit: 0
    })
    const planner = new Planner(openPool, design)
    const seeds = Array.from({ length: design.seeds.count }, (_, nth) => 1 + nth)
    const { rows } = planner.round("all", [planner.point("default", {})], seeds)
    const file = pathToFileURL(join(ROOT, "scenarios", "open-pool.ts")).href
    const executor = new LocalExecutor(file, { chain: "revm", root: ROOT })
    const rewards = new Map<number, number>()
    await executor.execute(
      rows.map(({ arm, seed, hash }) => ({ arm, seed, hash, set })),
      {
        chain: "revm",
        onEnd: ({ task, record }) => void rewards.set(task.seed, record?.values["reward"] ?? Number.NaN)
      }
    )
    await executor.close()
    const block = (nth: number): readonly number[] =>
      Array.from({ length: SEEDS }, (_, at) => rewards.get(1 + nth * SEEDS + at) ?? Number.NaN)
    let missed = 0
    let alarms = 0
    for (let nth = 0; nth < EXPERIMENTS; nth++) {
      const interval = pairedT(block(nth))
      if (KNOWN < interval.low || KNOWN > interval.high) missed++
      const null_ = compareArms(block(nth), block(EXPERIMENTS + nth), { stream: Stream.open(`null/${nth}`) }).at(0.95)
      if (null_.low > 0 || null_.high < 0) alarms++
    }
    console.log(`missed ${missed} and false alarms ${alarms} of ${EXPERIMENTS}`)
    for (const count of [missed, alarms]) {
      expect(count).toBeGreaterThanOrEqual(BAND.least)
      expect(count).toBeLessThanOrEqual(BAND.most)
    }
  })
})
