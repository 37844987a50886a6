import { expect, it } from "vitest"
import { earningsOf } from "./Earnings.ts"

const agent = (population: string, profit: number) => ({
  population,
  behaviour: "contributor",
  identities: 2,
  received: 10,
  sent: 6,
  gain: 7,
  spent: 3,
  gas: 1,
  capital: 0,
  profit
})
const population = (name: string) => ({ name, behaviour: "contributor", agents: 1, identities: 1, traits: {} })

it("sums a population and spreads the profit of its agents", () => {
  const [honest, empty] = earningsOf(
    [population("honest"), population("empty")],
    [agent("honest", 4), agent("honest", -2), agent("honest", 1), agent("honest", 2)]
  )
  expect(honest).toMatchObject({
    agents: 4,
    identities: 8,
    received: 40,
    sent: 24,
    change: 12,
    spent: 12,
    gas: 4,
    profit: 5
  })
  expect(honest?.each).toEqual({ low: -2, median: 1.5, high: 4 })
  expect(empty).toMatchObject({ agents: 0, profit: 0, each: null })
})

it("keeps what only the table knows", () => {
  expect(earningsOf([], [agent("stray", 1)]).map(({ population }) => population)).toEqual(["stray"])
})
