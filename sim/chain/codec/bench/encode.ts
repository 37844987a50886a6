/**
 * How long one call takes to encode and one result and event to decode, beside viem in the same process.
 *
 * Run: `node sim/chain/codec/bench/encode.ts [calls]`. Prints calls per second, the best of seven rounds
 * each, taken in turns so that both see the same machine.
 */
import { decodeEventLog, decodeFunctionResult, encodeFunctionData, parseAbi } from "viem"
import type { Hex } from "../../Contracts.ts"
import type { Abi } from "../Abi.ts"
import { ByteWriter } from "../ByteWriter.ts"
import { compileAbi } from "../Codec.ts"

const abi = parseAbi([
  "function transfer(address to, uint256 amount) returns (bool)",
  "function balanceOf(address who) view returns (uint256)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 last)",
  "function submit((address owner, uint96[] weights, string note)[] entries, bytes proof)",
  "event Transfer(address indexed from, address indexed to, uint256 value)"
])
// viem's type of the same JSON.
const codec = compileAbi(abi as unknown as Abi)
const calls = Number(process.argv[2] ?? 200_000)
const owner = "0x00000000219ab540356cbb839cbe05303d7705fa"
const entries = [{ owner, weights: [1n, 2n, 3n], note: "a note of some length, longer than a word" }] as const
const word = (value: bigint): string => value.toString(16).padStart(64, "0")
const reserves: Hex = `0x${word(10n ** 24n)}${word(3n * 10n ** 21n)}${word(1_700_000_000n)}`
const amount: Hex = `0x${word(10n ** 21n)}`
const topics: [Hex, Hex, Hex] = [
  codec.events[0]?.topic as Hex,
  `0x${word(BigInt(owner))}`,
  `0x${word(BigInt(owner) + 1n)}`
]

const transfer = codec.pick("transfer", [owner, 1n])
const submit = codec.pick("submit", [[], "0x"])
const getReserves = codec.pick("getReserves", [])
const event = codec.eventOf(topics)
if (event === undefined) throw new Error("the event is not found by its topic")
const writer = new ByteWriter()
let sink = 0

const cases: readonly (readonly [string, (index: number) => void, ((index: number) => void) | undefined])[] = [
  [
    "encode transfer, as text",
    (index) => {
      sink += transfer.encode([owner, 10n ** 18n + BigInt(index)]).charCodeAt(100)
    },
    (index) => {
      sink += encodeFunctionData({
        abi,
        functionName: "transfer",
        args: [owner, 10n ** 18n + BigInt(index)]
      }).charCodeAt(100)
    }
  ],
  [
    "encode transfer, into memory",
    (index) => {
      writer.reset()
      transfer.encodeInto([owner, 10n ** 18n + BigInt(index)], writer)
      sink += writer.length
    },
    undefined
  ],
  [
    "encode struct[] and bytes, as text",
    () => {
      sink += submit.encode([entries, "0x1234"]).charCodeAt(100)
    },
    () => {
      sink += encodeFunctionData({ abi, functionName: "submit", args: [entries, "0x1234"] }).charCodeAt(100)
    }
  ],
  [
    "decode three outputs",
    () => {
      // Three outputs come back as an array.
      sink += (getReserves.decodeResult(reserves) as readonly unknown[]).length
    },
    () => {
      sink += decodeFunctionResult({ abi, functionName: "getReserves", data: reserves }).length
    }
  ],
  [
    "decode Transfer event",
    () => {
      const { from } = event.decode(topics, amount)
      sink += String(from).charCodeAt(10)
    },
    () => {
      sink += decodeEventLog({ abi, topics, data: amount }).args.from.charCodeAt(10)
    }
  ]
]

function round(body: (index: number) => void, times: number): number {
  const before = process.hrtime.bigint()
  for (let index = 0; index < times; index++) body(index)
  return (times * 1e9) / Number(process.hrtime.bigint() - before)
}

for (const [name, ours, theirs] of cases) {
  let best = 0
  let bestOfTheirs = 0
  for (let repeat = 0; repeat < 7; repeat++) {
    best = Math.max(best, round(ours, calls))
    if (theirs !== undefined) bestOfTheirs = Math.max(bestOfTheirs, round(theirs, calls / 10))
  }
  const shown = (perSecond: number): string => Math.round(perSecond).toLocaleString("en").padStart(12)
  const beside = theirs === undefined ? "" : `${shown(bestOfTheirs)} viem  ${(best / bestOfTheirs).toFixed(1)} ×`
  console.log(`${name.padEnd(36)}${shown(best)} /s${beside}`)
}
if (sink === 0) throw new Error("nothing was encoded")
