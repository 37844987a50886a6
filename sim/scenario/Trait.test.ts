/** What a population says of traits fits its behaviour, or is refused where the scenario says it. */
import { Behaviour, ONE, Population, Trait } from "mesocosm"
import { describe, expect, it } from "vitest"

const saver = Behaviour.make("saver", {
  needs: {},
  traits: {
    stake: Trait.constant(100n * ONE, { unit: "tokens" }),
    until: Trait.lognormal({ median: 30, sigma: 0.5, unit: "days" }),
    loud: Trait.constant(false, { unit: "yes or no" })
  },
  init: () => ({}),
  wake: () => null,
  *act() {
    return []
  }
})

/** As of a file that no compiler has seen. */
const of = (traits: object) => Population.of(saver, { count: 3, traits: traits as never })

describe("what a population says of traits", () => {
  it("is told in whole units, as an override is", () => {
    expect(saver.traits.stake.describes).toBe("100")
  })

  it("is taken where unit and kind are the behaviour's", () => {
    const traits = { stake: 5n * ONE, until: Trait.normal({ mean: 3, sd: 1, unit: "days" }), loud: true }
    expect(of(traits).traits).toEqual(traits)
    // A value that is left out is the behaviour's own.
    expect(of({ until: undefined }).count).toBe(3)
  })

  it.each([
    [
      { until: Trait.lognormal({ median: 4, sigma: 0.5, unit: "weeks" }) },
      "WrongUnit",
      { name: "until", value: "lognormal, median 4, sigma 0.5", unit: "weeks" },
      /in days/
    ],
    [{ stake: 100 }, "WrongUnit", { name: "stake", value: "100", unit: "tokens" }, /base units/],
    [{ until: 30n }, "WrongUnit", { name: "until", value: "30", unit: "days" }, /number/],
    [{ loud: Trait.constant("yes", { unit: "yes or no" }) }, "WrongUnit", { name: "loud", value: "yes" }, /boolean/],
    [{ untl: 3 }, "MalformedDeclaration", { name: "trait", value: "untl" }, /Did you mean until/]
  ])("is refused otherwise: %o", (traits, reason, offending, fix) => {
    expect(() => of(traits)).toThrow(
      expect.objectContaining({
        _tag: "ScenarioError",
        reason,
        offending: expect.objectContaining(offending),
        fix: expect.stringMatching(fix)
      })
    )
  })
})
