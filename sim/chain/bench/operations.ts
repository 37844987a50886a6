/**
 * Arbiter's four operations, one at a time: deploy a token; look a balance up; call without state; call with state
 * (a transfer in a block of its own). Through the Chain interface with the codec, as a run reaches them, and in
 * turns with the wasm module bare (questions packed beforehand, answers copied out).
 *
 *     node sim/chain/bench/operations.ts [--rounds 3] [--size quick] [--python <with verbs and pyrevm>]
 */

import type { Figure, Headline } from "../../cli/benches/Report.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import type { BlockEnvironment, Transaction } from "../Chain.ts"
import type { Address, Hex } from "../Contracts.ts"
import { compileAbi } from "../codec/Codec.ts"
import { loadModule } from "../revm/loadModule.ts"
import { RevmChain } from "../revm/RevmChain.ts"
import { type Asking, driveSync } from "../Step.ts"
import { Peer } from "./fixtures/Peer.ts"
import { type Contestant, race } from "./fixtures/Race.ts"
import { Bare, type Question, recording } from "./fixtures/Recording.ts"
import { say, told } from "./fixtures/Script.ts"
import { lookupWork, statelessWork, transferWork, type Work, writeWork } from "./fixtures/Work.ts"

const { rounds, size, python } = told()
const times = size === "quick" ? 1_000 : 5_000
const token = ArtifactStore.open(new URL("../../..", import.meta.url).pathname).get("DataToken")
const codec = compileAbi(token.abi)
const WORD: Hex = `0x${"0".repeat(64)}`
const creation = codec.encodeDeploy(token.bytecode, ["Data", "DATA"])

let number = 0
const environment = (): BlockEnvironment => ({
  number: ++number,
  timestamp: 3600 * number,
  baseFee: 0n,
  gasLimit: 100_000_000_000,
  prevRandao: WORD,
  coinbase: `0x${"c0".repeat(20)}`
})
const hex = (digits: string): Address => `0x${digits}`
const nonces = new Map<Address, number>()
function transaction(from: Address, data: Hex, to?: Address): Transaction {
  const nonce = nonces.get(from) ?? 0
  nonces.set(from, nonce + 1)
  return { from, ...(to === undefined ? {} : { to }), data, value: 0n, nonce, gas: 3_000_000, gasPrice: 1n }
}

const questions: Question[] = []
const module = loadModule()
const chain = RevmChain.open({ hardfork: "osaka", module })
/** Answers as `chain`, and writes every question down. */
const watched = recording(chain, questions)
const work = transferWork(1)
const [owner, ...senders] = [work.owner, ...work.senders].map(hex) as [Address, ...Address[]]

const at = driveSync(
  (function* (): Asking<Address> {
    yield* watched.fund([owner, ...senders], 10n ** 24n)
    const [receipt] = yield* watched.block(environment(), [transaction(owner, creation)])
    const created = receipt?.created
    if (created === undefined) throw new Error("the token was not deployed")
    yield* watched.block(
      environment(),
      work.stock.map((data) => transaction(owner, hex(data), created))
    )
    return created
  })()
)
const setUp = questions.splice(0)

/** One operation: how it is done with a chain and the codec, which others' programs do it, and their work. */
interface Operation {
  readonly name: string
  readonly peers: string
  readonly work: Work
  readonly does: (which: typeof chain, index: number) => Asking<void>
}

const transfer = codec.pick("transfer", [owner, 1n])
const balanceOf = codec.pick("balanceOf", [owner])
const decimals = codec.pick("decimals", [])
const operations: readonly Operation[] = [
  {
    name: "deploy",
    peers: "deploy",
    work: transferWork(times),
    *does(which) {
      const data = codec.encodeDeploy(token.bytecode, ["Data", "DATA"])
      const [receipt] = yield* which.block(environment(), [transaction(owner, data)])
      if (receipt?.created === undefined) throw new Error("a deployment failed")
    }
  },
  {
    name: "lookup",
    peers: "lookup",
    work: lookupWork(times),
    *does(which, index) {
      const { output } = yield* which.call({ to: at, data: balanceOf.encode([senders[index % senders.length]]) })
      if (balanceOf.decodeResult(output) === 0n) throw new Error("a sender has nothing")
    }
  },
  {
    name: "stateless call",
    peers: "stateless",
    work: statelessWork(times),
    *does(which) {
      const { output } = yield* which.call({ to: at, data: decimals.encode([]) })
      if (decimals.decodeResult(output) !== 18) throw new Error("the decimals changed")
    }
  },
  {
    name: "stateful call",
    peers: "stateful",
    work: transferWork(times),
    *does(which, index) {
      const from = senders[index % senders.length] as Address
      const data = transfer.encode([senders[(index * 7919 + 13) % senders.length], 5n])
      const [receipt] = yield* which.block(environment(), [transaction(from, data, at)])
      if (receipt?.ok !== true) throw new Error("a transfer failed")
    }
  }
]

function repeated(operation: Operation, which: typeof chain): void {
  driveSync(
    (function* (): Asking<void> {
      for (let index = 0; index < times; index++) yield* operation.does(which, index)
    })()
  )
}

const figures: Figure[] = []
const headlines: Headline[] = []
for (const operation of operations) {
  // Back to the beginning for each, so that one operation leaves the next nothing.
  const start = { number, nonces: new Map(nonces), snapshot: driveSync(once(chain)) }
  const goBack = (): void => {
    number = start.number
    nonces.clear()
    for (const [who, nonce] of start.nonces) nonces.set(who, nonce)
    driveSync(back(chain, start.snapshot))
  }
  repeated(operation, watched as typeof chain)
  const asked = questions.splice(0)
  const ours = `mesocosm, ${operation.name}`
  const bareName = `bare wasm, ${operation.name}`
  const contestants: Contestant[] = [
    {
      name: ours,
      round() {
        goBack()
        const began = performance.now()
        repeated(operation, chain)
        return (times / (performance.now() - began)) * 1000
      }
    },
    {
      name: bareName,
      round() {
        const bare = new Bare()
        bare.ask(setUp)
        const began = performance.now()
        bare.ask(asked)
        return (times / (performance.now() - began)) * 1000
      }
    }
  ]
  if (python !== undefined) {
    const script = new URL("peers/evm.py", import.meta.url).pathname
    const path = writeWork(operation.work)
    for (const engine of ["verbs", "pyrevm"]) {
      contestants.push(
        await Peer.start(`${engine}, ${operation.name}`, python, [script, engine, path, operation.peers])
      )
    }
  }
  const raced = await race(contestants, rounds)
  goBack()
  figures.push(...raced.figures("operations/s"))
  headlines.push(raced.ratio(ours, bareName))
  if (python !== undefined) {
    for (const engine of ["verbs", "pyrevm"]) headlines.push(raced.ratio(ours, `${engine}, ${operation.name}`))
  }
}
say({ figures, headlines })

function* once(which: typeof chain): Asking<number> {
  return yield* which.snapshot()
}

function* back(which: typeof chain, snapshot: number): Asking<void> {
  yield* which.revert(snapshot)
}
