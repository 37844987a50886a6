/**
 * A contract's event: from topics and data to its arguments by name.
 */
import type { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import { type AbiEvent, fieldNames, signature } from "./Abi.ts"
import { ByteReader } from "./ByteReader.ts"
import { compileType } from "./CompileType.ts"
import { fromHex, readHex, toHex } from "./Hexadecimal.ts"
import { keccakText } from "./Keccak.ts"
import { Misfit } from "./Misfit.ts"
import { bytesOf, malformedData, Parameters } from "./Parameters.ts"
import type { AbiType } from "./Type.ts"

/** Decoding is synchronous and calls nobody else's code, so one of each serves all. */
const reader = new ByteReader()
const words = new Uint8Array(4 * 32)

export class EventCodec {
  readonly name: string
  /** `Transfer(address,address,uint256)`. */
  readonly signature: string
  /** The hash of the signature: the first topic, unless anonymous. */
  readonly topic: Hex
  /** Whether it goes without its signature's hash, and so cannot be told from its topics. */
  readonly anonymous: boolean
  /** How many topics its logs have. */
  readonly topics: number
  /** The arguments' keys in the order of their declaration; `arg0`, … where one has no name. */
  readonly keys: readonly string[]
  /** In the order of declaration: the indexed one's type, or undefined where it stands in the data. */
  readonly #indexed: readonly (AbiType | undefined)[]
  readonly #data: Parameters
  readonly #topic: Uint8Array
  readonly #transfers: boolean

  constructor(item: AbiEvent) {
    this.name = item.name
    this.signature = signature(item)
    this.topic = keccakText(this.signature)
    this.anonymous = item.anonymous === true
    this.#topic = fromHex(this.topic)
    this.keys = fieldNames(item.inputs)
    this.#indexed = item.inputs.map((input) => (input.indexed === true ? compileType(input) : undefined))
    this.#data = new Parameters(
      `the event ${this.signature}`,
      item.inputs.filter((input) => input.indexed !== true)
    )
    this.#transfers = !this.anonymous && shapeOf(item) === "address indexed,address indexed,uint256"
    this.topics = this.#indexed.filter((type) => type !== undefined).length + (this.anonymous ? 0 : 1)
  }

  /**
   * The arguments by name. An indexed array, tuple, `bytes` or `string` is the hash that stands in its topic.
   * @throws ChainError MalformedData when topics or data are not this event's.
   */
  decode(topics: readonly Hex[], data: Hex): Record<string, unknown> {
    if (topics.length !== this.topics) throw this.#miscounted(topics.length)
    if (this.#transfers) {
      const args = this.#transfer(topics, data)
      if (args !== undefined) return args
    }
    for (let index = 0; index < topics.length; index++) {
      const topic = topics[index] as Hex
      if (topic.length !== 66 || !readHex(topic, words, 32 * index)) {
        throw malformedData(this.#data.owner, "comes with a topic that is not 32 bytes", topic)
      }
    }
    return this.#decode(words, bytesOf(data, this.#data.owner))
  }

  /**
   * The same from bytes: the topics one after the other, 32 bytes each, and the data. Both may be pieces of
   * memory that is reused afterwards.
   * @throws ChainError MalformedData when topics or data are not this event's.
   */
  decodeBytes(topics: Uint8Array, data: Uint8Array): Record<string, unknown> {
    if (topics.length !== 32 * this.topics) throw this.#miscounted(topics.length / 32)
    return this.#decode(topics, data)
  }

  /**
   * An event of two indexed addresses and a number, as an ERC-20's are, straight from the digits; undefined when
   * they are not quite as they should be, which the long way says best.
   */
  #transfer(topics: readonly Hex[], data: Hex): Record<string, unknown> | undefined {
    const [, from, to] = topics as readonly [Hex, Hex, Hex]
    if (topics[0] !== this.topic || data.length !== 66 || !isAddress(from) || !isAddress(to) || !isDigits(data, 2)) {
      return undefined
    }
    const [first, second, third] = this.keys as readonly [string, string, string]
    return { [first]: `0x${from.slice(26)}`, [second]: `0x${to.slice(26)}`, [third]: BigInt(data) }
  }

  #decode(topics: Uint8Array, data: Uint8Array): Record<string, unknown> {
    if (!this.anonymous) {
      for (let at = 0; at < 32; at++) {
        if (topics[at] === this.#topic[at]) continue
        throw malformedData(this.#data.owner, "comes with the topic of another event", toHex(topics, 0, 32))
      }
    }
    const rest = this.#data.decode(data)
    reader.layOver(topics, this.anonymous ? 0 : 32)
    const args: Record<string, unknown> = {}
    let at = reader.start
    let next = 0
    for (let index = 0; index < this.keys.length; index++) {
      const type = this.#indexed[index]
      const key = this.keys[index] as string
      if (type === undefined) args[key] = rest[next++]
      else {
        args[key] = this.#fromTopic(type, at)
        at += 32
      }
    }
    return args
  }

  #miscounted(given: number): ChainError {
    return malformedData(this.#data.owner, `needs ${this.topics} topics, and ${given} were given`, this.topic)
  }

  #fromTopic(type: AbiType, at: number): unknown {
    if (!type.word) return toHex(reader.bytes, at, at + 32)
    try {
      return type.decode(reader, at)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      throw malformedData(
        this.#data.owner,
        `has a malformed topic: ${error.type} ${error.why}`,
        toHex(reader.bytes, at, at + 32)
      )
    }
  }
}

function shapeOf(item: AbiEvent): string {
  return item.inputs.map(({ type, indexed }) => (indexed === true ? `${type} indexed` : type)).join(",")
}

const PADDING = `0x${"0".repeat(24)}`

/** Whether a topic is an address: 0x, 24 zeros and 40 lower-case digits. */
function isAddress(topic: Hex): boolean {
  return topic.length === 66 && topic.startsWith(PADDING) && isDigits(topic, 26)
}

/** Whether there are nothing but lower-case digits from there on. */
function isDigits(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false
  }
  return true
}
