/**
 * Writes only: ERC-20 transfers from 5,000 senders as a whole run, with digests, audits and Parquet recording on,
 * in turns with a bare loop over the same packed blocks in the wasm module (answers copied out, logs and all) and
 * with the same loop that also hashes as many bytes as the run's digests do, and
 * with the Hardhat chain at its best: the run's own blocks through its batching adapter, without an engine.
 *
 *     node sim/chain/bench/writes.ts [--rounds 3] [--size quick] [--python <with verbs and pyrevm>] [--anvil <path>]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execute } from "../../experiment/Execute.ts"
import type { Digest } from "../../run/Digest.ts"
import { open } from "../../run/fixtures/harness.ts"
import { Run } from "../../run/Run.ts"
import { resolve } from "../../run/RunSpec.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import type { BlockEnvironment, Chain, Transaction } from "../Chain.ts"
import type { Address } from "../Contracts.ts"
import { keccak256 } from "../codec/Keccak.ts"
import { HardhatChain } from "../hardhat/HardhatChain.ts"
import { loadModule } from "../revm/loadModule.ts"
import { RevmChain } from "../revm/RevmChain.ts"
import { driveAsync, driveSync } from "../Step.ts"
import { Anvil } from "./fixtures/Anvil.ts"
import { Peer } from "./fixtures/Peer.ts"
import { type Contestant, race } from "./fixtures/Race.ts"
import { Bare, type Question, recording } from "./fixtures/Recording.ts"
import { say, told } from "./fixtures/Script.ts"
import { transfers } from "./fixtures/transfers.ts"
import { transferWork, writeWork } from "./fixtures/Work.ts"

const { rounds, size, python, anvil } = told()
const scenario = transfers(size === "quick" ? 2 : 10)
const root = new URL("../../..", import.meta.url).pathname
const artifacts = ArtifactStore.open(root)

/** What the engine asked of a chain, as it was asked. */
interface Asked {
  readonly funded: (readonly [readonly Address[], bigint])[]
  readonly blocks: (readonly [BlockEnvironment, readonly Transaction[]])[]
}

/** The chain as it is; what is funded and mined is added to `into`. */
function listening(chain: Chain, into: Asked): Chain {
  const noted: Partial<Chain> = {
    block(environment, transactions) {
      into.blocks.push([environment, transactions])
      return chain.block(environment, transactions)
    },
    fund(accounts, wei) {
      into.funded.push([accounts, wei])
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

/** What a run's digests hash from now on: a size in bytes per hash. */
function hashing(digest: Digest): readonly number[] {
  const sizes: number[] = []
  const tables = new Set<ReturnType<Digest["row"]>>()
  const [row, extend] = [digest.row.bind(digest), digest.extend.bind(digest)]
  digest.row = (name) => {
    const table = row(name)
    tables.add(table)
    return table
  }
  digest.extend = () => {
    // The head comes before the rows.
    for (const { length } of tables) if (length > 0) sizes.push(32 + length)
    extend()
  }
  return sizes
}

const questions: Question[] = []
const asked: Asked = { funded: [], blocks: [] }
const watched = listening(recording(RevmChain.open({ hardfork: "osaka", module: loadModule() }), questions), asked)
const run = driveSync(Run.begin(await open(scenario, { seed: 7 }, watched)))
const setUp = { questions: questions.length, blocks: asked.blocks.length }
const hashed = hashing(run.books.digest)
driveSync(run.continue())
const blocks = questions.slice(setUp.questions).filter(({ kind, count }) => kind === "block" && count > 0)
const transactions = blocks.reduce((sum, { count }) => sum + count, 0)

const engine: Contestant = {
  name: "mesocosm",
  async round() {
    const folder = mkdtempSync(join(tmpdir(), "mesocosm-writes-"))
    let began = 0
    const { manifest, error } = await execute({
      scenario,
      resolved: resolve(scenario, { seed: 7 }),
      chain: "revm",
      artifacts,
      out: folder,
      onProgress: () => {
        // The first block after set-up: what came before is not measured, its own transactions are.
        if (began === 0) began = performance.now()
      }
    })
    const spent = performance.now() - began
    rmSync(folder, { recursive: true })
    if (error !== undefined) throw error
    if (manifest.digest.trace !== run.end().digests.trace) throw new Error("the digests differ")
    return (transactions / spent) * 1000
  }
}

const bare: Contestant = {
  name: "bare wasm",
  round() {
    const instance = new Bare()
    instance.ask(questions.slice(0, setUp.questions))
    const began = performance.now()
    instance.ask(blocks)
    return (transactions / (performance.now() - began)) * 1000
  }
}

/** What no engine with these digests can be quicker than on this wasm and its Keccak: the blocks, and the hashing of the rows. */
const floor: Contestant = {
  name: "bare wasm and the hashing",
  round() {
    const instance = new Bare()
    instance.ask(questions.slice(0, setUp.questions))
    const rows = new Uint8Array(hashed.reduce((most, size) => Math.max(most, size), 0)).fill(7)
    const began = performance.now()
    instance.ask(blocks)
    for (const size of hashed) keccak256(rows.subarray(0, size))
    return (transactions / (performance.now() - began)) * 1000
  }
}

/** Blocks that the Hardhat network is given: it needs half a second for a thousand transactions. */
const HARDHAT_BLOCKS = size === "quick" ? 8 : 16

const hardhat: Contestant = {
  name: "Hardhat",
  async round() {
    const chain = await HardhatChain.open({ hardfork: "osaka" })
    await driveAsync(
      (function* () {
        for (const [accounts, wei] of asked.funded) yield* chain.fund(accounts, wei)
        for (const [environment, sent] of asked.blocks.slice(0, setUp.blocks)) yield* chain.block(environment, sent)
      })()
    )
    const later = asked.blocks.slice(setUp.blocks, setUp.blocks + HARDHAT_BLOCKS)
    const count = later.reduce((sum, [, sent]) => sum + sent.length, 0)
    const began = performance.now()
    await driveAsync(
      (function* () {
        for (const [environment, sent] of later) yield* chain.block(environment, sent)
      })()
    )
    const rate = (count / (performance.now() - began)) * 1000
    await chain.close()
    return rate
  }
}

const work = transferWork(size === "quick" ? 5_000 : 20_000)
const contestants: Contestant[] = [engine, bare, floor, hardhat]
if (python !== undefined) {
  const script = new URL("peers/evm.py", import.meta.url).pathname
  const path = writeWork(work)
  for (const name of ["verbs", "pyrevm"])
    contestants.push(await Peer.start(name, python, [script, name, path, "writes"]))
}
if (anvil !== undefined) contestants.push(await Anvil.start(anvil, work))
const raced = await race(contestants, rounds)
const figures = raced.figures("transactions/s")
say({
  figures,
  headlines: [
    { name: "mesocosm, in thousands a second", ratio: (figures[0]?.value ?? Number.NaN) / 1000, n: rounds, least: 50 },
    raced.ratio("mesocosm", "bare wasm", { least: 0.8 }),
    raced.ratio("bare wasm and the hashing", "bare wasm"),
    raced.ratio("mesocosm", "Hardhat", { least: 20 }),
    ...(python === undefined
      ? []
      : [raced.ratio("mesocosm", "verbs", { least: 1 }), raced.ratio("mesocosm", "pyrevm")]),
    ...(anvil === undefined ? [] : [raced.ratio("mesocosm", "anvil")])
  ]
})
