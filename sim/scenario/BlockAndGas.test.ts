/** A block or a gas rule that cannot be meant is refused where it is declared, with the value and what to write. */
import { Scenario } from "mesocosm"
import { describe, expect, it } from "vitest"
import { type GasRule, gasOf } from "./BlockAndGas.ts"

/** A scenario of a file that was not type-checked. */
const declared = (block: object): Scenario.Scenario =>
  Scenario.make("idle", {
    horizon: "1 week",
    block: { every: "1 hour", ...block } as { every: "1 hour" },
    params: {},
    *setup() {
      return {}
    },
    populations: () => ({}),
    metrics: { none: { unit: "count", every: "1 week", sample: () => 0n } }
  })

const refusal = (name: string, value: string, fix: RegExp): unknown =>
  expect.objectContaining({
    _tag: "ScenarioError",
    reason: "MalformedDeclaration",
    message: expect.stringContaining(`scenario idle: ${name}, ${value}, `),
    fix: expect.stringMatching(fix),
    offending: { name, value }
  })

describe("a block", () => {
  it.each([
    [60_000_000n, "60000000n", /Write 60000000, without the n\.$/],
    [0, "0", /a number, such as/],
    [-5, "-5", /a number/],
    [1.5, "1.5", /a number/],
    [Number.NaN, "NaN", /a number/],
    ["30000000", "30000000", /a number/]
  ])("with the gas limit %s is refused", (gasLimit, value, fix) => {
    expect(() => declared({ gasLimit })).toThrow(refusal("block.gasLimit", value, fix))
  })

  it("in an order that there is not is refused, with the nearest", () => {
    expect(() => declared({ order: "fees" })).toThrow(refusal("block.order", "fees", /^Did you mean fee\? Use one of/))
  })

  it("keeps a gas limit and an order that there are", () => {
    expect(declared({ gasLimit: 30_000_000, order: "fee" }).block).toEqual({
      every: 3600,
      order: "fee",
      gasLimit: 30_000_000
    })
  })
})

describe("a gas rule, as it is evaluated", () => {
  const rule = (gas: unknown = { price: 0n }): unknown => gasOf("idle", gas as GasRule, ["gasPrice"])

  it("is free with a million gas for an Intent, unless said", () => {
    expect(rule()).toEqual({ price: 0n, limit: 1_000_000 })
    expect(rule({ price: 5n, limit: 15_000_000 })).toEqual({ price: 5n, limit: 15_000_000 })
    expect(rule({ price: { process: "gasPrice" } })).toEqual({ price: { process: "gasPrice" }, limit: 1_000_000 })
  })

  it.each([
    [{ price: 0n, limit: 15_000_000n }, "gas.limit", "15000000n", /Write 15000000, without the n\.$/],
    [{ price: 0n, limit: 0 }, "gas.limit", "0", /a number, such as/],
    [{ price: -1n }, "gas.price", "-1n", /0n or more/],
    [{ price: 2 }, "gas.price", "2", /^Write 2n: wei per gas/],
    [{ price: 0.5 }, "gas.price", "0.5", /^Write a bigint/],
    [{}, "gas.price", "undefined", /bigint, or \{ process/],
    [{ price: {} }, "gas.price", "an object", /bigint, or \{ process/],
    [
      { price: { process: "gasPrise" } },
      "gas.price",
      "gasPrise",
      /^Did you mean gasPrice\? The environment has gasPrice/
    ]
  ])("is refused: %o", (gas, name, value, fix) => {
    expect(() => rule(gas)).toThrow(refusal(name, value, fix))
  })
})
