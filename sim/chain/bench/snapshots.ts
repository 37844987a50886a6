/**
 * Snapshot and restore at 100,000 accounts: a restore after a change of a hundred accounts, in turns with a plain
 * copy of as many bytes. Memory is looked at before and after.
 *
 *     node sim/chain/bench/snapshots.ts [--size quick|long]
 */
import type { Address } from "../Contracts.ts"
import { loadModule } from "../revm/loadModule.ts"
import { RevmChain } from "../revm/RevmChain.ts"
import { type Asking, driveSync, type Step } from "../Step.ts"
import { race } from "./fixtures/Race.ts"
import { say, told } from "./fixtures/Script.ts"

const ACCOUNTS = 100_000
const { rounds, size } = told()
const restores = size === "long" ? 10_000 : size === "quick" ? 200 : 2_000
const address = (n: number): Address => `0x${(0x1_0000_0000 + n).toString(16).padStart(40, "0")}`
const addresses = (from: number, count: number) => Array.from({ length: count }, (_, i) => address(from + i))
const now = <A>(step: Step<A>): A =>
  driveSync(
    (function* (): Asking<A> {
      return yield* step
    })()
  )

const chain = RevmChain.open({ hardfork: "osaka", module: loadModule() })
now(chain.fund(addresses(0, ACCOUNTS), 10n ** 18n))
let took = performance.now()
const id = now(chain.snapshot())
took = performance.now() - took

const others = addresses(2 * ACCOUNTS, 100)
const each = Math.ceil(restores / (rounds + 1))
// Both are written now, so that their pages count before and after alike.
const [source, target] = [new Uint8Array(chain.memory).fill(1), new Uint8Array(chain.memory).fill(1)]
const before = { linear: chain.memory, resident: 0 }
const megabytes = (): number => process.memoryUsage.rss() / 1e6

const raced = await race(
  [
    {
      name: "restore",
      round() {
        let spent = 0
        for (let i = 0; i < each; i++) {
          now(chain.fund(others, 1n))
          const began = performance.now()
          now(chain.revert(id))
          spent += performance.now() - began
        }
        // After the warm-up, which makes what is made once.
        if (before.resident === 0) before.resident = megabytes()
        return (each / spent) * 1000
      }
    },
    {
      name: "plain copy",
      round() {
        const began = performance.now()
        for (let i = 0; i < each; i++) target.set(source)
        return (each / (performance.now() - began)) * 1000
      }
    }
  ],
  rounds
)
const [restored, copied] = raced.figures("/s")
say({
  figures: [
    { name: "linear memory", value: chain.memory / 1e6, unit: "MB", n: 1 },
    { name: "snapshot", value: took, unit: "ms", n: 1 },
    { name: "restore", value: 1000 / (restored?.value ?? Number.NaN), unit: "ms", n: rounds },
    { name: "plain copy of as many bytes", value: 1000 / (copied?.value ?? Number.NaN), unit: "ms", n: rounds },
    { name: "restores", value: each * (rounds + 1), unit: "", n: 1 }
  ],
  headlines: [
    raced.ratio("restore", "plain copy"),
    { name: "a restore, in ms", ratio: 1000 / (restored?.value ?? Number.NaN), n: rounds, most: 10 },
    { name: "linear memory after / before", ratio: chain.memory / before.linear, n: 1, most: 1 },
    { name: "resident memory after / before", ratio: megabytes() / before.resident, n: 1, most: 1.1 }
  ]
})
