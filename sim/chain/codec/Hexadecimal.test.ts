import fc from "fast-check"
import { keccak256 as viemKeccak } from "viem"
import { describe, expect, it } from "vitest"
import { ChainError } from "../../Errors.ts"
import { fromHex, readHex, sizeOf, toHex } from "./Hexadecimal.ts"
import { keccak256, keccakHex, keccakText } from "./Keccak.ts"
import { show } from "./Show.ts"

const bytes = fc.uint8Array({ maxLength: 300 })

describe("hexadecimal text", () => {
  it("is what Buffer writes, and reads back, in any case", () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = `0x${Buffer.from(value).toString("hex")}`
        expect(toHex(value)).toBe(text)
        expect(fromHex(text)).toEqual(value)
        expect(fromHex(`0x${text.slice(2).toUpperCase()}`)).toEqual(value)
        expect(sizeOf(text)).toBe(value.length)
      })
    )
  })

  it.each([4094, 4095, 4096, 8191, 8192, 8193, 20_000])(
    "holds %i bytes, whatever the pieces it is handled in",
    (length) => {
      const value = Uint8Array.from({ length }, (_, index) => (index * 7) % 256)
      const text = `0x${Buffer.from(value).toString("hex")}`
      expect(toHex(value)).toBe(text)
      expect(fromHex(text)).toEqual(value)
      expect(readHex(`${text.slice(0, -1)}g`, new Uint8Array(length), 0)).toBe(false)
    }
  )

  it("takes a part, and writes into the middle", () => {
    expect(toHex(Uint8Array.of(1, 2, 3, 4), 1, 3)).toBe("0x0203")
    const into = new Uint8Array(5).fill(9)
    expect(fromHex("0x0aFf", into, 2)).toBe(into)
    expect([...into]).toEqual([9, 9, 10, 255, 9])
  })

  it.each(["", "0", "x0", "00", "0x0", "0X00", "0x0g", "0x 0", "0x0é", "0xéé", "0x\ud800a", "ab12"])(
    "refuses %j",
    (text) => {
      expect(() => fromHex(text)).toThrow(ChainError)
    }
  )

  it("refuses a last character that a piece has no room for, whatever the piece before held", () => {
    fromHex(`0x${"00".repeat(4095)}`)
    expect(() => fromHex(`0x${"00".repeat(4094)}0é`)).toThrow(ChainError)
  })

  it("refuses what does not fit", () => {
    expect(() => fromHex("0x0102", new Uint8Array(2), 1)).toThrow(ChainError)
  })
})

describe("Keccak-256", () => {
  it("is viem's, and that of nothing is the one every chain knows", () => {
    // The code hash of an account without code, EIP-1052.
    expect(keccakHex(new Uint8Array(0))).toBe("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
    fc.assert(
      fc.property(bytes, (value) => {
        expect(keccakHex(value)).toBe(viemKeccak(value))
        expect(toHex(keccak256(value))).toBe(viemKeccak(value))
      })
    )
    expect(keccakText("Transfer(address,address,uint256)").slice(0, 10)).toBe("0xddf252ad")
  })
})

describe("values in messages", () => {
  it("are short, and never throw", () => {
    const unshowable = Object.create(null)
    const round: unknown[] = []
    round.push(round)
    for (const value of [
      unshowable,
      round,
      Symbol("a"),
      () => 1,
      undefined,
      null,
      -0,
      5n,
      "x".repeat(999),
      Array(99).fill(1)
    ]) {
      expect(show(value).length).toBeLessThanOrEqual(81)
    }
    expect(show([1n, "a", { b: true }])).toBe('[1n, "a", { b: true }]')
    const throwing = {
      get a(): never {
        throw new Error("a getter")
      }
    }
    expect(show(throwing)).toBe("an object that cannot be shown")
  })
})
