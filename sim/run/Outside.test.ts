/** What reaches agents from outside and from each other: Environment, Truth, events, the pending view, identities. */
import {
  adapt,
  Behaviour,
  type Contract,
  Environment,
  type Intent,
  Mathematics,
  ONE,
  Param,
  Population,
  Scenario
} from "mesocosm"
import { describe, expect, it } from "vitest"
import { driveAsync } from "../chain/Step.ts"
import { open, ran } from "./fixtures/harness.ts"
import { Run } from "./Run.ts"

const DAY = 86_400

/** Pays the watcher what the demand is, once a day, and knows which of its gifts are false. */
const payer = Behaviour.make("payer", {
  needs: { token: "DataToken" },
  senses: ["demand"],
  traits: {},
  init: () => ({ days: 0, seen: [] as number[], told: [] as string[] }),
  wake: ({ now, state }) => (state.days + 1) * DAY - 5000 - now,
  *act({ world, self, state, environment }) {
    const days = state.days + 1
    const intent: Intent = {
      ...world.token.tx.transfer(self.identity(days % 3), 1n),
      truth: { fake: days % 2 === 0, days }
    }
    return { intents: [intent], state: { ...state, days, seen: [...state.seen, environment.demand] } }
  },
  settle: ({ state, receipts }) => ({
    ...state,
    told: [...state.told, ...receipts.flatMap(({ intent }) => Object.keys(intent))]
  })
})

/** Sleeps until somebody transfers; then copies what it saw. */
const watcher = Behaviour.make("watcher", {
  needs: { token: "DataToken" },
  watches: { token: ["Transfer"] },
  traits: {},
  init: () => ({ woken: [] as number[], events: [] as string[] }),
  wake: () => null,
  *act({ world, self, state, events, now }) {
    return {
      intents: [world.token.tx.transfer(self.address, 0n)],
      state: { woken: [...state.woken, now], events: [...state.events, ...events.map(({ event }) => event)] }
    }
  }
})

/** Looks at what waits, half an hour before each block. */
const peeker = Behaviour.make("peeker", {
  needs: {},
  pending: true,
  traits: {},
  init: () => ({ saw: [] as string[] }),
  wake: () => 1800,
  *act({ state, pending }) {
    return {
      intents: [],
      state: {
        saw: [...state.saw, ...pending.map((intent) => `${intent.fn}:${Object.keys(intent).includes("truth")}`)]
      }
    }
  }
})

const outside = (
  script: readonly (readonly ["0 seconds" | "3 days", number])[] = [
    ["0 seconds", 10],
    ["3 days", 20]
  ]
): Scenario.Scenario =>
  Scenario.make("outside", {
    horizon: "1 week",
    block: { every: "1 hour" },
    params: { watchers: Param.count(2, { source: "T", domain: [0, 9] }) },
    environment: () => ({
      demand: Environment.script(script, { unit: "USD", source: "T" }),
      gas: Environment.model({
        unit: "gwei",
        source: "T",
        every: "1 day",
        says: "a walk",
        start: 2,
        step: ({ value, draw }) => value * Mathematics.exp(draw.normal({ mean: 0, sd: 0.1 }))
      }),
      rain: Environment.observed([1, 0, 3], { unit: "mm", source: "T", every: "2 days" })
    }),
    gas: () => ({ price: { process: "gas" } }),
    *setup({ deploy, send, deployer }) {
      const token = yield* deploy("DataToken", ["Data", "DATA"])
      yield* send(token.tx.mint(deployer, 1000n * ONE))
      return { token }
    },
    populations: ({ params }) => ({
      payers: Population.of(payer, { count: 1, holds: { token: ONE }, identityCost: 7n }),
      watchers: Population.of(watcher, { count: params.watchers }),
      peekers: Population.of(peeker, { count: 1 })
    }),
    numeraire: () => ({ name: "USD", ether: ONE, tokens: { token: ONE } }),
    metrics: {
      demand: { unit: "ratio", every: "1 day", sample: ({ environment }) => environment.demand },
      rain: { unit: "ratio", every: "1 day", sample: ({ environment }) => environment.rain },
      fakes: {
        unit: "count",
        every: "1 day",
        sample: ({ tally }) => tally("payers", ({ truth }) => truth["fake"] === true)
      },
      spent: { unit: "money", every: "1 week", sample: ({ ledger }) => ledger.spent("payers") }
    }
  })

const weekly = (run: Run, metric: string): readonly number[] => {
  const { metric: names, number } = run.books.recorder.columns("metrics")
  return (number ?? []).filter((_, row) => names?.[row] === metric).map(Number)
}

// The states are those of the behaviours above.
const stateOf = <S>(run: Run, agent: string): S => run.agents.find(({ data }) => data.id === agent)?.data.state as S

