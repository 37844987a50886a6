import { describe, expect, it } from "vitest"
import { ScenarioError } from "../Errors.ts"
import type { RuntimeCapital } from "../scenario/Capital.ts"
import { ran } from "./fixtures/harness.ts"
import { pond } from "./fixtures/pond.ts"

/** What the run of a pond with that capital ends with. */
async function refusal(capital: RuntimeCapital): Promise<ScenarioError> {
  const error = await ran({ ...pond("fifo", "1 day"), capital: () => capital }).then(
    () => new Error("it ran"),
    (thrown: unknown) => thrown
  )
  if (!(error instanceof ScenarioError)) throw error
  return error
}

describe("capital that is declared wrongly", { timeout: 120_000 }, () => {
  it.each([
    ["a contract the World lacks", { vault: 0.1 }, "WorldLacks", "vault"],
    ["no rate", { pool: Number.NaN }, "OutOfDomain", "NaN"],
    ["a negative rate", { pool: -0.1 }, "OutOfDomain", "-0.1"],
    ["no event of the contract", { pool: locked({ RewardClaimd: () => [] }) }, "MalformedDeclaration", "RewardClaimd"],
    ["no list of moves", { pool: locked({ RewardClaimed: () => 5 }) }, "CapitalFailed", "RewardClaimed"],
    ["no amount", { pool: locked({ RewardClaimed: () => [{ amount: 5 }] }) }, "CapitalFailed", "RewardClaimed"],
    [
      "an argument that the event lacks",
      { pool: locked({ RewardClaimed: () => [{ from: undefined, amount: 5n }] }) },
      "CapitalFailed",
      "RewardClaimed"
    ],
    [
      "less than nothing",
      { pool: locked({ RewardClaimed: () => [{ amount: -5n }] }) },
      "CapitalFailed",
      "RewardClaimed"
    ]
  ] as const)("%s", async (_, capital, reason, value) => {
    const error = await refusal(capital as RuntimeCapital)
    expect([error.reason, error.offending?.value]).toEqual([reason, value])
    expect(error.fix).toMatch(/^(Give|Did you mean|Let it give|Return it)/)
  })
})

function locked(moves: { readonly [event: string]: (args: unknown) => unknown }): RuntimeCapital[string] {
  return { rate: 0.1, token: "token", moves }
}
