/**
 * What a check says of what did not change: 200 baselines of open-pool's random variant, each checked on seeds of its
 * own. Its seeds alone call a KPI worse in at most one check of twenty at a confidence of 95 %: the band is that of
 * 99.9 % of such counts. And every check passes, since recorded runs come again.
 */
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, it } from "vitest"
import openPool from "../../../scenarios/open-pool.ts"
import { LocalExecutor } from "../executors/LocalExecutor.ts"
import { ROOT } from "../fixtures/conducted.ts"
import { seedsOf } from "../Planning.ts"
import { check } from "./Check.ts"
import { baselineOf, Runs } from "./Record.ts"

const CHECKS = 200
const SEEDS = 12
/** Of a binomial count of 200 at 5 %, less than 0.1 % lies above. */
const MOST = 21

describe("a check of what did not change", () => {
  it("passes on fresh seeds, which fail as rarely as is stated", { timeout: 3_600_000 }, async () => {
    const set = { arrivals: "random", strategy: "fixed", identities: "5", honest: "20" }
    const arms = ["baseline"]
    const file = pathToFileURL(join(ROOT, "scenarios", "open-pool.ts")).href
    const executor = new LocalExecutor(file, { chain: "revm", root: ROOT })
    const made = { scenario: openPool, executor, chain: "revm", mesocosm: "0.0.0" } as const
    const counts = { passes: 0, fails: 0, undecided: 0 }
    const onTheirSeeds = { passes: 0, fails: 0, undecided: 0 }
    for (let nth = 0; nth < CHECKS; nth++) {
      const recorded = seedsOf({ from: 1 + 2 * nth * SEEDS, count: SEEDS })
      const runs = new Runs()
      await runs.make({ ...made, arms, set, seeds: recorded })
      const baseline = baselineOf(runs, { ...made, arms, set, seeds: recorded, named: "open-pool" })
      const found = await check({ ...made, baseline, seeds: recorded.map((seed) => seed + SEEDS) })
      counts[found.says]++
      const alone = found.kpis.map(({ says, onItsSeeds }) => onItsSeeds ?? says)
      onTheirSeeds[alone.includes("fails") ? "fails" : alone.includes("undecided") ? "undecided" : "passes"]++
    }
    await executor.close()
    console.log(`of ${CHECKS} checks: ${JSON.stringify(counts)}; by their seeds alone: ${JSON.stringify(onTheirSeeds)}`)
    expect(onTheirSeeds.fails).toBeLessThanOrEqual(MOST)
    expect(counts).toEqual({ passes: CHECKS, fails: 0, undecided: 0 })
  })
})
