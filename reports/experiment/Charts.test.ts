/** Charts over a Param that is a duration: its values are numbers in a unit that the axis names. */
import { describe, expect, it } from "vitest"
import type { AxisWords } from "../../sim/store/ExperimentManifest.ts"
import { LIGHT } from "../charts/Theme.ts"
import { assumptionMaps, surfaces } from "./Charts.ts"
import { coordinatesOf } from "./Coordinates.ts"
import type { ExperimentFacts } from "./Facts.ts"
import type { Figure } from "./Marks.ts"

const wait: AxisWords = { param: "wait", unit: "duration", ends: ["1 day", "1 week"], scale: "linear" }
const summary = (mean: number) => ({ mean, low: mean - 1, high: mean + 1, n: 4 })

/** What the charts read of an experiment that varied `wait`. */
const facts = (axes: readonly AxisWords[], sets: readonly { readonly [param: string]: string }[]): ExperimentFacts =>
  ({
    style: () => ({ unit: "count", numeraire: "", share: false }),
    manifest: { design: { axes, arms: ["baseline"] } },
    analysis: {
      metrics: [{ name: "k", judged: true }],
      sweep: sets.map((set, point) => ({
        point,
        set,
        arms: [{ arm: "baseline", metrics: { k: summary(point) } }],
        comparisons: []
      })),
      assumptions: {
        axes,
        effects: sets.map((set) => ({ set, of: "assumption", arms: { a: { k: { effect: 1, error: 0.1, n: 4 } } } })),
        claims: [
          {
            arm: "a",
            metric: "k",
            says: "a raises k",
            than: 0,
            flip: { name: "wait", clear: true, written: { low: "36 hours", at: "2 days", high: "3 days" } }
          }
        ]
      }
    }
    // No more of it is read.
  }) as unknown as ExperimentFacts

/** The specification of a chart, as text. */
const drawn = (figure: Figure | undefined): string =>
  JSON.stringify(figure?.drawable.spec({ width: 500, height: 200, titled: true, interactive: false }, LIGHT.palette))

const named = (words: readonly string[]): string => words.join("-")

describe("charts over a duration", () => {
  const sets = ["1 day", "36 hours", "1 week"].map((value) => ({ wait: value }))

  it("of a sweep have its values in days", () => {
    const [figure] = surfaces(facts([wait], sets), named)
    const spec = drawn(figure)
    expect(spec).toContain('"x":1.5')
    expect(spec).toContain("wait, days")
    expect(spec).not.toContain('"x":null')
    // In the legend a stretch of the line, not a point of ten times the size.
    expect(spec.match(/"legend":\{"symbolType":"stroke"/g)?.length).toBe(3)
    expect(figure?.table.rows.map(([value]) => value)).toEqual(["1 day", "36 hours", "1 week"])
  })

  it("of a sweep have zero, and where the mean passes it, with its interval where that is closed", () => {
    const found = facts([wait], sets)
    const crossing = { metric: "k", arm: "baseline", against: null, at: "2 days", low: "36 hours", high: "3 days" }
    const crossed = (crossings: readonly object[]) =>
      drawn(surfaces({ ...found, analysis: { ...found.analysis, crossings } } as never, named)[0])
    expect(crossed([crossing])).toContain('{"from":1.5,"to":3}')
    for (const mark of ['{"at":2}', '{"at":0}']) expect(crossed([crossing])).toContain(mark)
    expect(crossed([{ ...crossing, high: null }])).toContain('{"at":2}')
    expect(crossed([{ ...crossing, high: null }])).not.toContain('"from"')
    const elsewhere = [
      { ...crossing, metric: "j" },
      { ...crossing, against: "a" },
      { ...crossing, at: null }
    ]
    expect(crossed(elsewhere)).not.toContain('{"at":')
  })

  it("of a sweep over two Params have a cell per value, as it is written", () => {
    const stake: AxisWords = { param: "stake", unit: "tokens", ends: ["0", "5"], scale: "linear" }
    const both = sets.flatMap((set) => [
      { ...set, stake: "0" },
      { ...set, stake: "5" }
    ])
    const [figure] = surfaces(facts([wait, stake], both), named)
    const spec = drawn(figure)
    expect(spec).toContain('"x":"36 hours"')
  })

  it("of assumptions have the points, the flip and its interval in days", () => {
    const [figure] = assumptionMaps(facts([wait], sets), named)
    const spec = drawn(figure)
    expect(spec).toContain('{"from":1.5,"to":3}')
    expect(spec).toContain('{"at":2}')
    expect(spec).toContain('"x":7')
    expect(spec).not.toMatch(/null,"of"|NaN/)
    expect(figure?.table.rows[1]?.[0]).toBe("36 hours")
  })

  it("are in the largest unit of which there are two", () => {
    const title = (...written: readonly string[]) => coordinatesOf(wait, written).title
    expect([title("30 seconds"), title("90 minutes"), title("1 day"), title("14 days"), title("2 years")]).toEqual([
      "wait, seconds",
      "wait, minutes",
      "wait, hours",
      "wait, weeks",
      "wait, years"
    ])
    expect(coordinatesOf({ ...wait, unit: "tokens" }, ["5"])).toMatchObject({ title: "wait, tokens" })
    // A ratio has no unit to name.
    expect(coordinatesOf({ ...wait, unit: "ratio" }, ["0.5"])).toMatchObject({ title: "wait" })
    expect(coordinatesOf(wait, ["5 days"]).at("soon")).toBe(null)
  })
})
