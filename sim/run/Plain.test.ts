import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { argsText, canonical, fromText, toText } from "./Plain.ts"

const plain = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof<fc.Arbitrary<unknown>[]>(
    fc.string(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: false }).map((x) => (Object.is(x, -0) ? 0 : x)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "$" && key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 }
    ),
    fc
      .array(fc.tuple(fc.string(), tie("value")), { maxLength: 4 })
      .map((entries) => new Map(entries as [string, unknown][]))
  )
})).value

describe("plain data", () => {
  it("comes back from text as it was", () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(fromText(toText(value))).toEqual(value)
      })
    )
  })

  it("has one canonical text, whatever the order of keys", () => {
    expect(canonical({ b: 1n, a: { d: [2], c: Number.POSITIVE_INFINITY } })).toBe(
      canonical({ a: { c: Number.POSITIVE_INFINITY, d: [2] }, b: 1n })
    )
    expect(canonical({ a: 1 })).not.toBe(canonical({ a: 1n }))
  })

  it("is told as arguments just as JSON has them, amounts as decimal texts", () => {
    fc.assert(
      fc.property(plain, (value) => {
        const wanted = JSON.stringify(value, (_, each) => (typeof each === "bigint" ? each.toString() : each))
        expect(argsText(value)).toBe(wanted)
      })
    )
    expect(argsText([undefined, Number.NaN, 1e21])).toBe(JSON.stringify([undefined, Number.NaN, 1e21]))
    expect(argsText({ a: undefined, b: -0 })).toBe('{"b":0}')
  })
})
