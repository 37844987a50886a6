import fc from "fast-check"
import { expect, it } from "vitest"
import { visible, visibleDeep } from "./Visible.ts"

it("shows what would turn or hide its neighbours", () => {
  expect(visible("a\u202eb\u0000c\u2066")).toBe("a‹U+202E›b‹U+0000›c‹U+2066›")
  expect(visible("half \ud800")).toBe("half \ufffd")
})

it("leaves words in any script, lines and tabs alone", () => {
  const text = "identités\n\tهوية 身份 √(RN/c) − N 🐟"
  expect(visible(text)).toBe(text)
})

it("leaves nothing that XML 1.0 refuses, whatever comes in, and does nothing twice", () => {
  // Char of https://www.w3.org/TR/xml/#charsets
  const isChar = (code: number): boolean =>
    [0x9, 0xa, 0xd].includes(code) ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = visible(text)
      expect([...shown].every((character) => isChar(character.codePointAt(0) ?? 0))).toBe(true)
      expect(visible(shown)).toBe(shown)
    })
  )
})

it("reaches names and values of plain data, and keeps the rest", () => {
  expect(visibleDeep({ "\u202ea": ["\u200f", 1, null, true] })).toEqual({ "‹U+202E›a": ["‹U+200F›", 1, null, true] })
})
