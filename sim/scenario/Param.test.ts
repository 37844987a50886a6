/** A Param's own value lies within its domain, and what is refused says what would be taken. */
import { describe, expect, it } from "vitest"
import type { ScenarioError } from "../Errors.ts"
import * as Param from "./Param.ts"

function refused(make: () => unknown): readonly unknown[] {
  try {
    make()
  } catch (error) {
    const { reason, message, fix, offending } = error as ScenarioError
    return [reason, message, fix, offending?.value]
  }
  return []
}

describe("the default of a Param", () => {
  it("outside its domain is refused where it is declared", () => {
    expect(refused(() => Param.count(5, { source: "A1", domain: [10, 500] }))).toEqual([
      "OutOfDomain",
      "a count Param (source A1) is 5, outside its domain from 10 to 500",
      "Give it a default from 10 to 500, or widen its domain.",
      "5"
    ])
    expect(refused(() => Param.tokens("2", { source: "A2", domain: ["3", "4"] }))[1]).toBe(
      "a tokens Param (source A2) is 2 tokens, outside its domain from 3 to 4 tokens"
    )
    const options = ["low", "high"] as const
    expect(refused(() => Param.choice("middle" as "low", options, { source: "A3" })).slice(0, 3)).toEqual([
      "OutOfDomain",
      'a choice Param (source A3) is "middle", which is none of low, high',
      "Give it a default that is one of low, high, or list it."
    ])
  })

  it("at an end of it is taken", () => {
    expect(Param.count(10, { source: "A1", domain: [10, 500] }).value).toBe(10)
    expect(Param.duration("2 weeks", { source: "A1", domain: ["1 week", "2 weeks"] }).value).toBe(1_209_600)
  })
})

describe("a value that is refused", () => {
  it("is called negative where that is what is wrong", () => {
    const honest = Param.count(200, { source: "A1" })
    expect(refused(() => honest.read("-1", "honest")).slice(0, 3)).toEqual([
      "WrongUnit",
      "honest is -1, which is negative",
      'Give honest as a whole number from 0, for example --set "honest=200".'
    ])
    const cost = Param.money("1", { source: "A1" })
    expect(refused(() => cost.read("-2.5", "cost"))[1]).toBe("cost is -2.5, which is negative")
    expect(refused(() => honest.read("1.5", "honest"))[1]).toBe(
      'honest is "1.5", which is not a whole number such as 200'
    )
  })

  it("comes with the number that a percentage is, where that is taken", () => {
    const slash = Param.ratio(0, { source: "A1", domain: [0, 1] })
    expect(refused(() => slash.read("50%", "slash")).slice(0, 3)).toEqual([
      "WrongUnit",
      'slash is "50%", which is not a number such as 0.5',
      'Give slash as a number, for example --set "slash=0.5".'
    ])
    expect(refused(() => slash.read("7 %", "slash"))[2]).toContain('"slash=0.07"')
    expect(refused(() => slash.read("150%", "slash"))[2]).toContain('"slash=0"')
    expect(refused(() => Param.ratio(2, { source: "A1" }).read("150%", "times"))[2]).toContain('"times=1.5"')
  })

  it("comes with one that is taken: its default", () => {
    const cost = Param.money("1", { source: "A1", domain: ["0.01", "100"] })
    const [, , fix] = refused(() => cost.read("1.0USD", "cost"))
    expect(fix).toBe('Give cost as an amount of numeraire, for example --set "cost=1".')
    const few = Param.count(7, { source: "A1", domain: [1, 9] })
    expect(refused(() => few.read("many", "few"))[2]).toBe('Give few as a whole number, for example --set "few=7".')
  })
})
