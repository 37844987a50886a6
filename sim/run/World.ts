/**
 * The World of a run: its deployed contracts, by the name the scenario gave them and by address.
 */

import type { Log } from "../chain/Chain.ts"
import type { Address, Contract, ContractName, Hex, IntentWithoutTruth } from "../chain/Contracts.ts"
import type { Abi } from "../chain/codec/Abi.ts"
import { type AbiCodec, compileAbi } from "../chain/codec/Codec.ts"
import { handle, type Reader } from "../chain/Handle.ts"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import { adaptedOf, hasVerb } from "../scenario/Adapter.ts"
import { checkMap } from "./ActionMap.ts"

/** What the run needs of an artifact. */
export interface RunArtifact {
  readonly name: string
  readonly abi: Abi
  readonly bytecode: Hex
}

/** Contract name to its artifact. @throws ScenarioError UnknownContract. */
export type Artifacts = (name: string) => RunArtifact

/** A deployed contract. */
export interface Deployed {
  readonly name: string
  readonly address: Address
  readonly codec: AbiCodec
  readonly handle: Contract<ContractName>
  /** Whether it looks like an ERC-20: its transfers are audited. */
  readonly token: boolean
}

/** Plain data: the contracts in order of their making. What setup returned is made anew from them. */
export interface WorldState {
  readonly contracts: readonly { readonly name: string; readonly address: Address }[]
}

const codecs = new WeakMap<Abi, AbiCodec>()

/** A codec is compiled once per ABI. */
export function codecOf(artifact: RunArtifact): AbiCodec {
  let codec = codecs.get(artifact.abi)
  if (codec === undefined) {
    codec = compileAbi(artifact.abi)
    codecs.set(artifact.abi, codec)
  }
  return codec
}

export class World {
  readonly #reader: Reader
  readonly #artifacts: Artifacts
  readonly #byAddress = new Map<Address, Deployed>()
  readonly #keyOf = new Map<Address, string>()
  /** Of those in `#byAddress`, those that setup sees as another contract. */
  readonly #seenAs = new Map<Address, Deployed>()
  readonly #aliases = new Map<Address, { readonly [event: string]: string }>()
  #returned: { readonly [key: string]: unknown } = {}

  constructor(reader: Reader, artifacts: Artifacts) {
    this.#reader = reader
    this.#artifacts = artifacts
  }

  /** Registers a contract at an address. */
  add(name: string, address: Address): Deployed {
    const known = this.#byAddress.get(address)
    if (known !== undefined) return known
    const deployed = this.#deployed(name, address)
    this.#byAddress.set(address, deployed)
    return deployed
  }

  /** A contract as another one: a proxy as what stands behind it. From then on it is known as that. */
  seenAs(name: string, address: Address): Deployed {
    const known = this.at(address) ?? this.add(name, address)
    if (known.name === name) return known
    const deployed = this.#deployed(name, address)
    this.#seenAs.set(address, deployed)
    return deployed
  }

