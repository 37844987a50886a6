/**
 * ERC-20 transfers from 5,000 senders through RevmChain.block, against a bare loop over the same packed
 * bytes, in one process and in turns, the best of five; and the same on the Hardhat network.
 *
 *     node sim/chain/revm/bench/transfers.ts [--no-hardhat]
 *
 * Bare: the question's bytes, packed beforehand, are set into linear memory; the export is called; the
 * answer's bytes, logs and all, are copied out. RevmChain does all that, makes the bytes and reads the receipts.
 */
import { createRequire } from "node:module"
import { type Abi, encodeDeployData, encodeFunctionData } from "viem"
import type { BlockEnvironment, Chain, Transaction } from "../../Chain.ts"
import type { Address, Hex } from "../../Contracts.ts"
import { HardhatChain } from "../../hardhat/HardhatChain.ts"
import { driveAsync, driveSync, type Step } from "../../Step.ts"
import { Instance } from "../Instance.ts"
import { loadModule } from "../loadModule.ts"
import { RevmChain } from "../RevmChain.ts"
import { instantiate, type Memory } from "../Wasm.ts"
import { writeBlock, writeFund } from "../Wire.ts"

const erc20: { readonly abi: Abi; readonly evm: { readonly bytecode: { readonly object: string } } } = createRequire(
  import.meta.url
)("@uniswap/v2-core/build/ERC20.json")
const account = (n: number): Address => `0x${(0x1_0000_0000 + n).toString(16).padStart(40, "0")}`
const SENDERS = Array.from({ length: 5000 }, (_, i) => account(1000 + i))
const OWNER = account(0)
const TOTAL = 20_000
const SUPPLY = 10n ** 24n

const now = <A>(step: Step<A>): A =>
  driveSync(
    (function* () {
      return yield* step
    })()
  )
const later = <A>(step: Step<A>): Promise<A> =>
  driveAsync(
    (function* () {
      return yield* step
    })()
  )
const environment = (number: number): BlockEnvironment => ({
  number,
  timestamp: 3600 * number,
  baseFee: 0n,
  gasLimit: 10_000_000_000,
  prevRandao: `0x${number.toString(16).padStart(64, "0")}`,
  coinbase: account(1)
})
const transaction = (from: Address, nonce: number, data: Hex, to?: Address): Transaction => ({
  from,
  ...(to === undefined ? {} : { to }),
  data,
  value: 0n,
  nonce,
  gas: 3_000_000,
  gasPrice: 1_000_000_000n
})
const transfer = (to: Address): Hex => encodeFunctionData({ abi: erc20.abi, functionName: "transfer", args: [to, 5n] })

/** The deployment and what gives each sender its tokens; then the blocks to be measured. */
function story(per: number, total: number) {
  const deployment = encodeDeployData({ abi: erc20.abi, bytecode: `0x${erc20.evm.bytecode.object}`, args: [SUPPLY] })
  const stock = (to: Address) => (from: Address, i: number) =>
    transaction(
      OWNER,
      1 + i,
      encodeFunctionData({ abi: erc20.abi, functionName: "transfer", args: [from, 10n ** 12n] }),
      to
    )
  const blocks = (to: Address) =>
    Array.from({ length: total / per }, (_, b) => ({
      env: environment(3 + b),
      transactions: Array.from({ length: per }, (_, k) => {
        const n = b * per + k
        const from = SENDERS[n % SENDERS.length] as Address
        const receiver = SENDERS[(n * 7919 + 13) % SENDERS.length] as Address
        return transaction(from, Math.floor(n / SENDERS.length), transfer(receiver), to)
      })
    }))
  return { deployment, stock, blocks }
}

async function prepared(chain: Chain, made: ReturnType<typeof story>): Promise<Address> {
  await later(chain.fund([OWNER, ...SENDERS], SUPPLY))
  const [receipt] = await later(chain.block(environment(1), [transaction(OWNER, 0, made.deployment)]))
  const token = receipt?.created
  if (token === undefined) throw new Error("the token was not deployed")
  const receipts = await later(
    chain.block({ ...environment(2), gasLimit: 100_000_000_000 }, SENDERS.map(made.stock(token)))
  )
  if (!receipts.every((each) => each.ok)) throw new Error("the senders have no tokens")
  return token
}

