import { execFileSync } from "node:child_process"
import { createRequire } from "node:module"
import type {
  Address,
  Contract,
  DeployArgs,
  Deployable,
  Events,
  Hex,
  Intent,
  Read,
  Reads,
  Txs
} from "mesocosm/contracts"
import { describe, expect, expectTypeOf, it } from "vitest"
import type { Abi } from "../codec/Abi.ts"
import { type Artifact, parseArtifact } from "./Artifact.ts"
import { layOut } from "./Layout.ts"
import { generateTypes } from "./TypeGenerator.ts"

const require = createRequire(import.meta.url)

function artifact(name: string, abi: Abi, bytecode: Hex = "0x60"): Artifact {
  return { name, source: `contracts/${name}.sol`, abi, bytecode, deployedBytecode: "0x", linkReferences: {} }
}

/** The formatter's own opinion, with the project's settings. */
function formatted(text: string): string {
  const biome = require.resolve("@biomejs/biome/bin/biome")
  return execFileSync(process.execPath, [biome, "format", "--stdin-file-path=contracts.ts"], {
    input: text,
    encoding: "utf8",
    stdio: "pipe"
  })
}

const uint = (name: string) => ({ name, type: "uint256" })
const point = [
  { name: "x", type: "uint256" },
  { name: "holder", type: "address" }
]
const shapes: Abi = [
  { type: "constructor", inputs: [{ name: "new", type: "address" }, { type: "bytes32[2]" }] },
  {
    type: "function",
    name: "small",
    inputs: [{ name: "a", type: "uint48" }],
    outputs: [{ type: "int56" }],
    stateMutability: "view"
  },
  { type: "function", name: "over", inputs: [{ name: "a", type: "bool" }], outputs: [], stateMutability: "payable" },
  {
    type: "function",
    name: "over",
    inputs: [{ name: "a", type: "string" }],
    outputs: [],
    stateMutability: "nonpayable"
  },
  {
    type: "function",
    name: "over",
    inputs: [],
    outputs: [{ type: "bytes4" }, { name: "b", type: "function" }],
    stateMutability: "pure"
  },
  {
    type: "function",
    name: "structs",
    inputs: [{ name: "points", type: "tuple[]", components: point }],
    outputs: [{ type: "tuple", components: point }],
    stateMutability: "view"
  },
  {
    type: "function",
    name: "unnamed",
    inputs: [
      { name: "default", type: "tuple", components: [{ type: "uint8" }, { type: "uint8[][]" }] },
      uint(""),
      uint("arg1")
    ],
    outputs: [{ type: "tuple[3]", components: point }],
    stateMutability: "view"
  },
  { type: "function", name: "none", inputs: [], outputs: [], stateMutability: "view" },
  { type: "function", name: "several", inputs: [], outputs: [uint(""), uint("")], stateMutability: "view" },
  {
    type: "function",
    name: "aRatherLongNameOfAFunction",
    inputs: ["firstLongParameter", "secondLongParameter", "thirdLongParameter", "fourthLongParameter"].map(uint),
    outputs: ["firstLongResult", "secondLongResult", "thirdLongResult", "fourthLongResult", "fifthLongResult"].map(
      uint
    ),
    stateMutability: "view"
  },
  {
    type: "function",
    name: "aLongNameOfAFunctionOfOneStruct",
    inputs: [
      { name: "order", type: "tuple", components: ["maker", "taker", "feeRecipient", "sender", "exchange"].map(uint) }
    ],
    outputs: [],
    stateMutability: "nonpayable"
  },
  {
    type: "event",
    name: "Seen",
    inputs: [{ name: "who", type: "string", indexed: true }, { name: "text", type: "string" }, uint("")]
  },
  { type: "event", name: "Twice", inputs: ["aaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbb"].map(uint) },
  {
    type: "event",
    name: "Twice",
    inputs: ["aaaaaaaaaaaaaaaaaaaaaaaa", "ccccccccccccccccccccccccccccc"].map(uint).concat(uint("d"))
  },
  { type: "event", name: "Hidden", inputs: [], anonymous: true },
  { type: "event", name: "Bare", inputs: [] }
]

