/**
 * ERC-20 transfers through HardhatChain against the raw requests they stand for, in one process.
 *
 *     node sim/chain/hardhat/bench/raw.ts
 *
 * Raw: one eth_sendTransaction after the other, settings in parallel, evm_mine, receipts in parallel,
 * over Hardhat's provider. Both do the same blocks on their own networks, in turns, the best of five.
 */
import { createRequire } from "node:module"
import { createHardhatRuntimeEnvironment } from "hardhat/hre"
import { type Abi, encodeDeployData, encodeFunctionData } from "viem"
import type { BlockEnvironment, Transaction } from "../../Chain.ts"
import type { Address, Hex } from "../../Contracts.ts"
import { driveAsync, type Step } from "../../Step.ts"
import { HardhatChain } from "../HardhatChain.ts"

const erc20: { readonly abi: Abi; readonly evm: { readonly bytecode: { readonly object: string } } } = createRequire(
  import.meta.url
)("@uniswap/v2-core/build/ERC20.json")
const account = (n: number): Address => `0x${(0x1_0000_0000 + n).toString(16).padStart(40, "0")}`
const hex = (n: number | bigint): Hex => `0x${n.toString(16)}`
const OWNER = account(0)
const PRICE = 1_000_000_000n
const TOTAL = 1000

const take = <A>(step: Step<A>): Promise<A> =>
  driveAsync(
    (function* () {
      return yield* step
    })()
  )
const environment = (number: number): BlockEnvironment => ({
  number,
  timestamp: 3600 * number,
  baseFee: PRICE,
  gasLimit: 10_000_000_000,
  prevRandao: `0x${number.toString(16).padStart(64, "0")}`,
  coinbase: account(1)
})
const transaction = (nonce: number, data: Hex, to?: Address): Transaction => ({
  from: OWNER,
  ...(to === undefined ? {} : { to }),
  data,
  value: 0n,
  nonce,
  gas: 3_000_000,
  gasPrice: PRICE
})
const deployment = encodeDeployData({ abi: erc20.abi, bytecode: `0x${erc20.evm.bytecode.object}`, args: [10n ** 24n] })

async function raw() {
  const hre = await createHardhatRuntimeEnvironment({
    paths: { artifacts: `${import.meta.dirname}/no-artifacts` },
    networks: {
      raw: {
        type: "edr-simulated",
        chainType: "l1",
        hardfork: "osaka",
        accounts: [],
        blockGasLimit: 10_000_000_000,
        initialDate: new Date(0),
        mining: { auto: false, interval: 0, mempool: { order: "fifo" } }
      }
    }
  })
  const { provider } = await hre.network.create("raw")
  const ask = (method: string, ...params: unknown[]) => provider.request({ method, params })
  await ask("hardhat_setBalance", OWNER, hex(10n ** 24n))
  await ask("hardhat_impersonateAccount", OWNER)
  return async (env: BlockEnvironment, transactions: readonly Transaction[]) => {
    const hashes: unknown[] = []
    for (const { from, to, data, nonce, gas, gasPrice } of transactions) {
      const fields = { from, to, data, nonce: hex(nonce), gas: hex(gas), gasPrice: hex(gasPrice) }
      hashes.push(await ask("eth_sendTransaction", fields))
    }
    await Promise.all([
      ask("evm_setNextBlockTimestamp", hex(env.timestamp)),
      ask("hardhat_setNextBlockBaseFeePerGas", hex(env.baseFee)),
      ask("hardhat_setPrevRandao", env.prevRandao)
    ])
    await ask("evm_mine")
    return (await Promise.all(hashes.map((hash) => ask("eth_getTransactionReceipt", hash)))) as { status: Hex }[]
  }
}

const chain = await HardhatChain.open({ hardfork: "osaka" })
await take(chain.fund([OWNER], 10n ** 24n))
const block = await raw()
const [created] = await take(chain.block(environment(1), [transaction(0, deployment)]))
await block(environment(1), [transaction(0, deployment)])
const token = created?.created
if (token === undefined) throw new Error("the token was not deployed")

let nonce = 1
let number = 1
for (const per of [1, 10, 50, 250]) {
  const best = { chain: Number.POSITIVE_INFINITY, raw: Number.POSITIVE_INFINITY }
  for (let round = 0; round < 5; round++) {
    const blocks = Array.from({ length: TOTAL / per }, () => {
      const transactions = Array.from({ length: per }, () => {
        const data = encodeFunctionData({
          abi: erc20.abi,
          functionName: "transfer",
          args: [account(10 + (nonce % 500)), 5n]
        })
        return transaction(nonce++, data, token)
      })
      return { env: environment(++number), transactions }
    })
    const chainStart = performance.now()
    for (const { env, transactions } of blocks) {
      const receipts = await take(chain.block(env, transactions))
      if (!receipts.every((receipt) => receipt.ok)) throw new Error("a transfer failed")
    }
    best.chain = Math.min(best.chain, performance.now() - chainStart)
    const rawStart = performance.now()
    for (const { env, transactions } of blocks) {
      const receipts = await block(env, transactions)
      if (!receipts.every((receipt) => receipt.status === "0x1")) throw new Error("a transfer failed")
    }
    best.raw = Math.min(best.raw, performance.now() - rawStart)
  }
  const rate = (ms: number) => Math.round((TOTAL / ms) * 1000)
  console.log(
    `${per} per block: chain ${rate(best.chain)}/s, raw ${rate(best.raw)}/s, ratio ${(best.raw / best.chain).toFixed(2)}`
  )
}

const read = {
  to: token,
  data: encodeFunctionData({ abi: erc20.abi, functionName: "balanceOf", args: [account(11)] })
}
for (const many of [1, 10, 100, 1000]) {
  const start = performance.now()
  for (let i = 0; i < 1000 / many; i++) await take(chain.calls(Array.from({ length: many }, () => read)))
  console.log(`${many} calls at once: ${Math.round(performance.now() - start)} us each`)
}

for (const per of [10, 50, 250]) {
  const data = encodeFunctionData({ abi: erc20.abi, functionName: "transfer", args: [account(11), 10n ** 30n] })
  const start = performance.now()
  const transactions = Array.from({ length: per }, (_, i) =>
    i % 10 === 9
      ? transaction(nonce + i, data, token)
      : transaction(
          nonce + i,
          encodeFunctionData({ abi: erc20.abi, functionName: "transfer", args: [OWNER, 1n] }),
          token
        )
  )
  nonce += per
  const receipts = await take(chain.block(environment(++number), transactions))
  const failed = receipts.filter((receipt) => !receipt.ok).length
  console.log(
    `${per} per block, ${failed} reverting: ${Math.round(((performance.now() - start) * 1000) / per)} us each`
  )
}
await chain.close()
