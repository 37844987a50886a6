import { expect, it } from "vitest"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { rangeBar } from "./RangeBar.ts"

type ParamWords = Manifest["params"][number]

const param = (value: string, range: readonly string[] | null, declared = value): ParamWords => ({
  name: "cost",
  value,
  unit: "numeraire",
  setBy: "default",
  source: "A1",
  domain: null,
  range,
  declared
})
const places = (drawn: ReturnType<typeof rangeBar>): readonly string[] =>
  [...(drawn?.text ?? "").matchAll(/class="(\w+)(?: beyond)?" cx="([\d.]+)"/g)].map(([, kind, at]) => `${kind} ${at}`)

it("places the value along its range: 112 pixels from 8 on", () => {
  expect(places(rangeBar(param("1", ["1", "5"])))).toEqual(["now 8"])
  expect(places(rangeBar(param("2", ["1", "5"])))).toEqual(["now 36"])
  expect(places(rangeBar(param("5", ["1", "5"])))).toEqual(["now 120"])
})

it("places it by ratio where the range is wide: 4 is halfway from 2 to 8 when 16 is the end of 1", () => {
  expect(places(rangeBar(param("4", ["1", "16"])))).toEqual(["now 64"])
  expect(places(rangeBar(param("5", ["0", "10"])))).toEqual(["now 64"])
})

it("shows the default as well where the value is another, and what lies outside", () => {
  const drawn = rangeBar(param("9", ["1", "5"], "3"))
  expect(places(drawn)).toEqual(["then 64", "now 125.6"])
  expect(drawn?.text).toContain('aria-label="cost is 9, outside the range 1 to 5; the default is 3"')
  expect(drawn?.text).toContain("outside </span>")
})

it("draws nothing where there is no range of numbers", () => {
  for (const range of [null, [], ["a", "b"], ["3", "3"], ["5", "1"]]) expect(rangeBar(param("3", range))).toBe(null)
  expect(rangeBar(param("on", ["0", "1"]))).toBe(null)
})
