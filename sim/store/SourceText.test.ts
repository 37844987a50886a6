/** A function has one text, however it was written down or compiled. */
import { describe, expect, it } from "vitest"
import { canonical } from "./SourceText.ts"

describe("the text of functions", () => {
  it("has no comments, spaces or quotes of its own, whether function, arrow or method", () => {
    const [plain, spaced, other] = canonical([
      "({ ledger }) => ledger.share('farm', \"pool\") * 1_000",
      '({ledger}) =>\n  // of all\n  ledger.share("farm", `pool`) * 1000',
      "({ ledger }) => ledger.share('farm', \"pool\") * 1_001"
    ])
    expect(spaced).toBe(plain)
    expect(other).not.toBe(plain)
    const [method, same, generator] = canonical([
      "sample(at) { return at.x }",
      "sample( at ){return at.x;}",
      "*sample(at) { return at.x }"
    ])
    expect(same).toBe(method)
    expect(generator).not.toBe(method)
  })

  it("is the same where a compiler keeps names", () => {
    const source = `function outer(a) {
      const inner = (x) => x * 2 // twice
      function named(y) { return y + "'s )" }
      class Kept { size = 1_000 }
      return [inner(a), named("x"), new Kept()]
    }`
    // What `String` gives of it under Hardhat.
    const text =
      'function outer(a){const inner=__name(x=>x*2,"inner");function named(y){return y+"\'s )"}__name(named,"named");class Kept{static{__name(this,"Kept")}size=1e3}return[inner(a),named("x"),new Kept]}'
    const [one, two] = canonical([source, text])
    expect(two).toBe(one)
  })

  it("is left as it is where one cannot be read", () => {
    expect(canonical(["() => 1", "function native() { [native code] }"])).toEqual([
      "() => 1",
      "function native() { [native code] }"
    ])
  })
})
