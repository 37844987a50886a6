import { Behaviour, Population, Scenario, WEEK } from "mesocosm"
import { expect, it } from "vitest"
import { loadModule } from "../chain/revm/loadModule.ts"
import { RevmChain } from "../chain/revm/RevmChain.ts"
import { driveSync } from "../chain/Step.ts"
import { open } from "./fixtures/harness.ts"
import { Run } from "./Run.ts"

/** Wakes after a week, and then after `later` seconds. */
const patient = (later: number) =>
  Scenario.make("patient", {
    horizon: "4 weeks",
    block: { every: "1 hour" },
    params: {},
    *setup({ deploy }) {
      return { token: yield* deploy("DataToken", ["Data", "DATA"]) }
    },
    populations: () => ({
      patient: Population.of(
        Behaviour.make("patient", {
          needs: {},
          traits: {},
          init: () => ({ woke: 0 }),
          wake: ({ state }) => (state.woke === 0 ? WEEK : later),
          *act({ state }) {
            return { intents: [], state: { woke: state.woke + 1 } }
          }
        }),
        { count: 1 }
      )
    }),
    metrics: {}
  })

it.each([
  [WEEK, 3],
  [3 * WEEK + 1, 1],
  [1e18, 1],
  [Number.MAX_VALUE, 1]
])(
  "an agent that wants to wake in %d seconds, a week after the beginning, wakes as often as the horizon lets it",
  async (later, wakes) => {
    const run = driveSync(
      Run.begin(await open(patient(later), { seed: 7 }, RevmChain.open({ hardfork: "osaka", module: loadModule() })))
    )
    driveSync(run.continue())
    expect(run.end()).toMatchObject({ complete: true, wakes, endedAt: 4 * WEEK })
  }
)
