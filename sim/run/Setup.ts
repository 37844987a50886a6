/**
 * Set-up: the scenario's `setup` on a fresh chain, one block per deploy or send, all at the moment
 * the run begins; then what the agents hold.
 */
import type { BlockEnvironment, Receipt, Transaction } from "../chain/Chain.ts"
import type { Address, Hex, Intent } from "../chain/Contracts.ts"
import type { AbiCodec } from "../chain/codec/Codec.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { decodeRevert } from "../chain/codec/Revert.ts"
import { Reader } from "../chain/Handle.ts"
import { type Asking, answered, failed, mapped, type Step } from "../chain/Step.ts"
import { ChainError, MesocosmError, ScenarioError } from "../Errors.ts"
import type { BehaviourRuntime } from "../scenario/Behaviour.ts"
import type { Population } from "../scenario/Population.ts"
import type { Agent } from "./Agents.ts"
import type { MadeBlock, Placed, Waiting } from "./BlockBuilder.ts"
import { COINBASE, DEPLOYER, identityAddress } from "./Identity.ts"
import { Journal } from "./Journal.ts"
import type { RunOptions } from "./RunOptions.ts"
import { codecOf, World, type WorldState } from "./World.ts"

/** What set-up leaves. `lastBlock` and `sequence` go on with `endow`. */
export interface SetUp {
  readonly reader: Reader
  readonly world: World
  readonly journal: Journal
  readonly populations: { readonly [name: string]: Population<BehaviourRuntime> }
  lastBlock: number
  sequence: number
  readonly entries: readonly MadeBlock[]
}

/** Below osaka's cap for one transaction. */
const SETUP_GAS = 16_000_000
const SETUP_BLOCK_GAS = 1_000_000_000
/** Transfers in one block of endowments. */
const ENDOWED_PER_BLOCK = 250

/** Runs `setup`. @throws ScenarioError SetupFailed, WorldLacks, LazyStep; ChainError NoBytecode, DeployFailed. */
export function* setUp(options: RunOptions): Asking<SetUp> {
  const { scenario, resolved, chain, artifacts } = options
  const reader = new Reader(chain)
  const world = new World(reader, artifacts)
  const journal = new Journal(options.journal)
  const entries: MadeBlock[] = []
  const populations = guarded("populations", () => scenario.populations({ params: resolved.values }))
  const state = { block: 0, nonce: 0, sequence: 0 }

  const make = <A>(
    what: string,
    intent: Intent,
    data: Hex,
    to: Address | undefined,
    take: (receipt: Receipt) => A
  ): Step<A> => {
    const environment = environmentOf(options, ++state.block)
    const transaction: Transaction = {
      from: DEPLOYER,
      ...(to === undefined ? {} : { to }),
      data,
      value: intent.value ?? 0n,
      nonce: state.nonce++,
      gas: intent.gas ?? SETUP_GAS,
      gasPrice: 0n
    }
    const sequence = state.sequence++
    return mapped(chain.block(environment, [transaction]), (receipts) => {
      journal.block(environment, [transaction], receipts)
      reader.forget()
      const receipt = receipts[0] as Receipt
      if (!receipt.ok) {
        const { text } = decodeRevert(
          receipt.revert,
          world.at(intent.to)?.codec ?? ownCodec(artifacts, intent.contract)
        )
        throw new ScenarioError({
          reason: "SetupFailed",
          message: `setup of ${scenario.id}: ${what} reverted: ${text}`,
          fix: `Mend the arguments of ${what}, or the order in which setup does things.`,
          offending: { name: what, value: text }
        })
      }
      const taken = take(receipt)
      entries.push(
        entryOf(environment, sequence, { ...intent, to: receipt.created ?? intent.to }, transaction, receipts)
      )
      return taken
    })
  }

  const at = {
    params: resolved.values,
    deployer: DEPLOYER,
    deploy(name: string, args: readonly unknown[]): Step<unknown> {
      try {
        const artifact = artifacts(name)
        if (artifact.bytecode.length <= 2) throw noBytecode(name)
        const data = codecOf(artifact).encodeDeploy(artifact.bytecode, args)
        const intent: Intent = { to: "0x", contract: name, fn: "constructor", args }
        return make(
          `deploying ${name}`,
          intent,
          data,
          undefined,
          (receipt) => world.add(name, receipt.created as Address).handle
        )
      } catch (error) {
        return failed(error, chain.untaken)
      }
    },
    send(intent: Intent): Step<void> {
      try {
        return make(`${intent.contract}.${intent.fn}`, intent, world.encode(intent), intent.to, () => undefined)
      } catch (error) {
        return failed(error, chain.untaken)
      }
    },
    at: (name: string, address: Address) => world.seenAs(name, address.toLowerCase() as Address).handle,
    identities: (population: string): readonly Address[] => firstIdentities(populations, population)
  }

  let returned: unknown
  try {
    returned = yield* scenario.setup(at)
    chain.untaken.check(`setup of ${scenario.id}`)
  } catch (error) {
    throw asSetupError(scenario.id, error)
  }
  world.name(returned)
  return { reader, world, journal, populations, lastBlock: state.block, sequence: state.sequence, entries }
}

