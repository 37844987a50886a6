/**
 * How much the engine costs over the chain it drives: a whole run, and the same recorded blocks
 * and reads replayed on a bare Hardhat network in the same process, in turn.
 *
 *     node sim/run/bench/replay.ts [--long]
 *
 * `--long` also compares transactions 45,000 to 50,000 of one run with 5,000 to 10,000.
 */
import { createHardhatRuntimeEnvironment } from "hardhat/hre"
import type { Call, Chain, Transaction } from "../../chain/Chain.ts"
import { HardhatChain } from "../../chain/hardhat/HardhatChain.ts"
import { driveAsync } from "../../chain/Step.ts"
import { open } from "../fixtures/harness.ts"
import { market } from "../fixtures/market.ts"
import { Run } from "../Run.ts"

type Recorded =
  | { readonly kind: "fund"; readonly accounts: readonly string[]; readonly wei: bigint }
  | {
      readonly kind: "block"
      readonly number: number
      readonly timestamp: number
      readonly baseFee: bigint
      readonly prevRandao: string
      readonly transactions: readonly Transaction[]
    }
  | { readonly kind: "calls"; readonly calls: readonly Call[] }

/** The chain as it is, with every operation that passes written down. */
function recording(chain: Chain, into: Recorded[]): Chain {
  return new Proxy(chain, {
    get(target, key) {
      if (key === "block") {
        return (environment: Parameters<Chain["block"]>[0], transactions: readonly Transaction[]) => {
          const { number, timestamp, baseFee, prevRandao } = environment
          into.push({ kind: "block", number, timestamp, baseFee, prevRandao, transactions })
          return target.block(environment, transactions)
        }
      }
      if (key === "call") {
        return (call: Call) => {
          into.push({ kind: "calls", calls: [call] })
          return target.call(call)
        }
      }
      if (key === "calls") {
        return (calls: readonly Call[]) => {
          into.push({ kind: "calls", calls })
          return target.calls(calls)
        }
      }
      if (key === "fund") {
        return (accounts: Parameters<Chain["fund"]>[0], wei: bigint) => {
          into.push({ kind: "fund", accounts, wei })
          return target.fund(accounts, wei)
        }
      }
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === "function" ? value.bind(target) : value
    }
  })
}

const hex = (value: bigint | number): string => `0x${value.toString(16)}`

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
      if (operation.number - last > 1) await ask("hardhat_mine", [hex(operation.number - last - 1), "0x1"])
      last = operation.number
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
      await ask("evm_setNextBlockTimestamp", [hex(operation.timestamp)])
      await ask("hardhat_setNextBlockBaseFeePerGas", [hex(operation.baseFee)])
      await ask("hardhat_setPrevRandao", [operation.prevRandao])
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
  ratios.push(bare / ours)
  console.log(
    `engine ${Math.round(transactions / ours)} tx/s, bare ${Math.round(transactions / bare)} tx/s, ratio ${(bare / ours).toFixed(2)}`
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
