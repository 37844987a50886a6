/**
 * Snapshots of a chain with 100,000 accounts: milliseconds to take one, and to go back to one after a block.
 *
 *     node sim/chain/revm/bench/snapshot.ts [restores]
 */
import type { Address } from "../../Contracts.ts"
import { driveSync, type Step } from "../../Step.ts"
import { loadModule } from "../loadModule.ts"
import { RevmChain } from "../RevmChain.ts"

const restores = Number(process.argv[2] ?? 1000)
const account = (n: number): Address => `0x${(0x1_0000_0000 + n).toString(16).padStart(40, "0")}`
const now = <A>(step: Step<A>): A =>
  driveSync(
    (function* () {
      return yield* step
    })()
  )
const chain = RevmChain.open({ hardfork: "osaka", module: loadModule() })
now(
  chain.fund(
    Array.from({ length: 100_000 }, (_, i) => account(i)),
    10n ** 18n
  )
)
let began = performance.now()
const id = now(chain.snapshot())
console.log(`${chain.memory / 1e6} MB, snapshot ${(performance.now() - began).toFixed(1)} ms`)
let spent = 0
const before = chain.memory
for (let i = 0; i < restores; i++) {
  now(
    chain.fund(
      Array.from({ length: 100 }, (_, k) => account(200_000 + k)),
      1n
    )
  )
  began = performance.now()
  now(chain.revert(id))
  spent += performance.now() - began
}
console.log(
  `${restores} restores: ${(spent / restores).toFixed(2)} ms each, memory ${before === chain.memory ? "flat" : `grew to ${chain.memory}`}, ` +
    `resident ${Math.round(process.memoryUsage().rss / 1e6)} MB`
)