/**
 * The World of a run that goes on: `setup` once more, with every deploy and send answered from what
 * was recorded, so that adapters and handles are made anew and nothing is sent.
 */
export function* rebuild(options: RunOptions, reader: Reader, state: WorldState): Asking<World> {
  const { scenario, resolved, chain, artifacts } = options
  const world = new World(reader, artifacts)
  const left = [...state.contracts]
  const populations = scenario.populations({ params: resolved.values })
  const at = {
    params: resolved.values,
    deployer: DEPLOYER,
    deploy(name: string): Step<unknown> {
      const place = left.findIndex((contract) => contract.name === name)
      const [found] = place < 0 ? [] : left.splice(place, 1)
      if (found === undefined) {
        const error = new ChainError({
          reason: "Audit",
          message: `setup deploys ${name}, which the recorded run did not`,
          fix: "Go on with the scenario file that began the run.",
          offending: { name: "contract", value: name }
        })
        return failed(error, chain.untaken)
      }
      return answered(world.add(name, found.address).handle, chain.untaken)
    },
    send: (): Step<void> => answered(undefined, chain.untaken),
    at: (name: string, address: Address) => world.seenAs(name, address.toLowerCase() as Address).handle,
    identities: (population: string): readonly Address[] => firstIdentities(populations, population)
  }
  world.name(yield* scenario.setup(at))
  for (const { name, address } of left) world.add(name, address)
  return world
}

/** Gives the agents what their populations hold, from the deployer. @throws ScenarioError SetupFailed. */
export function* endow(options: RunOptions, setup: SetUp, agents: readonly Agent[]): Asking<readonly MadeBlock[]> {
  const { world, journal, populations } = setup
  const gifts: { readonly intent: Intent; readonly data: Hex }[] = []
  for (const { data } of agents) {
    for (const [key, amount] of Object.entries(populations[data.population]?.holds ?? {})) {
      if (amount === 0n) continue
      const token = world.addressOf(key, `${data.population} holds`)
      const intent: Intent = {
        to: token,
        contract: world.at(token)?.name ?? key,
        fn: "transfer",
        args: [data.identities[0], amount]
      }
      gifts.push({ intent, data: world.encode(intent) })
    }
  }
  const entries: MadeBlock[] = []
  let nonce = setup.lastBlock
  for (let from = 0; from < gifts.length; from += ENDOWED_PER_BLOCK) {
    const environment = environmentOf(options, ++setup.lastBlock)
    const batch = gifts.slice(from, from + ENDOWED_PER_BLOCK)
    const transactions = batch.map(
      ({ intent, data }): Transaction => ({
        from: DEPLOYER,
        to: intent.to,
        data,
        value: 0n,
        nonce: nonce++,
        gas: 1_000_000,
        gasPrice: 0n
      })
    )
    const receipts = yield* options.chain.block(environment, transactions)
    journal.block(environment, transactions, receipts)
    const bad = receipts.findIndex(({ ok }) => !ok)
    if (bad >= 0) {
      const intent = batch[bad]?.intent
      const { text } = decodeRevert(
        receipts[bad]?.revert ?? "0x",
        intent === undefined ? undefined : world.at(intent.to)?.codec
      )
      throw new ScenarioError({
        reason: "SetupFailed",
        message: `endowing the agents of ${options.scenario.id} with ${intent?.contract} reverted: ${text}`,
        fix: "Let setup give the deployer at least what all populations hold.",
        offending: { name: "holds", value: String(intent?.args[1]), unit: "base units" }
      })
    }
    entries.push({
      environment,
      receipts,
      placed: batch.map(({ intent, data }, index) =>
        placedOf(setup.sequence++, intent, data, transactions[index] as Transaction)
      )
    })
  }
  return entries
}

