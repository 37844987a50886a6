/** Whole runs, engine and all, on revm: the digests are those of the Hardhat network to the last bit. */
import { describe, expect, it } from "vitest"
import golden from "../../../scenarios/golden.json" with { type: "json" }
import { open, ran } from "../../run/fixtures/harness.ts"
import { pond } from "../../run/fixtures/pond.ts"
import { Run } from "../../run/Run.ts"
import type { RunChoice } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { driveSync } from "../Step.ts"
import { loadModule } from "./loadModule.ts"
import { RevmChain } from "./RevmChain.ts"

async function onRevm(scenario: Scenario, choice: RunChoice): Promise<Run> {
  const options = await open(scenario, choice, RevmChain.open({ hardfork: "osaka", module: loadModule() }))
  expect(options.resolved.spec.hardfork).toBe("osaka")
  const run = driveSync(Run.begin(options))
  driveSync(run.continue())
  return run
}

describe("a whole run on revm", { timeout: 120_000 }, () => {
  const arms = Object.entries(golden).flatMap(([id, digests]) =>
    Object.entries(digests).map(([arm, expected]) => ({ id, arm, expected }))
  )
  it.each(arms)("of $id, $arm: its golden digests", async ({ id, arm, expected }) => {
    const { default: scenario } = (await import(`../../../scenarios/${id}.ts`)) as { readonly default: Scenario }
    const { economy, trace } = (await onRevm(scenario, { arm, seed: 7 })).end().digests
    expect({ economy, trace }).toEqual(expected)
  })

  it.each(["fifo", "fee", "shuffled"] as const)(
    "of the pond, %s: the digests, table by table, of Hardhat",
    async (order) => {
      const theirs = (await ran(pond(order))).end()
      const ours = (await onRevm(pond(order), { seed: 7 })).end()
      expect(ours.digests).toEqual(theirs.digests)
      expect(ours.counts).toEqual(theirs.counts)
      expect(ours.counts.reverted).toBeGreaterThan(0)
      expect(ours.counts.invalid).toBeGreaterThan(0)
    }
  )
})