describe("what reaches an agent", () => {
  it("is the Environment: scripts, models and observed values, each on its own clock", async () => {
    const run = await ran(outside())
    expect(weekly(run, "demand")).toEqual([10, 10, 10, 20, 20, 20, 20, 20])
    expect(weekly(run, "rain")).toEqual([1, 1, 0, 0, 3, 3, 3, 3])
    expect(stateOf<{ seen: number[] }>(run, "payers/0").seen).toEqual([10, 10, 10, 20, 20, 20, 20])
    const { process, value } = run.books.recorder.columns("environment")
    const walk = (value ?? []).filter((_, row) => process?.[row] === "gas")
    expect(walk.length).toBe(8)
    expect(new Set(walk).size).toBe(8)
  })

  it("is the same Environment whoever else lives there", async () => {
    const [few, many] = [
      await ran(outside(), { seed: 7, set: { watchers: "0" } }),
      await ran(outside(), { seed: 7, set: { watchers: "5" } })
    ]
    expect(many.books.recorder.columns("environment")).toEqual(few.books.recorder.columns("environment"))
  })

  it("sets the price of gas where the scenario says so", async () => {
    const run = await ran(outside())
    const { gas_price_wei, population, time } = run.books.recorder.columns("transactions")
    const paid = (gas_price_wei ?? []).filter((_, row) => population?.[row] === "payers")
    const { process, value, time: stepped } = run.books.recorder.columns("environment")
    const days = (value ?? []).filter((_, row) => process?.[row] === "gas")
    expect(stepped?.length).toBeGreaterThan(0)
    expect(paid.length).toBe(time?.filter((_, row) => population?.[row] === "payers").length)
    expect(paid[0]).toBe(String(Math.round(Number(days[0]) * 1e9)))
    expect(paid[3]).toBe(String(Math.round(Number(days[3]) * 1e9)))
  })

  it("is never the Truth: metrics count it, and receipts, the pending view and the chain do not have it", async () => {
    const run = await ran(outside())
    // Days 2, 4 and 6 of 7 were false; the last block of day 7 lands before the end.
    expect(weekly(run, "fakes").at(-1)).toBe(3)
    expect(stateOf<{ told: string[] }>(run, "payers/0").told).not.toContain("truth")
    const { saw } = stateOf<{ saw: string[] }>(run, "peekers/0")
    expect(saw).toContain("transfer:false")
    expect(saw).not.toContain("transfer:true")
    expect(run.books.recorder.rows("truths")).toBe(7)
  })

  it("is an event it watches, at the time of the block, and none of its own", async () => {
    const run = await ran(outside(), { seed: 7, set: { watchers: "1" } })
    const { woken, events } = stateOf<{ woken: number[]; events: string[] }>(run, "watchers/0")
    expect(woken).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => day * DAY - 3600))
    expect(events).toEqual(new Array(7).fill("Transfer"))
  })

  it("costs what an identity costs, for each after the first", async () => {
    const run = await ran(outside())
    expect(run.ledger.account("payers/0")?.spent.get("identities")).toBe(14n)
    expect(weekly(run, "spent").at(-1)).toBe(14e-18)
  })

  it("goes on from a saved state, all of it", async () => {
    const whole = (await ran(outside())).end().digests
    const options = await open(outside())
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue(90))
    const state = run.save()
    await options.chain.close()
    const again = await open(outside())
    const resumed = await driveAsync(Run.resume(again, state))
    await driveAsync(resumed.continue())
    expect(resumed.end().digests).toEqual(whole)
    await again.chain.close()
  })

  it("is refused when a script does not ascend from the beginning", () => {
    expect(() => Environment.script([["1 day", 1]], { unit: "USD", source: "T" })).toThrow(
      expect.objectContaining({ reason: "MalformedDeclaration" })
    )
    expect(() => Environment.observed([1, Number.NaN], { unit: "USD", source: "T", every: "1 day" })).toThrow(
      expect.objectContaining({ reason: "MalformedDeclaration" })
    )
  })
})

describe("types", () => {
  it("forbid what only the lab may know", () => {
    Behaviour.make("nosy", {
      needs: {},
      traits: {},
      init: () => ({}),
      wake: () => null,
      *act({ tally }) {
        // @ts-expect-error Truth is for metrics alone
        return tally("payers", () => true)
      },
      settle: ({ state, receipts }) => {
        // @ts-expect-error an Intent that came back has no truth
        void receipts[0]?.intent.truth
        return state
      }
    })
    Behaviour.make("blind", {
      needs: {},
      senses: ["demand"],
      traits: {},
      init: () => ({}),
      wake: () => null,
      *act({ environment }) {
        // @ts-expect-error it senses demand, not supply
        void environment.supply
        return []
      }
    })
    const pool = {} as Contract<"StakeVault">
    // @ts-expect-error an action map names functions of the contract
    expect(() => adapt("IStakingRewards", pool, { tx: { stake: "stakeForr" } })).toThrow()
  })
})
