import { Behaviour, type ChainError, type Intent, Param, Population, Scenario } from "mesocosm"
import { describe, expect, it } from "vitest"
import type { Contract } from "../chain/Contracts.ts"
import { driveAsync, type Step } from "../chain/Step.ts"
import { open } from "./fixtures/harness.ts"
import { DEPLOYER } from "./Identity.ts"
import { Run } from "./Run.ts"

const DAY = 86_400

/** A scenario in which one agent's fifth transaction leaks, on the fifth day. */
function leaking(
  token: string,
  args: readonly unknown[],
  horizon: "2 weeks" | "6 days" = "2 weeks"
): Scenario.Scenario {
  const leaker = Behaviour.make("leaker", {
    needs: { token: "DataToken" },
    traits: {},
    init: () => ({ days: 0 }),
    wake: ({ now, state }) => (state.days + 1) * DAY - 3600 - now,
    *act({ world, self, state }) {
      const days = state.days + 1
      const transfer = world.token.tx.transfer(self.identity(1), 5n)
      // The test's leaky tokens are not in the registry of types.
      const leak: Intent = {
        ...transfer,
        contract: token,
        fn: "leak",
        args: args.map((arg) => (arg === "self" ? self.address : arg))
      }
      return { intents: days === 5 ? [transfer, leak] : [transfer], state: { days } }
    }
  })
  return Scenario.make("leaking", {
    horizon,
    block: { every: "1 hour" },
    params: { none: Param.count(0, { source: "T" }) },
    *setup({ deploy, send, deployer }) {
      // See above.
      const deployed = yield* (
        deploy as unknown as (name: string, args: readonly unknown[]) => Step<Contract<"DataToken">>
      )(token, ["Leaky", "LEAK"])
      yield* send({ to: deployed.address, contract: token, fn: "mint", args: [deployer, 1000n] })
      return { token: deployed }
    },
    populations: () => ({
      leakers: Population.of(leaker, { count: 1, holds: { token: 500n } })
    }),
    metrics: { none: { unit: "count", every: "1 week", sample: () => 0n } }
  })
}

async function failure(scenario: Scenario.Scenario): Promise<ChainError> {
  const options = await open(scenario)
  try {
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue())
  } catch (error) {
    // The audit throws a ChainError; anything else fails the expectations below.
    return error as ChainError
  } finally {
    await options.chain.close()
  }
  throw new Error("the leak was not found")
}

/** Set-up takes three blocks: deploy, mint, endow; then a block an hour. */
const LEAK_BLOCK = 3 + 5 * 24

describe("the conservation audit", () => {
  it("finds an event without supply, in its block, with the amount", async () => {
    const error = await failure(leaking("LeakyEvent", ["self", 77n]))
    expect(error).toMatchObject({ _tag: "ChainError", reason: "Conservation" })
    expect(error.offending).toEqual({ name: `token, block ${LEAK_BLOCK}`, value: "-77", unit: "base units" })
  })

  it("finds a credit above its debit, in its block, with the amount", async () => {
    const error = await failure(leaking("LeakyCredit", ["self", 10n, 3n]))
    expect(error).toMatchObject({ _tag: "ChainError", reason: "Conservation" })
    expect(error.offending).toEqual({ name: `token, block ${LEAK_BLOCK}`, value: "3", unit: "base units" })
  })

  it("finds a balance written without an event at the next checkpoint, and locates its block by replay", async () => {
    const error = await failure(leaking("LeakyBalance", [DEPLOYER, 41n]))
    expect(error).toMatchObject({ _tag: "ChainError", reason: "Conservation" })
    expect(error.offending).toEqual({ name: `token, block ${LEAK_BLOCK}`, value: "41", unit: "base units" })
  })

  it("finds nothing where nothing leaks", async () => {
    const options = await open(leaking("LeakyEvent", ["self", 0n]))
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue())
    expect(run.end()).toMatchObject({ complete: true, audit: { tokens: 1, checkpoints: 8 } })
    await options.chain.close()
  })
})
