import { Behaviour, Param, Population, Scenario } from "mesocosm"
import { describe, expect, it } from "vitest"
import rewardPool from "./fixtures/reward-pool.ts"

const idle = Behaviour.make("idle", {
  needs: {},
  traits: {},
  init: () => ({}),
  wake: () => null,
  *act() {
    return []
  }
})

const malformed = expect.objectContaining({ _tag: "ScenarioError", reason: "MalformedDeclaration" })

describe("a scenario's declaration", () => {
  it("has the baseline arm and mainnet's gas per hour unless it says otherwise", () => {
    expect(Object.keys(rewardPool.arms)).toEqual(["baseline", "proposal"])
    // 300 blocks of 12 seconds with 36 million gas each.
    expect(rewardPool.block).toEqual({ every: 3600, order: "fifo", gasLimit: 10_800_000_000 })
    expect(rewardPool.hardfork).toBe("osaka")
  })

  it("is refused when metrics stand above what they are inferred from", () => {
    expect(() =>
      Scenario.make("upside-down", {
        horizon: "1 week",
        block: { every: "1 hour" },
        params: {},
        metrics: { none: { unit: "count", every: "1 week", sample: () => 0n } },
        *setup() {
          return {}
        },
        populations: () => ({ idle: Population.of(idle, { count: 1 }) })
      })
    ).toThrow(malformed)
  })

  it("is refused when an arm sets what its Params do not have", () => {
    const declare = (arm: object): unknown =>
      Scenario.make("arms", {
        horizon: "1 week",
        block: { every: "1 hour" },
        params: { some: Param.count(1, { source: "T", domain: [0, 5] }) },
        // The type forbids it, too: this is a file that was not type-checked.
        arms: { other: arm as { some: number } },
        *setup() {
          return {}
        },
        populations: () => ({ idle: Population.of(idle, { count: 1 }) }),
        metrics: { none: { unit: "count", every: "1 week", sample: () => 0n } }
      })
    expect(() => declare({ sme: 1 })).toThrow(
      expect.objectContaining({ reason: "UnknownParam", fix: expect.stringContaining("Did you mean some?") })
    )
    expect(() => declare({ some: 6 })).toThrow(
      expect.objectContaining({ reason: "OutOfDomain", offending: { name: "some", value: "6", unit: "count" } })
    )
    expect(() => declare({ some: 1.5 })).toThrow(expect.objectContaining({ reason: "WrongUnit" }))
  })

  it("is refused when a name is not kebab-case, or a horizon is no whole number of blocks", () => {
    expect(() =>
      Behaviour.make("Idle", { needs: {}, traits: {}, init: () => 0, wake: () => null, act: idle as never })
    ).toThrow(malformed)
    expect(() =>
      Scenario.make("odd", {
        horizon: "90 minutes",
        block: { every: "1 hour" },
        params: {},
        *setup() {
          return {}
        },
        populations: () => ({}),
        metrics: { none: { unit: "count", every: "1 week", sample: () => 0n } }
      })
    ).toThrow(malformed)
  })
})

describe("a behaviour's declaration", () => {
  it.each(["needs", "traits", "init", "wake", "act"] as const)(
    "is refused without %s, which types ask for",
    (member) => {
      const whole = { needs: {}, traits: {}, init: () => ({}), wake: () => null, *act() {} }
      const { [member]: _, ...spec } = whole
      expect(() => Behaviour.make("idle", spec as never)).toThrow(
        expect.objectContaining({
          reason: "MalformedDeclaration",
          message: `behaviour idle has no ${member}`,
          fix: expect.stringMatching(new RegExp(`^Give ${member}`))
        })
      )
      expect(Behaviour.make("idle", whole as never).name).toBe("idle")
    }
  )
})

describe("a chart of what is no metric", () => {
  it("is refused with the nearest metric", () => {
    const draw = (): unknown =>
      Scenario.make("drawn", {
        horizon: "1 week",
        block: { every: "1 hour" },
        params: {},
        *setup() {
          return {}
        },
        populations: () => ({}),
        metrics: { herdProfit: { unit: "count", every: "1 week", sample: () => 0n } },
        // The types refuse it; a scenario runs whether or not they do.
        charts: [{ line: "herdProfi" as "herdProfit" }]
      })
    expect(draw).toThrow(expect.objectContaining({ fix: "Did you mean herdProfit? Draw one of herdProfit." }))
  })
})

describe("a Param", () => {
  it("reads what a person writes, in its own unit", () => {
    expect(Param.count(3, { source: "T" }).read("12", "x")).toBe(12)
    expect(Param.tokens("1", { source: "T" }).read("0.5", "x")).toBe(500_000_000_000_000_000n)
    expect(Param.gwei("1", { source: "T" }).read("2.5", "x")).toBe(2_500_000_000n)
    expect(Param.duration("1 week", { source: "T" }).read("2 days", "x")).toBe(172_800)
    expect(Param.ratio(0.1, { source: "T" }).read("0.25", "x")).toBe(0.25)
    expect(Param.choice("a", ["a", "b"], { source: "T" }).read("b", "x")).toBe("b")
  })

  it("writes a value so that reading gives it back", () => {
    for (const param of [
      Param.tokens("1105000.25", { source: "T" }),
      Param.money("0", { source: "T" }),
      Param.gwei("0.001", { source: "T" })
    ]) {
      expect(param.read(param.text(param.value), "x")).toBe(param.value)
    }
    const span = Param.duration("2 weeks", { source: "T" })
    expect(span.read(span.text(span.value), "x")).toBe(span.value)
  })

  it("refuses other units and values outside its domain, naming itself", () => {
    const wrong = (reason: string): unknown =>
      expect.objectContaining({ _tag: "ScenarioError", reason, offending: expect.objectContaining({ name: "x" }) })
    expect(() => Param.count(3, { source: "T" }).read("3.5", "x")).toThrow(wrong("WrongUnit"))
    expect(() => Param.count(3, { source: "T" }).read("", "x")).toThrow(wrong("WrongUnit"))
    expect(() => Param.tokens("1", { source: "T" }).read("1e18", "x")).toThrow(wrong("WrongUnit"))
    expect(() => Param.duration("1 week", { source: "T" }).read("7", "x")).toThrow(wrong("WrongUnit"))
    expect(() => Param.tokens("1", { source: "T", domain: ["0", "10"] }).read("10.1", "x")).toThrow(
      wrong("OutOfDomain")
    )
    expect(() => Param.choice("a", ["a", "b"], { source: "T" }).read("c", "x")).toThrow(wrong("OutOfDomain"))
  })
})