  #deployed(name: string, address: Address): Deployed {
    const codec = codecOf(this.#artifacts(name))
    return { name, address, codec, handle: handle(this.#reader, name, address, codec), token: isToken(codec) }
  }

  /** Takes what setup returned. @throws ScenarioError SetupFailed when it is no record. */
  name(returned: unknown): void {
    if (typeof returned !== "object" || returned === null) {
      throw new ScenarioError({
        reason: "SetupFailed",
        message: "setup returned no record of contracts",
        fix: "Return an object such as { token, pool } from setup.",
        offending: { name: "setup", value: String(returned) }
      })
    }
    this.#returned = returned as { readonly [key: string]: unknown }
    for (const [key, value] of Object.entries(this.#returned)) {
      const contract = asContract(value)
      if (contract !== undefined && this.#byAddress.has(contract.address)) {
        this.#keyOf.set(contract.address, key)
        const adapted = adaptedOf(value)
        if (adapted !== undefined) this.#aliases.set(contract.address, adapted.events)
      }
    }
  }

  /** What setup returned: the typed World. */
  get handles(): { readonly [key: string]: unknown } {
    return this.#returned
  }

  get contracts(): Iterable<Deployed> {
    return [...this.#byAddress.values()].map((deployed) => this.#seenAs.get(deployed.address) ?? deployed)
  }

  at(address: Address): Deployed | undefined {
    const seen = this.#seenAs.size === 0 ? undefined : this.#seenAs.get(address)
    return seen ?? this.#byAddress.get(address)
  }

  /** The name the scenario gave the contract at an address; else the contract's own. */
  keyAt(address: Address): string | undefined {
    return this.#keyOf.get(address) ?? this.at(address)?.name
  }

  /** The names of the events of the contract at an address, as an adapter calls them. */
  eventsAt(address: Address): readonly string[] {
    const aliases = this.#aliases.get(address)
    return (this.at(address)?.codec.events ?? []).map(({ name }) => aliases?.[name] ?? name)
  }

  /** The address of what the scenario calls `key`; `asker` is who asks for it. @throws ScenarioError WorldLacks. */
  addressOf(key: string, asker?: string): Address {
    const contract = Object.hasOwn(this.#returned, key) ? asContract(this.#returned[key]) : undefined
    if (contract === undefined) {
      const names = Object.keys(this.#returned).filter((name) => asContract(this.#returned[name]) !== undefined)
      const near = nearest(String(key), names)
      const guess = near === undefined ? "" : `Did you mean ${near}? `
      throw new ScenarioError({
        reason: "WorldLacks",
        message: `${asker === undefined ? "" : `${asker}: `}the World has no contract "${key}"`,
        fix: `${guess}Return it from setup, or name one of ${names.join(", ")}.`,
        offending: { name: "contract", value: key }
      })
    }
    return contract.address
  }

  /** The handles a behaviour needs. @throws ScenarioError WorldLacks. */
  needed(needs: { readonly [key: string]: string }, behaviour: string): { readonly [key: string]: unknown } {
    const world: { [key: string]: unknown } = {}
    for (const [key, name] of Object.entries(needs)) {
      const contract = asContract(this.#returned[key])
      const deployed = contract === undefined ? undefined : this.at(contract.address)
      if (deployed === undefined) {
        throw new ScenarioError({
          reason: "WorldLacks",
          message: `${behaviour} needs world.${key} (${name}), which setup does not return`,
          fix: `Deploy a contract that serves as ${name} in setup and return it as ${key}.`,
          offending: { name: key, value: name }
        })
      }
      const adapted = adaptedOf(this.#returned[key])
      const need = codecOf(this.#artifacts(name))
      const lacking = adapted === undefined ? missing(need, deployed.codec) : unmapped(need, this.#returned[key])
      if (lacking !== undefined) {
        throw new ScenarioError({
          reason: "WorldLacks",
          message: `${behaviour} needs world.${key} to be ${name}, but it is ${deployed.name}, ${adapted === undefined ? "which has" : "whose action map has"} no ${lacking}`,
          fix:
            adapted === undefined
              ? `Return a contract with ${lacking} as ${key}.`
              : `Map ${lacking} in the adapter of ${key}.`,
          offending: { name: key, value: deployed.name }
        })
      }
      if (adapted !== undefined) checkMap(adapted, need, deployed)
      world[key] = adapted === undefined ? deployed.handle : this.#returned[key]
    }
    return world
  }

  /** The call data of an Intent. @throws ChainError MalformedArguments. */
  encode(intent: IntentWithoutTruth): Hex {
    const deployed = this.at(intent.to)
    if (deployed === undefined) {
      throw new ScenarioError({
        reason: "WorldLacks",
        message: `an intent goes to ${intent.to}, where no contract of the World is`,
        fix: "Make intents with the tx functions of a World handle.",
        offending: { name: "to", value: intent.to }
      })
    }
    const { fn, args } = intent.via ?? intent
    return deployed.codec.pick(fn, args, "tx").encode(args)
  }

  /** What a log says, if its contract is known. */
  decode(log: Log):
    | {
        readonly deployed: Deployed
        readonly event: string
        readonly verb: string
        readonly args: { readonly [name: string]: unknown }
      }
    | undefined {
    const deployed = this.at(log.address)
    const event = deployed?.codec.eventOf(log.topics)
    if (deployed === undefined || event === undefined) return undefined
    const verb = this.#aliases.get(log.address)?.[event.name] ?? event.name
    return { deployed, event: event.name, verb, args: event.decode(log.topics, log.data) }
  }

  save(): WorldState {
    return { contracts: [...this.#byAddress.values()].map(({ name, address }) => ({ name, address })) }
  }
}

function asContract(value: unknown): { readonly address: Address } | undefined {
  if (typeof value !== "object" || value === null || !("address" in value) || !("tx" in value)) return undefined
  return typeof value.address === "string" ? (value as { readonly address: Address }) : undefined
}

const TRANSFER = "Transfer(address,address,uint256)"

function isToken(codec: AbiCodec): boolean {
  const has = (signature: string): boolean =>
    [...codec.functionsBySelector.values()].some((fn) => fn.signature === signature)
  const transfer = codec.events.find((event) => event.signature === TRANSFER)
  // An ERC-721's Transfer has the same signature and one more indexed argument: four topics.
  return transfer !== undefined && transfer.topics === 3 && has("balanceOf(address)") && has("totalSupply()")
}

function unmapped(need: AbiCodec, adapted: unknown): string | undefined {
  for (const [name, overloads] of need.overloads) {
    for (const { mutates, signature } of overloads)
      if (!hasVerb(adapted, mutates ? "tx" : "read", name)) return signature
  }
  return undefined
}

function missing(need: AbiCodec, has: AbiCodec): string | undefined {
  for (const [selector, fn] of need.functionsBySelector) {
    if (!has.functionsBySelector.has(selector)) return fn.signature
  }
  return undefined
}
