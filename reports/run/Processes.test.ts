import { expect, it } from "vitest"
import { processesOf } from "./Processes.ts"

it("gives each process its values in order of time, and keeps what has no words", () => {
  const words = [{ name: "demand", unit: "USD", says: "what buyers spend", source: "A1" }]
  const rows = [
    { process: "rain", time: 0, value: 0.5 },
    { process: "demand", time: 9, value: 2 },
    { process: "demand", time: 0, value: 1 }
  ]
  expect(processesOf(words, rows)).toEqual([
    {
      ...words[0],
      series: [
        { time: 0, value: "1", number: 1 },
        { time: 9, value: "2", number: 2 }
      ]
    },
    { name: "rain", unit: "", says: "", source: "", series: [{ time: 0, value: "0.5", number: 0.5 }] }
  ])
})