describe("the text", () => {
  const text = generateTypes([artifact("Shapes", shapes), artifact("IShapes", [], "0x")])

  it.each([
    "small(a: number): Read<bigint>",
    'over(a: boolean): Intent<"over">\n  over(a: string): Intent<"over">',
    "over(): Read<readonly [arg0: Hex, b: Hex]>",
    "structs(\n    points: readonly { readonly x: bigint; readonly holder: Address }[]\n  ): Read<{ readonly x: bigint; readonly holder: Address }>",
    "default_: readonly [arg0: number, arg1: readonly (readonly number[])[]]",
    "arg1_: bigint,\n    arg1: bigint\n  ): Read<readonly { readonly x: bigint; readonly holder: Address }[]>",
    "none(): Read<undefined>",
    "several(): Read<readonly [arg0: bigint, arg1: bigint]>",
    "readonly Seen: { readonly who: Hex; readonly text: string; readonly arg2: bigint }",
    "readonly Bare: {}",
    "readonly deploy: readonly [new_: Address, arg1: readonly [Hex, Hex]]",
    "readonly IShapes: {\n      readonly read: IShapesReads\n"
  ])("has %s", (part) => expect(text).toContain(part))

  it("leaves out anonymous events, which no topic tells", () => expect(text).not.toContain("Hidden"))

  it("is as the formatter leaves it", () => {
    const published = [
      "@uniswap/v2-core/build/UniswapV2Pair.json",
      "@openzeppelin/contracts/build/contracts/Governor.json"
    ]
    const all = generateTypes([
      artifact("Shapes", shapes),
      ...published.map((path) => parseArtifact(require(path), path))
    ])
    expect(formatted(all)).toBe(all)
  })

  it("does not depend on the order of what it is given", () => {
    const [a, b] = [artifact("Shapes", shapes), artifact("IShapes", [], "0x")]
    expect(generateTypes([b, a])).toBe(text)
    expect(generateTypes([artifact("Shapes", [...shapes].reverse()), b]).length).toBe(text.length)
  })

  it("imports what it uses and nothing else", () => {
    expect(generateTypes([artifact("Empty", [])])).not.toMatch(/import/)
    expect(text).toContain('import type { Address, Hex, Intent, Read } from "mesocosm/contracts"')
  })
})

describe("the generated registry", () => {
  // Checked by tsc, which takes this file as it takes any other; the bodies are never run.
  const types = (): void => {
    expectTypeOf<Reads<"UniswapV2Pair">["getReserves"]>().returns.toEqualTypeOf<
      Read<readonly [_reserve0: bigint, _reserve1: bigint, _blockTimestampLast: number]>
    >()
    expectTypeOf<Txs<"UniswapV2Pair">["transfer"]>().toEqualTypeOf<(to: Address, value: bigint) => Intent<"transfer">>()
    expectTypeOf<Events<"UniswapV2Pair">["Sync"]>().toEqualTypeOf<{
      readonly reserve0: bigint
      readonly reserve1: bigint
    }>()
    expectTypeOf<DeployArgs<"UniswapV2Factory">>().toEqualTypeOf<readonly [_feeToSetter: Address]>()
    expectTypeOf<"VestingWallet">().toExtend<Deployable>()

    // Only their types are looked at.
    const pair = undefined as unknown as Contract<"UniswapV2Pair">
    expectTypeOf(pair.read.balanceOf("0x")).toEqualTypeOf<Read<bigint>>()
    expectTypeOf(pair.read.decimals()).toEqualTypeOf<Read<number>>()
    expectTypeOf(pair.tx.sync().fn).toEqualTypeOf<"sync">()
    const wallet = undefined as unknown as Contract<"VestingWallet">
    expectTypeOf(wallet.read.released()).toEqualTypeOf<Read<bigint>>()
    expectTypeOf(wallet.read.released("0x")).toEqualTypeOf<Read<bigint>>()
    // @ts-expect-error a misspelt function
    pair.read.balanceOff("0x")
    // @ts-expect-error an amount that is no bigint
    pair.tx.transfer("0x", 5)
    // @ts-expect-error a transaction is no read
    pair.read.transfer("0x", 5n)
    // @ts-expect-error a contract of another name
    const other: Contract<"VestingWallet"> = pair
    return void other
  }

  it("types handles by name", () => expect(types).toBeTypeOf("function"))
})

describe("layout", () => {
  it("breaks the outer group before the inner", () => {
    const inner = { kind: "group", doc: ["[", { kind: "line", flat: "" }, "bbbb]"] } as const
    const outer = { kind: "group", doc: ["(aaaa", { kind: "line", flat: " " }, inner, ")"] } as const
    expect(layOut(outer, 20)).toBe("(aaaa [bbbb])")
    expect(layOut(outer, 12)).toBe("(aaaa\n[bbbb])")
    expect(layOut(outer, 5)).toBe("(aaaa\n[\nbbbb])")
  })
})
