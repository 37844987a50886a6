import { expect, it } from "vitest"
import { activityOf, type Sent } from "./Activity.ts"

const sent = (fn: string, status: string, population = "honest", error = ""): Sent => ({
  contract: "pool",
  fn,
  status,
  population,
  error,
  gas_used: 10
})

it("counts by function, status and error, most frequent first", () => {
  const { calls, statuses, errors, gas } = activityOf([
    sent("claim", "ok"),
    sent("enter", "ok", "farm"),
    sent("enter", "reverted", "honest", "Late()"),
    sent("enter", "no funds"),
    sent("enter", "reverted", "honest", "Late()")
  ])
  expect(calls.map(({ fn, total, by }) => [fn, total, by])).toEqual([
    ["enter", 4, ["farm", "honest"]],
    ["claim", 1, ["honest"]]
  ])
  expect(calls[0]?.statuses.get("reverted")).toBe(2)
  expect(statuses).toEqual(["ok", "reverted", "no funds"])
  expect(errors).toEqual([["Late()", 2]])
  expect(gas).toBe(50)
})
