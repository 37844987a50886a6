/** What is said of failed runs and of checks. */
import { describe, expect, it } from "vitest"
import { ChainError, ScenarioError } from "../../Errors.ts"
import type { Analysis } from "../../store/Analysis.ts"
import { exitCode } from "../Failure.ts"
import { checkWords, failureWords } from "./Words.ts"

const failure = (seed: number, message: string) => ({
  arm: "a",
  seed,
  set: {},
  tag: "AgentError",
  message,
  fix: "Mend it."
})

describe("failed runs", () => {
  it("of one error are told once, with how many they are", () => {
    const failures = [...[1, 2, 3].map((seed) => failure(seed, "it threw")), failure(4, "other")] as never
    expect(failureWords({ failures })).toBe(
      "  failed 3 runs, first a, seed 1: it threw\n         fix: Mend it.\n" +
        "  failed a, seed 4: other\n         fix: Mend it.\n"
    )
  })
})

describe("checks", () => {
  const checks = (held: number, of: number) =>
    checkWords({ checks: [{ claim: "it holds", arms: { a: { held, of } } }] } as unknown as Analysis, [])

  it("that no complete run tried did not hold", () => {
    expect(checks(0, 0)).toBe("  ? no check was tried: no run is complete\n")
    expect(checks(2, 2)).toBe("  ✓ every check held in every complete run\n")
    expect(checks(1, 2)).toBe("  ✗ a: held in 1 of 2 runs: it holds\n")
  })
})

describe("the exit code of a run that a metric ended", () => {
  const of = { message: "", fix: "", offending: undefined as never }
  it("is that of a failed run, and of a wrong declaration before it that of wrong use", () => {
    const metric = new ScenarioError({ reason: "MetricFailed", ...of })
    expect([exitCode(metric, "in a run"), exitCode(metric)]).toEqual([3, 2])
    expect(exitCode(new ScenarioError({ reason: "Unwritable", ...of }), "in a run")).toBe(2)
    expect(exitCode(new ChainError({ reason: "Audit", ...of }), "in a run")).toBe(3)
  })
})
