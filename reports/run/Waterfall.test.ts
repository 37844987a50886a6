import fc from "fast-check"
import { expect, it } from "vitest"
import { steps } from "./Waterfall.ts"

const sums = { received: 100, sent: 40, gas: 1, spent: 20, capital: 5, change: -4, profit: 30 }

it("goes from what was received to the profit in seven steps", () => {
  expect(steps(sums).map(({ label, amount, from, to }) => [label, amount, from, to])).toEqual([
    ["Received", 100, 0, 100],
    ["Sent", -40, 100, 60],
    ["Gas", -1, 60, 59],
    ["Spent", -20, 59, 39],
    ["Capital", -5, 39, 34],
    ["Change in value", -4, 34, 30],
    ["Profit", 30, 0, 30]
  ])
})

it("has no gap between steps, and ends at the profit when the sums agree", () => {
  const money = fc.integer({ min: 0, max: 1_000_000 })
  fc.assert(
    fc.property(money, money, money, money, money, fc.integer(), (received, sent, gas, spent, capital, change) => {
      const profit = received - sent - gas - spent - capital + change
      const walk = steps({ received, sent, gas, spent, capital, change, profit })
      expect(walk.every(({ from }, index) => index === 6 || from === (walk[index - 1]?.to ?? 0))).toBe(true)
      expect(walk[5]?.to).toBe(walk[6]?.to)
    })
  )
})
