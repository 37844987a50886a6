import fc from "fast-check"
import {
  decodeAbiParameters,
  decodeErrorResult,
  decodeEventLog,
  decodeFunctionData,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeDeployData,
  encodeErrorResult,
  encodeEventTopics,
  encodeFunctionData,
  encodeFunctionResult,
  parseAbi,
  toEventSelector,
  toFunctionSelector,
  type Abi as ViemAbi,
  type AbiParameter as ViemParameter
} from "viem"
import { describe, expect, it } from "vitest"
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import type { Abi, AbiEvent, AbiFunction, AbiParameter } from "./Abi.ts"
import { ByteWriter } from "./ByteWriter.ts"
import { type AbiCodec, compileAbi } from "./Codec.ts"
import type { FunctionCodec } from "./FunctionCodec.ts"
import { lowered, samples } from "./fixtures/AbiArbitrary.ts"
import { fromHex, toHex } from "./Hexadecimal.ts"
import { decodeRevert } from "./Revert.ts"

/** viem's types describe the same JSON more narrowly than a random ABI can be typed. */
const asViem = (abi: Abi): ViemAbi => abi as unknown as ViemAbi
const asViemParameters = (parameters: readonly AbiParameter[]): readonly ViemParameter[] =>
  parameters as readonly ViemParameter[]
const fromViem = (abi: ViemAbi): AbiCodec => compileAbi(abi as unknown as Abi)

function only(
  inputs: readonly AbiParameter[],
  outputs: readonly AbiParameter[] = []
): { readonly abi: Abi; readonly codec: FunctionCodec } {
  const abi: Abi = [{ type: "function", name: "f", inputs, outputs, stateMutability: "view" }]
  return { abi, codec: compileAbi(abi).functions.get("f") as FunctionCodec }
}

