/**
 * How often a check calls what did not change worse: 200 baselines of open-pool's random variant, each checked on seeds
 * of its own. At a confidence of 95 % at most one in twenty may; the band is that of 99.9 % of such counts.
 */
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, it } from "vitest"
import openPool from "../../../scenarios/open-pool.ts"
import { LocalExecutor } from "../executors/LocalExecutor.ts"
import { ROOT } from "../fixtures/conducted.ts"
import { seedsOf } from "../Planning.ts"
import { judgeRuns } from "./Judge.ts"
import { baselineOf, Runs } from "./Record.ts"

const CHECKS = 200
const SEEDS = 12
/** Of a binomial count of 200 at 5 %, less than 0.1 % lies above. */
const MOST = 21

describe("a check of what did not change", () => {
  it("fails as rarely as it says, on fresh seeds", { timeout: 3_600_000 }, async () => {
    const set = { arrivals: "random", strategy: "fixed", identities: "5", honest: "20" }
    const arms = ["baseline"]
    const file = pathToFileURL(join(ROOT, "scenarios", "open-pool.ts")).href
    const executor = new LocalExecutor(file, { chain: "revm", root: ROOT })
    const runs = new Runs()
    const block = (nth: number): readonly number[] => Array.from({ length: SEEDS }, (_, at) => 1 + nth * SEEDS + at)
    const seeds = Array.from({ length: 2 * CHECKS }, (_, nth) => block(nth)).flat()
    await runs.make({ scenario: openPool, executor, chain: "revm", arms, set, seeds })
    await executor.close()
    const counts = { passes: 0, fails: 0, undecided: 0 }
    for (let nth = 0; nth < CHECKS; nth++) {
      const recorded = baselineOf(runs, {
        scenario: openPool,
        arms,
        set,
        seeds: block(2 * nth),
        named: "open-pool",
        mesocosm: "0.0.0"
      })
      expect(seedsOf(recorded.seeds)).toEqual(block(2 * nth))
      const fresh = block(2 * nth + 1)
      const judged = judgeRuns(recorded, {
        seeds: fresh,
        arms: { baseline: runs.of("baseline", fresh, Object.keys(recorded.kpis)) }
      })
      counts[judged.says]++
    }
    console.log(`of ${CHECKS} checks: ${JSON.stringify(counts)}`)
    expect(counts.fails).toBeLessThanOrEqual(MOST)
  })
})
