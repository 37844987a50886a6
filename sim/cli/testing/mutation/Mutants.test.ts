import { describe, expect, it } from "vitest"
import { mutantsOf } from "./Mutants.ts"

const changes = (source: string): readonly string[] =>
  mutantsOf(source).map(({ line, from, to }) => `${line}: ${from} > ${to}`)

const inFunction = (body: string): string => `contract C {\n  function f() external {\n    ${body}\n  }\n}`

describe("mutants of Solidity", () => {
  it("swap each operator of a body, reading the longest one", () => {
    expect(changes(inFunction("x = a + b * c;"))).toEqual(["3: + > -", "3: * > /", "3: x = a + b * c; > "])
    expect(changes(inFunction("uint256 x = a <= b ? a : b;"))).toEqual(["3: <= > <"])
    expect(changes(inFunction("uint256 x = a << b >> c;"))).toEqual(["3: << > >>", "3: >> > <<"])
    expect(changes(inFunction("uint256 x = a ** b;"))).toEqual([])
    expect(changes(inFunction("total += amount;"))).toEqual(["3: += > -=", "3: total += amount; > "])
    expect(changes(inFunction("bool x = a == b && c != d || e < f;"))).toEqual([
      "3: == > !=",
      "3: && > ||",
      "3: != > ==",
      "3: || > &&",
      "3: < > <="
    ])
  })

  it("raise numbers by one, those of constants too", () => {
    expect(changes(inFunction("uint256 x = g(10_000, a1, 0x10);"))).toEqual(["3: 10_000 > 10001"])
    expect(changes("contract C {\n  uint256 private constant BPS = 10_000;\n}")).toEqual(["2: 10_000 > 10001"])
    expect(changes(inFunction("uint256 x = g(1_500e18, 0.0485e18, 9.99e3, 0.5 ether);"))).toEqual([
      "3: 1_500e18 > 1501e18",
      "3: 0.0485e18 > 0.0486e18",
      "3: 9.99e3 > 10.00e3",
      "3: 0.5 > 0.6"
    ])
    expect(changes(inFunction("uint256 x = g(1E18, 0.000_1e4);"))).toEqual([
      "3: 1E18 > 2e18",
      "3: 0.000_1e4 > 0.0002e4"
    ])
    expect(changes(inFunction("uint256 x = g(41446531673892822313);"))).toEqual([
      "3: 41446531673892822313 > 41446531673892822314"
    ])
  })

  it("leave out statements that stand alone, checks among them", () => {
    expect(changes(inFunction("_credit(who, amount);"))).toEqual(["3: _credit(who, amount); > "])
    expect(changes(inFunction("delete _offers[id];"))).toEqual(["3: delete _offers[id]; > "])
    expect(changes(inFunction("if (dead) revert Dead(id);"))).toEqual(["3: if (dead) revert Dead(id); > "])
    expect(changes(inFunction("return amount;"))).toEqual([])
    expect(changes(inFunction("emit Paid(who, amount);"))).toEqual([])
    expect(changes(inFunction("uint256 amount = owed;"))).toEqual([])
  })

  it("change the bodies of free functions", () => {
    const free =
      'import {\n  A\n} from "./a.sol";\nfunction f(\n  uint256 a\n) pure returns (uint256) {\n  return a + 1;\n}'
    expect(changes(free)).toEqual(["7: + > -", "7: 1 > 2"])
    expect(changes(`${free}\nstruct S {\n  uint256 a;\n}\ncontract C is D(1) {\n  uint256 x = 1;\n}`)).toHaveLength(2)
  })

  it("leave comments, strings, increments and declarations alone", () => {
    expect(changes(inFunction('/* a + b */ g("a + 1"); // 1 < 2'))).toEqual([])
    expect(changes(inFunction("for (uint256 i; ; ++i) g(i--);"))).toEqual([])
    expect(changes('import {A} from "./a+b.sol";\nerror E(uint256 a);\nevent F(uint256 indexed a);')).toEqual([])
  })

  it("change one place and keep the rest", () => {
    const source = inFunction("x = a + b + c;")
    expect(mutantsOf(source).map((mutant) => mutant.source)).toEqual([
      source.replace("a + b", "a - b"),
      source.replace("b + c", "b - c"),
      source.replace("x = a + b + c;", "")
    ])
  })
})