function caught(body: () => unknown): ChainError {
  try {
    body()
  } catch (error) {
    if (error instanceof ChainError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

const word = (value: bigint | number): string => BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, "0")

describe("functions against viem, over random types and values", () => {
  it("encodes call data as viem does, and reads it back", () => {
    fc.assert(
      fc.property(samples(0, 4), (given) => {
        const { abi, codec } = only(given.map(({ parameter }) => parameter))
        const args = given.map(({ value }) => value)
        const expected = encodeFunctionData({ abi: asViem(abi), functionName: "f", args })
        expect(codec.encode(args)).toBe(expected)
        expect(codec.decodeArgs(expected)).toEqual(args)
        expect(lowered(decodeFunctionData({ abi: asViem(abi), data: expected }).args ?? [])).toEqual(
          codec.decodeArgs(expected)
        )
      }),
      { numRuns: 500 }
    )
  })

  it("decodes results as viem does, from text and from the middle of memory", () => {
    fc.assert(
      fc.property(samples(0, 4), fc.integer({ min: 0, max: 40 }), (given, offset) => {
        const { abi, codec } = only(
          [],
          given.map(({ parameter }) => parameter)
        )
        const values = given.map(({ value }) => value)
        const result = given.length === 1 ? values[0] : values
        const data = encodeFunctionResult({ abi: asViem(abi), functionName: "f", result })
        const decoded = codec.decodeResult(data)
        expect(decoded).toEqual(given.length === 0 ? undefined : result)
        expect(decoded).toEqual(lowered(decodeFunctionResult({ abi: asViem(abi), functionName: "f", data })))
        const memory = new Uint8Array(data.length + 64).fill(0xee)
        fromHex(data, memory, offset)
        expect(codec.decodeResult(memory.subarray(offset, offset + (data.length - 2) / 2))).toEqual(decoded)
      }),
      { numRuns: 500 }
    )
  })

  it("encodes into dirty memory at any place, and touches nothing before it", () => {
    fc.assert(
      fc.property(samples(1, 3), fc.integer({ min: 0, max: 70 }), (given, offset) => {
        const { codec } = only(given.map(({ parameter }) => parameter))
        const args = given.map(({ value }) => value)
        const memory = new Uint8Array(65536).fill(0xee)
        const writer = new ByteWriter()
        writer.layOver(memory, offset)
        codec.encodeInto(args, writer)
        expect(writer.hex()).toBe(codec.encode(args))
        expect(writer.bytes).toBe(memory)
        expect(memory.subarray(0, offset).every((byte) => byte === 0xee)).toBe(true)
      })
    )
  })

  it("takes a tuple as an array and an address in any case", () => {
    const abi = parseAbi(["function f((address who, uint256 amount)[] entries)"])
    const codec = fromViem(abi).pick("f", [[]])
    const who = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045"
    const expected = encodeFunctionData({ abi, args: [[{ who, amount: 5n }]] })
    expect(codec.encode([[[who.toLowerCase(), 5]]])).toBe(expected)
    expect(codec.encode([[{ who: `0x${who.slice(2).toUpperCase()}`, amount: 5n }]])).toBe(expected)
    expect(codec.decodeArgs(expected)).toEqual([[{ who: who.toLowerCase(), amount: 5n }]])
  })

  it("keeps what viem drops: a byte order mark at the beginning of a text", () => {
    const { codec } = only([{ type: "string" }])
    expect(codec.decodeArgs(codec.encode(["\ufeffa"]))).toEqual(["\ufeffa"])
  })

  it("takes texts and bytes longer than its first buffer", () => {
    const { abi, codec } = only([{ type: "bytes" }, { type: "string" }])
    const args = [`0x${"ab".repeat(20_000)}`, "ü".repeat(9_000)] as const
    const expected = encodeFunctionData({ abi: asViem(abi), args })
    expect(codec.encode(args)).toBe(expected)
    expect(codec.decodeArgs(expected)).toEqual(args)
  })

  it("names, selectors and kinds are the ABI's", () => {
    const abi = parseAbi([
      "function pay(uint a) payable",
      "function look() view returns (int)",
      "function put((bytes,int8[2])[] x)"
    ])
    const { functions, functionsBySelector } = fromViem(abi)
    for (const item of abi) {
      const codec = functions.get(item.name)
      expect(codec?.selector).toBe(toFunctionSelector(item))
      expect(functionsBySelector.get(toFunctionSelector(item))).toBe(codec)
    }
    const kinds = [...functions.values()].map((each) => [each.signature, each.mutates, each.payable])
    expect(kinds).toEqual([
      ["pay(uint256)", true, true],
      ["look()", false, false],
      ["put((bytes,int8[2])[])", true, false]
    ])
    // Before Solidity 0.6 there was `constant` instead.
    const old: AbiFunction = { type: "function", name: "f", inputs: [], outputs: [], constant: true }
    expect(compileAbi([old]).functions.get("f")?.mutates).toBe(false)
  })
})

describe("events against viem, over random types and values", () => {
  const dynamic = ({ type }: AbiParameter): boolean => /\]$|^tuple$/.test(type)
  const someTopic: Hex = `0x${"5a".repeat(32)}`

  it("decodes topics and data as viem does", () => {
    fc.assert(
      fc.property(samples(0, 5), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (given, flags) => {
        let left = 3
        const inputs = given.map(({ parameter }, index) => ({
          ...parameter,
          indexed: flags[index] === true && left-- > 0
        }))
        const abi: Abi = [{ type: "event", name: "E", inputs }]
        const codec = compileAbi(abi)
        // viem does not hash arrays and tuples for filters, so any hash stands for theirs.
        const topics: Hex[] = [toEventSelector(asViem(abi)[0] as never)]
        for (const [index, input] of inputs.entries()) {
          if (!input.indexed) continue
          if (dynamic(input)) topics.push(someTopic)
          else {
            const one: Abi = [{ type: "event", name: "E", inputs: [input] }]
            const args = { [`p${index}`]: given[index]?.value }
            topics.push(encodeEventTopics({ abi: asViem(one), eventName: "E", args })[1] as Hex)
          }
        }
        const plain = given.filter((_, index) => inputs[index]?.indexed === false)
        const data = encodeAbiParameters(
          asViemParameters(plain.map(({ parameter }) => parameter)),
          plain.map(({ value }) => value)
        )
        const event = codec.eventOf(topics)
        const expected = decodeEventLog({ abi: asViem(abi), topics: topics as [Hex, ...Hex[]], data })
        expect(event?.decode(topics, data)).toEqual(lowered(expected.args ?? {}))
        expect(codec.eventsByTopic.get(topics[0] as Hex)).toBe(event)
        const joined = fromHex(`0x${topics.map((topic) => topic.slice(2)).join("")}`)
        expect(event?.decodeBytes(joined, fromHex(data))).toEqual(event?.decode(topics, data))
      }),
      { numRuns: 500 }
    )
  })

  it("names what has no name by its place", () => {
    const codec = fromViem(parseAbi(["event PairCreated(address indexed a, uint256)"]))
    const event = codec.events[0]
    const topics: readonly Hex[] = [event?.topic as Hex, `0x${word(7)}`]
    expect(event?.decode(topics, `0x${word(8)}`)).toEqual({ a: `0x${"0".repeat(39)}7`, arg1: 8n })
  })

  it("tells events of one signature by their number of topics", () => {
    const inputs = (indexed: boolean): AbiEvent["inputs"] => [{ name: "id", type: "uint256", indexed }]
    const codec = compileAbi([
      { type: "event", name: "E", inputs: inputs(false) },
      { type: "event", name: "E", inputs: inputs(true) }
    ])
    const topic = codec.events[0]?.topic as Hex
    expect(codec.eventOf([topic])?.decode([topic], `0x${word(1)}`)).toEqual({ id: 1n })
    expect(codec.eventOf([topic, `0x${word(2)}`])?.decode([topic, `0x${word(2)}`], "0x")).toEqual({ id: 2n })
    expect(codec.eventOf([topic, topic, topic])).toBeUndefined()
    expect(codec.eventOf([])).toBeUndefined()
  })

  it("knows no event for too many topics", () => {
    const codec = fromViem(parseAbi(["event E(uint256 id)"]))
    const topic = codec.events[0]?.topic as Hex
    expect(codec.eventOf([topic])).toBe(codec.events[0])
    expect(codec.eventOf([topic, topic])).toBeUndefined()
  })

  it("decodes an anonymous event when it is named, and never guesses it", () => {
    const codec = compileAbi([
      {
        type: "event",
        name: "Quiet",
        anonymous: true,
        inputs: [
          { name: "a", type: "uint256", indexed: true },
          { name: "b", type: "bool" }
        ]
      }
    ])
    const event = codec.events[0]
    expect(codec.eventOf([event?.topic as Hex])).toBeUndefined()
    expect(event?.decode([`0x${word(3)}`], `0x${word(1)}`)).toEqual({ a: 3n, b: true })
  })

  it("refuses topics of another event, too few, too short, and dirty ones", () => {
    const event = fromViem(parseAbi(["event E(address indexed who)"])).events[0]
    const topic = event?.topic as Hex
    for (const topics of [
      [`0x${word(0)}`, `0x${word(1)}`],
      [topic],
      [topic, "0x01"],
      [topic, `0x${"f".repeat(64)}`]
    ] as Hex[][]) {
      expect(caught(() => event?.decode(topics, "0x")).reason).toBe("MalformedData")
    }
  })
})

describe("reverts", () => {
  const abi = parseAbi(["error Short(address sender, uint256 balance)", "error Bare()"])
  const codec = fromViem(abi)
  const sender = "0x00000000219ab540356cbb839cbe05303d7705fa"

  it("knows the custom errors of an ABI as viem does", () => {
    const data = encodeErrorResult({ abi, errorName: "Short", args: [sender, 5n] })
    const { args } = decodeErrorResult({ abi, data })
    expect(decodeRevert(data, codec)).toEqual({
      name: "Short",
      args: lowered(args),
      text: `Short(sender: "${sender}", balance: 5)`
    })
    expect(decodeRevert(encodeErrorResult({ abi, errorName: "Bare" }), codec)).toEqual({
      name: "Bare",
      args: [],
      text: "Bare()"
    })
  })

  it("knows Error and Panic without an ABI", () => {
    const error = `0x08c379a0${encodeAbiParameters([{ type: "string" }], ["not yours"]).slice(2)}` as const
    expect(decodeRevert(error)).toEqual({ name: "Error", args: ["not yours"], text: "not yours" })
    expect(decodeRevert(`0x4e487b71${word(0x11)}`)).toEqual({
      name: "Panic",
      args: [0x11n],
      text: "panic 0x11: arithmetic overflow or underflow"
    })
    expect(decodeRevert(`0x4e487b71${word(0x99)}`).text).toBe("panic 0x99: unknown code")
  })

  it("records what it does not know as it came", () => {
    expect(decodeRevert("0x")).toEqual({ name: "", args: [], text: "reverted without a reason" })
    expect(decodeRevert("0x01020304", codec)).toMatchObject({ name: "0x01020304", args: ["0x01020304"] })
    expect(decodeRevert("0x01")).toMatchObject({ name: "0x01", args: ["0x01"] })
    // The selector of Error(string), and no string.
    expect(decodeRevert("0x08c379a0ff")).toMatchObject({ name: "0x08c379a0", args: ["0x08c379a0ff"] })
    // A selector that any object would answer to by its prototype.
    expect(decodeRevert(`0x4e487b71${"f".repeat(10)}`).name).toBe("0x4e487b71")
  })

  it("never throws, whatever a contract reverts with", () => {
    const selectors = fc.constantFrom(
      "08c379a0",
      "4e487b71",
      ...[...codec.errorsBySelector.keys()].map((key) => key.slice(2)),
      ""
    )
    fc.assert(
      fc.property(selectors, fc.uint8Array({ maxLength: 200 }), (selector, rest) => {
        expect(typeof decodeRevert(`0x${selector}${toHex(rest).slice(2)}`, codec).text).toBe("string")
      })
    )
  })
})

describe("deployment", () => {
  const abi = parseAbi(["constructor(string name, uint256 cap)"])

  it("puts the arguments behind the bytecode, as viem does", () => {
    const bytecode: Hex = `0x60${"0b".repeat(30_000)}`
    const expected = encodeDeployData({ abi, bytecode, args: ["Data", 7n] })
    expect(fromViem(abi).encodeDeploy(bytecode, ["Data", 7n])).toBe(expected)
    expect(compileAbi([]).encodeDeploy("0x6000", [])).toBe("0x6000")
  })

  it("refuses missing arguments, missing and unlinked bytecode", () => {
    expect(caught(() => fromViem(abi).encodeDeploy("0x60", ["Data"])).reason).toBe("MalformedArguments")
    const writer = new ByteWriter()
    expect(caught(() => fromViem(abi).encodeDeployInto("0x60", [5, 7n], writer)).reason).toBe("MalformedArguments")
    expect(writer.length).toBe(0)
    expect(caught(() => compileAbi([]).encodeDeploy("0x", [])).reason).toBe("NoBytecode")
    expect(caught(() => compileAbi([]).encodeDeploy("0x60__Lib______", [])).reason).toBe("NoBytecode")
  })
})

describe("overloads", () => {
  const abi = parseAbi([
    "function f(uint256 a)",
    "function f(uint8 a)",
    "function f(address a, uint256 b)",
    "function f(string a, uint256 b) view",
    "function g(uint128 a)",
    "function g(uint256 a)"
  ])
  const codec = fromViem(abi)

  it("picks by count, then by type, then by JavaScript type", () => {
    expect(codec.pick("f", [1n]).signature).toBe("f(uint256)")
    expect(codec.pick("f", [1]).signature).toBe("f(uint8)")
    expect(codec.pick("f", [300]).signature).toBe("f(uint256)")
    expect(codec.pick("f", ["hello", 1n]).signature).toBe("f(string,uint256)")
    expect(codec.pick("f", [`0x${"00".repeat(20)}`, 1n], "tx").signature).toBe("f(address,uint256)")
    expect(codec.pick("f", [`0x${"00".repeat(20)}`, 1n], "read").signature).toBe("f(string,uint256)")
    expect(codec.pick("f(uint8)", [1n]).signature).toBe("f(uint8)")
  })

  it("refuses what none takes, what two take, and what does not exist", () => {
    const wrong: readonly (readonly [string, readonly unknown[]])[] = [
      ["f", [true]],
      ["f", []],
      ["f", [`0x${"00".repeat(20)}`, 1n]],
      ["g", [1n]],
      ["h", []],
      ["toString", []]
    ]
    for (const [name, args] of wrong)
      expect(caught(() => codec.pick(name, args)).reason, name).toBe("MalformedArguments")
    expect(caught(() => codec.pick("g", [1n], "read")).reason).toBe("MalformedArguments")
  })

  it("lists them by signature, and by their shared name", () => {
    expect([...codec.functions.keys()]).toContain("f(address,uint256)")
    expect(codec.overloads.get("f")?.length).toBe(4)
    expect(codec.functions.has("f")).toBe(false)
  })
})

describe("arguments that do not fit", () => {
  const refused: readonly (readonly [string, unknown])[] = [
    ["uint8", 256],
    ["uint8", -1],
    ["uint8", 1.5],
    ["uint8", Number.NaN],
    ["uint48", 2n ** 48n],
    ["int8", 128],
    ["int8", -129n],
    ["uint256", 2n ** 256n],
    ["uint256", -1n],
    ["uint256", 2 ** 53],
    ["uint256", "1"],
    ["uint256", null],
    ["int256", 2n ** 255n],
    ["int256", -(2n ** 255n) - 1n],
    ["address", "0x1234"],
    ["address", `0x${"g".repeat(40)}`],
    ["address", `0x${"é".repeat(40)}`],
    ["address", 5n],
    ["bool", 1],
    ["bytes4", "0x123456"],
    ["bytes4", "12345678aa"],
    ["bytes", "0x123"],
    ["bytes", "1234"],
    ["bytes", "0xzz"],
    ["bytes", new Uint8Array(2)],
    ["string", 5],
    ["string", "\ud800"],
    ["uint256[]", 5n],
    ["uint256[2]", [1n]],
    ["uint256[]", [1n, undefined]]
  ]

  it.each(refused)("%s does not take %s", (type, value) => {
    const { codec } = only([{ name: "x", type }])
    const error = caught(() => codec.encode([value]))
    expect([error.reason, error.offending?.name.startsWith("x")]).toEqual(["MalformedArguments", true])
  })

  it("names function, parameter, type and value, through tuples and arrays", () => {
    const codec = fromViem(parseAbi(["function f((address who, uint8[] levels)[] entries)"]))
    const error = caught(() => codec.pick("f", [[]]).encode([[{ who: `0x${"00".repeat(20)}`, levels: [1, 256] }]]))
    expect(error.offending).toEqual({ name: "entries[0].levels[1]", value: "256", unit: "uint8" })
    expect(error.message).toContain("f((address,uint8[])[])")
  })

  it("refuses a wrong number of arguments", () => {
    const { codec } = only([{ name: "x", type: "uint256" }])
    expect(caught(() => codec.encode([])).reason).toBe("MalformedArguments")
    expect(caught(() => codec.encode([1n, 2n])).reason).toBe("MalformedArguments")
  })

  it("appends nothing to a writer when it fails, and refuses what does not fit given memory", () => {
    const { codec } = only([{ name: "x", type: "uint256" }])
    const writer = new ByteWriter()
    codec.encodeInto([1n], writer)
    const before = writer.hex()
    expect(caught(() => codec.encodeInto([-1n], writer)).reason).toBe("MalformedArguments")
    expect(writer.hex()).toBe(before)
    writer.layOver(new Uint8Array(35))
    expect(caught(() => codec.encodeInto([1n], writer)).reason).toBe("Unsupported")
    expect(writer.length).toBe(0)
  })

  it("refuses types without bytes and unknown ones when it compiles", () => {
    for (const type of [
      "uint256[0]",
      "tuple",
      "uint7",
      "uint264",
      "bytes33",
      "bytes0",
      "fixed128x18",
      "Uint256",
      "uint256[-1]",
      ""
    ]) {
      expect(caught(() => only([{ type }])).reason, type).toBe("MalformedAbi")
    }
  })

  it("leaves out a library's functions that take storage or its own types", () => {
    const abi: Abi = [
      { type: "function", name: "f", inputs: [{ name: "s", type: "Lib.Set storage" }], outputs: [] },
      { type: "function", name: "g", inputs: [{ name: "k", type: "Lib.Kind" }], outputs: [] },
      { type: "function", name: "h", inputs: [], outputs: [] }
    ]
    expect([...compileAbi(abi).functions.keys()]).toEqual(["h"])
  })
})

describe("hostile data", () => {
  it("gives an error or the value viem gives, whatever words are replaced and wherever data ends", () => {
    const change = fc.record({
      at: fc.nat(),
      word: fc.oneof(
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        fc.bigInt({ min: 0n, max: 600n }),
        fc.constantFrom(2n ** 256n - 1n, 2n ** 64n, 2n ** 53n, 2n ** 32n, 2n ** 31n)
      )
    })
    let refusals = 0
    let accepted = 0
    fc.assert(
      fc.property(
        samples(1, 3),
        fc.array(change, { maxLength: 3 }),
        fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
        (given, changes, keep) => {
          const parameters = given.map(({ parameter }) => parameter)
          const { codec } = only([], parameters)
          const data = fromHex(
            encodeAbiParameters(
              asViemParameters(parameters),
              given.map(({ value }) => value)
            )
          )
          for (const { at, word: value } of changes) fromHex(`0x${word(value)}`, data, 32 * (at % (data.length / 32)))
          const cut = data.subarray(0, Math.ceil(data.length * keep))
          let decoded: unknown
          try {
            decoded = codec.decodeResult(cut)
          } catch (error) {
            expect(error).toBeInstanceOf(ChainError)
            expect((error as ChainError).reason).toBe("MalformedData")
            refusals++
            return
          }
          accepted++
          let theirs: readonly unknown[]
          try {
            theirs = decodeAbiParameters(asViemParameters(parameters), cut) as readonly unknown[]
          } catch {
            // viem limits how often one place is read, and so refuses some overlaps.
            return
          }
          // viem drops byte order marks, and so may the random bytes of a moved text.
          expect(decoded).toEqual(lowered(given.length === 1 ? theirs[0] : theirs))
        }
      ),
      { numRuns: 2000 }
    )
    expect(refusals).toBeGreaterThan(100)
    expect(accepted).toBeGreaterThan(100)
  })

  it("refuses lengths beyond the data before it allocates", () => {
    for (const type of ["uint256[]", "bytes", "string", "bytes[]", "(uint256,string)[]", "uint8[3][]"]) {
      const parameter = type.startsWith("(")
        ? { type: "tuple[]", components: [{ type: "uint256" }, { type: "string" }] }
        : { type }
      const { codec } = only([], [parameter])
      for (const length of [33n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n - 1n, 2n ** 255n]) {
        expect(caught(() => codec.decodeResult(`0x${word(32)}${word(length)}${word(1)}`)).reason).toBe("MalformedData")
      }
    }
  })

  it("refuses arrays whose offsets all lead to the same place, instead of unfolding them", () => {
    // 64 offsets to one array of 64 offsets to one array …: 64^6 numbers in 13 kB.
    const level = (inner: string): string => word(64) + word(64 * 32).repeat(64) + inner
    let data = word(64) + word(1).repeat(64)
    for (let depth = 0; depth < 5; depth++) data = level(data)
    const { codec } = only([], [{ type: "uint256[][][][][][]" }])
    expect(caught(() => codec.decodeResult(`0x${word(32)}${data}`)).reason).toBe("MalformedData")
  })

  it("refuses an offset that leads back into the head forever", () => {
    const { codec } = only([], [{ type: "uint256[][][][][][][][]" }])
    expect(caught(() => codec.decodeResult(`0x${word(32)}${word(32).repeat(40)}`)).reason).toBe("MalformedData")
  })

  it("takes overlapping tails that are few", () => {
    const { codec } = only([], [{ type: "string" }, { type: "string" }])
    expect(codec.decodeResult(`0x${word(64)}${word(64)}${word(1)}${"61".padEnd(64, "0")}`)).toEqual(["a", "a"])
  })

  it("refuses bits outside a type, as Solidity's decoder does", () => {
    const dirty: readonly (readonly [string, string])[] = [
      ["uint8", word(256)],
      ["uint48", word(2n ** 48n)],
      ["uint128", word(2n ** 128n)],
      ["int8", word(128)],
      ["int8", word(2n ** 255n)],
      ["int48", word(2n ** 47n)],
      ["int64", word(2n ** 63n)],
      ["int64", word(-(2n ** 63n) - 1n)],
      ["address", word(2n ** 160n)],
      ["bool", word(2)],
      ["bool", word(2n ** 255n)],
      ["bytes4", word(1)]
    ]
    for (const [type, data] of dirty) {
      expect(caught(() => only([], [{ type }]).codec.decodeResult(`0x${data}`)).reason, type).toBe("MalformedData")
    }
  })

  it("says so when there is no contract, when the text is no hexadecimal, and when a selector is another's", () => {
    const { codec } = only([{ type: "uint256" }], [{ type: "uint256" }])
    expect(caught(() => codec.decodeResult("0x")).fix).toContain("a contract stands at the address")
    expect(caught(() => codec.decodeResult(`0x${"zz".repeat(32)}`)).reason).toBe("MalformedData")
    expect(caught(() => codec.decodeArgs(`0x00000000${word(1)}`)).reason).toBe("MalformedData")
    expect(caught(() => codec.decodeArgs("0x")).reason).toBe("MalformedData")
  })
})
