/**
 * A whole run on revm and on the Hardhat network, engine and recording on: seconds, the best of three in turns.
 *
 *     node sim/chain/revm/bench/run.ts
 */
import openPool from "../../../../scenarios/open-pool.ts"
import { open } from "../../../run/fixtures/harness.ts"
import { Run } from "../../../run/Run.ts"
import { driveAsync, driveSync } from "../../Step.ts"
import { loadModule } from "../loadModule.ts"
import { RevmChain } from "../RevmChain.ts"

const best = { revm: Number.POSITIVE_INFINITY, hardhat: Number.POSITIVE_INFINITY }
let transactions = 0
for (let round = 0; round < 3; round++) {
  const fast = await open(openPool, { seed: 7 }, RevmChain.open({ hardfork: "osaka", module: loadModule() }))
  let began = performance.now()
  const run = driveSync(Run.begin(fast))
  driveSync(run.continue())
  best.revm = Math.min(best.revm, performance.now() - began)
  const slow = await open(openPool, { seed: 7 })
  began = performance.now()
  const other = await driveAsync(Run.begin(slow))
  await driveAsync(other.continue())
  best.hardhat = Math.min(best.hardhat, performance.now() - began)
  await slow.chain.close()
  if (run.end().digests.trace !== other.end().digests.trace) throw new Error("the digests differ")
  transactions = run.end().counts.transactions
}
console.log(
  `open-pool, baseline, seed 7, ${transactions} transactions: revm ${(best.revm / 1000).toFixed(2)} s, ` +
    `hardhat ${(best.hardhat / 1000).toFixed(2)} s, ratio ${(best.hardhat / best.revm).toFixed(1)}`
)
