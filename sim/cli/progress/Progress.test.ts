/** Progress: which mode fits, what a line says, and how rarely a plain one comes. */
import { describe, expect, it } from "vitest"
import { experimentReporter } from "./ExperimentLine.ts"
import { line, modeFor, place, plain } from "./Progress.ts"

const WEEK = 604_800
const at = (week: number) => ({ time: week * WEEK, horizon: 52 * WEEK, blocks: 100 * week, transactions: 1000 * week })

describe("the mode", () => {
  const mode = (quiet: boolean, terminal: boolean, environment: { readonly [name: string]: string }): string =>
    modeFor({ quiet, terminal, environment })

  it("redraws only before a person", () => {
    expect(mode(false, true, {})).toBe("redrawn")
    expect(mode(false, true, { CI: "false" })).toBe("redrawn")
    expect(mode(false, true, { CI: "true" })).toBe("plain")
    expect(mode(false, true, { TERM: "dumb" })).toBe("plain")
    expect(mode(false, false, {})).toBe("plain")
    expect(mode(true, true, {})).toBe("none")
  })
})

describe("a line", () => {
  it("says where the run is, how fast, and what is left", () => {
    // A quarter of the run in 10 s leaves 30 s.
    expect(line(at(13), 10, 0)).toBe("25 %  week 14 of 52: 1,300 blocks, 13,000 transactions, 1,300/s, 30 s left")
  })

  it("draws a bar where there is room, and never exceeds the width", () => {
    for (let width = 20; width < 200; width += 7) expect(line(at(26), 10, width).length).toBeLessThan(width)
    expect(line(at(26), 10, 160)).toMatch(/^█{12}░{12} /)
  })

  it("counts the simulated time in the unit of the horizon", () => {
    expect([place(0, 52 * WEEK), place(52 * WEEK, 52 * WEEK)]).toEqual(["week 1 of 52", "week 52 of 52"])
    expect(place(90_000, 259_200)).toBe("day 2 of 3")
    expect(place(3_600, 7_200)).toBe("hour 2 of 2")
  })
})

describe("plain lines of an experiment", () => {
  it("come at the start, and then no more often than every quarter of a minute", () => {
    const lines: string[] = []
    let now = 0
    // What a log file is to it: a stream that is no terminal.
    const log = { isTTY: false, write: (text: string) => lines.push(text) > 0 } as unknown as NodeJS.WriteStream
    const { update } = experimentReporter(false, log, () => now)
    for (const [at, here] of [
      [100, 0],
      [5000, 1],
      [14_000, 2],
      [15_200, 3],
      [29_000, 4],
      [31_000, 5]
    ] as const) {
      now = at
      update({ phase: "runs", says: "the points", done: here, planned: 10, here, failed: 0 })
    }
    expect(lines.map((text) => text.trim().replace(/, \d+ s left/, ""))).toEqual([
      "0 %  0 of 10 runs: the points",
      "30 %  3 of 10 runs: the points",
      "50 %  5 of 10 runs: the points"
    ])
  })
})

describe("plain lines", () => {
  const said = (ofWeek: (week: number) => number): readonly string[] => {
    const lines: string[] = []
    let now = 0
    const update = plain(
      0,
      () => now,
      (each) => lines.push(each)
    )
    for (let week = 0; week <= 52; week++) {
      now = ofWeek(week)
      update(at(week))
    }
    return lines
  }

  it("come after a quarter of a minute, then once per tenth of a long run", () => {
    expect(said((week) => 10_000 + week * 1000).map((each) => each.slice(0, 4))).toEqual([
      "9 % ",
      "11 %",
      "21 %",
      "30 %",
      "40 %",
      "50 %",
      "61 %",
      "71 %",
      "80 %",
      "90 %",
      "100 "
    ])
  })

  it("come every quarter of a minute of a slow one", () => {
    expect(said((week) => 10_000 + week * 15_000).length).toBeGreaterThanOrEqual(52)
  })

  it("do not come for a run that is over at once", () => {
    expect(said((week) => week * 50)).toEqual([])
  })
})
