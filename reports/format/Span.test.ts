import { expect, it } from "vitest"
import { onScale, span, timeScale } from "./Span.ts"

it("says spans in the largest units", () => {
  expect([span(0), span(31_449_600), span(8_035_200), span(3_661)]).toEqual([
    "0 seconds",
    "52 weeks",
    "13 weeks 2 days",
    "1 hour 1 minute 1 second"
  ])
})

it("counts an axis in the largest unit of which there are three", () => {
  expect([31_449_600, 1_814_400, 1_814_399, 20_000, 2].map((horizon) => timeScale(horizon).unit)).toEqual([
    "week",
    "week",
    "day",
    "hour",
    "second"
  ])
  expect(onScale(907_200, timeScale(31_449_600))).toBe(1.5)
})