function firstIdentities(populations: SetUp["populations"], population: string): readonly Address[] {
  const found = populations[population]
  if (found === undefined) {
    throw new ScenarioError({
      reason: "SetupFailed",
      message: `setup asks for the identities of "${population}", which is no population`,
      fix: `Ask for one of ${Object.keys(populations).join(", ")}.`,
      offending: { name: "population", value: population }
    })
  }
  return Array.from({ length: found.count }, (_, nth) => identityAddress(`${population}/${nth}`, 0))
}

/** PREVRANDAO of the block of that number. */
export function randaoOf({ resolved: { spec } }: Pick<RunOptions, "resolved">, number: number): Hex {
  return keccakText(`${spec.scenario}/${spec.seed}/randao/${number}`)
}

function environmentOf(options: RunOptions, number: number): BlockEnvironment {
  const { spec } = options.resolved
  return {
    number,
    timestamp: spec.genesis,
    baseFee: 0n,
    gasLimit: SETUP_BLOCK_GAS,
    prevRandao: randaoOf(options, number),
    coinbase: COINBASE
  }
}

function entryOf(
  environment: BlockEnvironment,
  sequence: number,
  intent: Intent,
  transaction: Transaction,
  receipts: readonly Receipt[]
): MadeBlock {
  return { environment, receipts, placed: [placedOf(sequence, intent, transaction.data, transaction)] }
}

function placedOf(sequence: number, intent: Intent, data: Hex, transaction: Transaction): Placed {
  const waiting: Waiting = {
    sequence,
    agent: -1,
    identity: DEPLOYER,
    nth: transaction.nonce,
    intent,
    data,
    gas: transaction.gas,
    gasPrice: 0n,
    time: 0
  }
  return { waiting, status: "ok", transaction }
}

function ownCodec(artifacts: RunOptions["artifacts"], name: string): AbiCodec | undefined {
  return name === "" ? undefined : codecOf(artifacts(name))
}

function noBytecode(name: string): ChainError {
  return new ChainError({
    reason: "NoBytecode",
    message: `${name} has no bytecode, so it cannot be deployed`,
    fix: `Deploy a contract that implements ${name}, or give an artifact that was compiled with bytecode.`,
    offending: { name: "contract", value: name }
  })
}

function guarded<A>(what: string, f: () => A): A {
  try {
    return f()
  } catch (error) {
    throw asSetupError(what, error)
  }
}

function asSetupError(what: string, error: unknown): MesocosmError {
  if (error instanceof MesocosmError) return error
  return new ScenarioError({
    reason: "SetupFailed",
    message: `${what} threw: ${error instanceof Error ? error.message : String(error)}`,
    fix: "Mend the scenario file.",
    offending: { name: what, value: error instanceof Error ? error.name : typeof error },
    cause: error
  })
}
