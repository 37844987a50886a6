/**
 * How much the engine costs over the chain it drives: a whole run, and the same recorded blocks
 * and reads replayed on a bare Hardhat network in the same process, in turn.
 *
 *     node sim/run/bench/replay.ts [--long]
 *
 * `--long` also compares transactions 45,000 to 50,000 of one run with 5,000 to 10,000.
 */
import { createHardhatRuntimeEnvironment } from "hardhat/hre"
import type { BlockEnvironment, Call, Chain, Transaction } from "../../chain/Chain.ts"
import type { Address } from "../../chain/Contracts.ts"
import { HardhatChain } from "../../chain/hardhat/HardhatChain.ts"
import { type Asking, driveAsync } from "../../chain/Step.ts"
import { open } from "../fixtures/harness.ts"
import { market } from "../fixtures/market.ts"
import { Run } from "../Run.ts"

type Recorded =
  | { readonly kind: "fund"; readonly accounts: readonly Address[]; readonly wei: bigint }
  | { readonly kind: "block"; readonly environment: BlockEnvironment; readonly transactions: readonly Transaction[] }
  | { readonly kind: "calls"; readonly calls: readonly Call[] }

/** The chain as it is, with every operation that passes written down. */
function recording(chain: Chain, into: Recorded[]): Chain {
  const noted: Partial<Chain> = {
    block(environment, transactions) {
      into.push({ kind: "block", environment, transactions })
      return chain.block(environment, transactions)
    },
    call(call) {
      into.push({ kind: "calls", calls: [call] })
      return chain.call(call)
    },
    calls(calls) {
      into.push({ kind: "calls", calls })
      return chain.calls(calls)
    },
    fund(accounts, wei) {
      into.push({ kind: "fund", accounts, wei })
      return chain.fund(accounts, wei)
    }
  }
  return new Proxy(chain, {
    get(target, key) {
      const value: unknown = Reflect.get(key in noted ? noted : target, key)
      return typeof value === "function" ? value.bind(target) : value
    }
  })
}

const hex = (value: bigint | number): string => `0x${value.toString(16)}`

/** Replays through the chain's own adapter, which batches: what is left is what the engine adds. */
async function adapter(recorded: readonly Recorded[]): Promise<number> {
  const chain = await HardhatChain.open({ hardfork: "osaka" })
  const began = performance.now()
  await driveAsync(
    (function* (): Asking<void> {
      for (const operation of recorded) {
        if (operation.kind === "fund") yield* chain.fund(operation.accounts, operation.wei)
        else if (operation.kind === "block") yield* chain.block(operation.environment, operation.transactions)
        else yield* chain.calls(operation.calls)
      }
    })()
  )
  const seconds = (performance.now() - began) / 1000
  await chain.close()
  return seconds
}

/** Replays with the plainest code: one request after another, as Hardhat's own documentation does. Reads of one moment go side by side. */
async function replay(recorded: readonly Recorded[]): Promise<number> {
  const hre = await createHardhatRuntimeEnvironment({
    networks: {
      bare: {
        type: "edr-simulated",
        hardfork: "osaka",
        blockGasLimit: 1_000_000_000_000n,
        initialBaseFeePerGas: 0n,
        initialDate: new Date(1_000_000_000_000),
        allowBlocksWithSameTimestamp: true,
        mining: { auto: false, interval: 0, mempool: { order: "fifo" } }
      }
    }
  })
  const { provider } = await hre.network.create("bare")
  const ask = (method: string, params: readonly unknown[]): Promise<unknown> =>
    provider.request({ method, params: [...params] })
  const began = performance.now()
  let last = 0
  for (const operation of recorded) {
    if (operation.kind === "fund") {
      for (const account of operation.accounts) {
        await ask("hardhat_setBalance", [account, hex(operation.wei)])
        await ask("hardhat_impersonateAccount", [account])
      }
    } else if (operation.kind === "calls") {
      await Promise.all(operation.calls.map(({ to, data }) => ask("eth_call", [{ to, data }, "latest"])))
    } else {
      const { number, timestamp, baseFee, prevRandao } = operation.environment
      if (number - last > 1) await ask("hardhat_mine", [hex(number - last - 1), "0x1"])
      last = number
      const hashes: unknown[] = []
      for (const { from, to, data, value, nonce, gas, gasPrice } of operation.transactions) {
        if (nonce === 0) await ask("hardhat_impersonateAccount", [from])
        hashes.push(
          await ask("eth_sendTransaction", [
            {
              from,
              ...(to === undefined ? {} : { to }),
              data,
              value: hex(value),
              nonce: hex(nonce),
              gas: hex(gas),
              gasPrice: hex(gasPrice)
            }
          ])
        )
      }
      await ask("evm_setNextBlockTimestamp", [hex(timestamp)])
      await ask("hardhat_setNextBlockBaseFeePerGas", [hex(baseFee)])
      await ask("hardhat_setPrevRandao", [prevRandao])
      await ask("evm_mine", [])
      for (const hash of hashes) await ask("eth_getTransactionReceipt", [hash])
    }
  }
  return (performance.now() - began) / 1000
}

async function engine(
  agents: number,
  into?: Recorded[],
  marks?: Map<number, number>
): Promise<{ readonly seconds: number; readonly transactions: number }> {
  const chain = await HardhatChain.open({ hardfork: "osaka" })
  const scenario = market()
  const options = await open(
    scenario,
    { seed: 7, set: { agents: String(agents) } },
    into === undefined ? chain : recording(chain, into)
  )
  const began = performance.now()
  const watched =
    marks === undefined
      ? options
      : {
          ...options,
          onProgress: ({ transactions }: { readonly transactions: number }) => {
            marks.set(transactions, performance.now())
          }
        }
  const run = await driveAsync(Run.begin(watched))
  await driveAsync(run.continue())
  const seconds = (performance.now() - began) / 1000
  const { transactions } = run.end().counts
  await chain.close()
  return { seconds, transactions }
}

const recorded: Recorded[] = []
const { transactions } = await engine(320, recorded)
const calls = recorded.reduce((sum, each) => sum + (each.kind === "calls" ? each.calls.length : 0), 0)
const blocks = recorded.filter(({ kind }) => kind === "block").length
console.log(`${transactions} transactions, ${calls} reads, ${blocks} blocks, 320 agents`)
const ratios: number[] = []
for (let round = 0; round < 3; round++) {
  const ours = (await engine(320)).seconds
  const bare = await replay(recorded)
  const batched = await adapter(recorded)
  ratios.push(bare / ours)
  console.log(
    `engine ${Math.round(transactions / ours)} tx/s, bare Hardhat ${Math.round(transactions / bare)} tx/s, ratio ${(bare / ours).toFixed(2)}; ` +
      `our adapter alone ${Math.round(transactions / batched)} tx/s, ratio ${(batched / ours).toFixed(2)}`
  )
}
console.log(`median ratio ${ratios.sort((a, b) => a - b)[1]?.toFixed(2)}`)

if (process.argv.includes("--long")) {
  const marks = new Map<number, number>()
  await engine(3200, undefined, marks)
  const at = (wanted: number): number => [...marks].find(([count]) => count >= wanted)?.[1] ?? Number.NaN
  const early = at(10_000) - at(5_000)
  const late = at(50_000) - at(45_000)
  console.log(
    `transactions 5,000 to 10,000: ${early.toFixed(0)} ms; 45,000 to 50,000: ${late.toFixed(0)} ms; ratio ${(late / early).toFixed(2)}`
  )
}
process.exit(0)
