/**
 * The one ABI codec, for every chain: each function compiled once into an encoder, each event and
 * error into a decoder. It runs in a page as it does in Node.
 */
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import { type Abi, type AbiParameter, callable } from "./Abi.ts"
import { ByteWriter } from "./ByteWriter.ts"
import { EventCodec } from "./EventCodec.ts"
import { FunctionCodec, pickOverload } from "./FunctionCodec.ts"
import { readHex, sizeOf } from "./Hexadecimal.ts"
import { Misfit } from "./Misfit.ts"
import { Parameters } from "./Parameters.ts"
import { ErrorCodec } from "./Revert.ts"

const writer = new ByteWriter(65536)

/** The functions of one name to choose among: those that read, those that change state, or all. */
export type Among = "read" | "tx" | "all"

export class AbiCodec {
  /** By name; functions that share a name by their signatures, `f(uint256)`. */
  readonly functions: ReadonlyMap<string, FunctionCodec>
  /** By name, each with all functions of that name, in the order of the ABI. */
  readonly overloads: ReadonlyMap<string, readonly FunctionCodec[]>
  readonly functionsBySelector: ReadonlyMap<Hex, FunctionCodec>
  /** Every event, anonymous ones included, in the order of the ABI. */
  readonly events: readonly EventCodec[]
  /** The events that can be told by their first topic; where two share it, `eventOf` decides. */
  readonly eventsByTopic: ReadonlyMap<Hex, EventCodec>
  readonly errorsBySelector: ReadonlyMap<Hex, ErrorCodec>
  readonly #deploy: Parameters
  readonly #sharedTopics: ReadonlySet<Hex>

  constructor(abi: Abi) {
    const overloads = new Map<string, FunctionCodec[]>()
    const functionsBySelector = new Map<Hex, FunctionCodec>()
    const events: EventCodec[] = []
    const eventsByTopic = new Map<Hex, EventCodec>()
    const sharedTopics = new Set<Hex>()
    const errorsBySelector = new Map<Hex, ErrorCodec>()
    let inputs: readonly AbiParameter[] = []
    for (const item of abi) {
      if (item.type === "constructor") inputs = item.inputs ?? []
      else if (item.type === "function" && callable(item)) {
        const codec = new FunctionCodec(item)
        if (functionsBySelector.has(codec.selector)) continue
        functionsBySelector.set(codec.selector, codec)
        const same = overloads.get(item.name)
        if (same === undefined) overloads.set(item.name, [codec])
        else same.push(codec)
      } else if (item.type === "event") {
        const codec = new EventCodec(item)
        events.push(codec)
        if (codec.anonymous) continue
        if (eventsByTopic.has(codec.topic)) sharedTopics.add(codec.topic)
        else eventsByTopic.set(codec.topic, codec)
      } else if (item.type === "error") {
        const codec = new ErrorCodec(item)
        errorsBySelector.set(codec.selector, codec)
      }
    }
    const functions = new Map<string, FunctionCodec>()
    for (const [name, codecs] of overloads) {
      for (const codec of codecs) functions.set(codecs.length === 1 ? name : codec.signature, codec)
    }
    this.functions = functions
    this.overloads = overloads
    this.functionsBySelector = functionsBySelector
    this.events = events
    this.eventsByTopic = eventsByTopic
    this.errorsBySelector = errorsBySelector
    this.#deploy = new Parameters("the constructor", inputs)
    this.#sharedTopics = sharedTopics
  }

  /**
   * The function a call means, by its name, or by its signature where names are shared: among those the
   * one that takes these arguments (their number, then what can be encoded, then their JavaScript types).
   * @throws ChainError MalformedArguments when there is none, or more than one.
   */
  pick(name: string, args: readonly unknown[], among: Among = "all"): FunctionCodec {
    const single = this.functions.get(name)
    if (single !== undefined && fits(single, among)) return single
    const all = this.overloads.get(name) ?? []
    const candidates = among === "all" ? all : all.filter((each) => fits(each, among))
    if (candidates.length > 0) return pickOverload(name, candidates, args)
    throw new ChainError({
      reason: "MalformedArguments",
      message: `the ABI has no function ${name}${among === "all" ? "" : among === "read" ? " that reads" : " that changes state"}`,
      fix: `Name one of ${[...this.functions.keys()].join(", ") || "another contract: this one has no functions"}.`,
      offending: { name: "function", value: name }
    })
  }

  /** The event that a log with these topics is, or undefined when the ABI knows none. */
  eventOf(topics: readonly Hex[]): EventCodec | undefined {
    const topic = topics[0]
    if (topic === undefined) return undefined
    const event = this.eventsByTopic.get(topic)
    if (event === undefined || (event.topics === topics.length && !this.#sharedTopics.has(topic))) return event
    return this.events.find((each) => !each.anonymous && each.topic === topic && each.topics === topics.length)
  }

  /**
   * Bytecode and constructor arguments: the data of the transaction that deploys.
   * @throws ChainError MalformedArguments when the arguments are not as many, or do not fit; NoBytecode when there is none.
   */
  encodeDeploy(bytecode: Hex, args: readonly unknown[]): Hex {
    writer.reset()
    this.encodeDeployInto(bytecode, args, writer)
    return writer.hex()
  }

  /**
   * Appends the same to what a writer holds; when it throws, nothing is appended.
   * @throws ChainError MalformedArguments when the arguments are not as many, or do not fit; NoBytecode when there is none.
   */
  encodeDeployInto(bytecode: Hex, args: readonly unknown[], into: ByteWriter): void {
    const inputs = this.#deploy
    if (!inputs.counts(args)) throw inputs.miscounted(args)
    const before = into.end
    try {
      const at = into.reserve(sizeOf(bytecode))
      if (bytecode.length <= 2 || !readHex(bytecode, into.bytes, at)) throw noBytecode(bytecode)
      inputs.append(args, into)
    } catch (error) {
      into.end = before
      throw error instanceof Misfit ? inputs.misfit(error) : error
    }
  }
}

function fits(codec: FunctionCodec, among: Among): boolean {
  return among === "all" || codec.mutates === (among === "tx")
}

function noBytecode(bytecode: Hex): ChainError {
  return new ChainError({
    reason: "NoBytecode",
    message: "there is no bytecode to deploy, or libraries are not linked into it",
    fix: "Deploy a contract that is neither an interface nor abstract, with its libraries linked.",
    offending: { name: "bytecode", value: bytecode.slice(0, 80) }
  })
}

/**
 * Compiles an ABI; keep the result, since this is the slow part.
 * @throws ChainError MalformedAbi when a parameter has a type that is unknown or has no bytes.
 */
export function compileAbi(abi: Abi): AbiCodec {
  return new AbiCodec(abi)
}