interface Exports {
  readonly memory: Memory
  open(hardfork: number, callGas: number): number
  input(length: number): number
  fund(length: number): number
  block(length: number): number
  output(): number
  output_length(): number
}

/** Puts the bare instance where the chain is, and gives a copy of its memory. */
function openedBare(bare: Exports, made: ReturnType<typeof story>, token: Address): Uint8Array {
  const scribe = new Instance(module)
  const ask = (question: "fund" | "block") => {
    const bytes = scribe.question()
    const at = bare.input(bytes.length)
    new Uint8Array(bare.memory.buffer).set(bytes, at)
    if (bare[question](bytes.length) !== 0) throw new Error("the bare instance was not set up")
  }
  bare.open(1, 16_777_216)
  writeFund(scribe, [OWNER, ...SENDERS], SUPPLY)
  ask("fund")
  writeBlock(scribe, environment(1), [transaction(OWNER, 0, made.deployment)])
  ask("block")
  writeBlock(scribe, { ...environment(2), gasLimit: 100_000_000_000 }, SENDERS.map(made.stock(token)))
  ask("block")
  return new Uint8Array(bare.memory.buffer).slice()
}

const module = loadModule()
const rate = (ms: number, total = TOTAL): string => `${Math.round((total / ms) * 1000).toLocaleString("en")}/s`
console.log("ERC-20 transfers from 5,000 senders, one core")
for (const per of [1, 10, 50, 250]) {
  const made = story(per, TOTAL)
  const chain = RevmChain.open({ hardfork: "osaka", module })
  const token = await prepared(chain, made)
  const blocks = made.blocks(token)
  const start = now(chain.snapshot())
  const scribe = new Instance(module)
  const questions = blocks.map(({ env, transactions }) => {
    writeBlock(scribe, env, transactions)
    return scribe.question()
  })
  const bare = instantiate(module) as Exports
  const memory = openedBare(bare, made, token)
  const best = { chain: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY }
  for (let round = 0; round < 5; round++) {
    now(chain.revert(start))
    let began = performance.now()
    // As the engine does: one generator for all of a run.
    driveSync(
      (function* () {
        for (const { env, transactions } of blocks) {
          const receipts = yield* chain.block(env, transactions)
          if (receipts.length !== per || receipts[0]?.logs.length !== 1) throw new Error("a transfer failed")
        }
      })()
    )
    best.chain = Math.min(best.chain, performance.now() - began)
    new Uint8Array(bare.memory.buffer).set(memory)
    began = performance.now()
    for (const question of questions) {
      const at = bare.input(question.length)
      new Uint8Array(bare.memory.buffer).set(question, at)
      if (bare.block(question.length) !== 0) throw new Error("a block failed")
      const from = bare.output()
      const answer = new Uint8Array(bare.memory.buffer).slice(from, from + bare.output_length())
      if (answer.length === 0) throw new Error("no answer")
    }
    best.bare = Math.min(best.bare, performance.now() - began)
  }
  console.log(
    `${per} per block: RevmChain ${rate(best.chain)}, bare ${rate(best.bare)}, ratio ${(best.bare / best.chain).toFixed(2)}`
  )
}

if (!process.argv.includes("--no-hardhat")) {
  for (const per of [1, 10, 50, 250]) {
    const total = 2000
    const made = story(per, total)
    const chain = await HardhatChain.open({ hardfork: "osaka" })
    const token = await prepared(chain, made)
    const blocks = made.blocks(token)
    const began = performance.now()
    for (const { env, transactions } of blocks) await later(chain.block(env, transactions))
    console.log(`${per} per block: HardhatChain ${rate(performance.now() - began, total)}`)
    await chain.close()
  }
}
