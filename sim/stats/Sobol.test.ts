/** Sobol' indices: SALib's on the same outputs, and the known ones of Ishigami's function. */
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import { first, ishigami, total } from "./fixtures/Ishigami.ts"
import fixture from "./fixtures/sensitivity.json" with { type: "json" }
import { saltelliDesign, sobolIndices, variesEnough } from "./Sobol.ts"

const stream = (): Stream => Stream.open("sobol/bootstrap")

describe("Sobol' indices", () => {
  it("are SALib's on the same outputs", () => {
    const indices = sobolIndices(fixture.sobol.outputs, { dimensions: 3, stream: stream(), replicates: 10 })
    for (const [k, index] of indices.entries()) {
      expect(index.first).toBeCloseTo(fixture.sobol.first[k] as number, 12)
      expect(index.total).toBeCloseTo(fixture.sobol.total[k] as number, 12)
    }
  })

  it("of Ishigami's function hold the known ones within their intervals, which are narrow", () => {
    const design = saltelliDesign({ dimensions: 3, base: 4096, shift: Stream.open("sobol/design") })
    const indices = sobolIndices(design.map(ishigami), { dimensions: 3, stream: stream(), replicates: 400 })
    for (const [k, index] of indices.entries()) {
      expect(index.firstInterval.low).toBeLessThanOrEqual(first[k] as number)
      expect(index.firstInterval.high).toBeGreaterThanOrEqual(first[k] as number)
      expect(index.totalInterval.low).toBeLessThanOrEqual(total[k] as number)
      expect(index.totalInterval.high).toBeGreaterThanOrEqual(total[k] as number)
      expect(Math.abs(index.first - (first[k] as number))).toBeLessThan(0.02)
      expect(Math.abs(index.total - (total[k] as number))).toBeLessThan(0.02)
      expect(index.firstInterval.high - index.firstInterval.low).toBeLessThan(0.12)
      expect(index.totalInterval.high - index.totalInterval.low).toBeLessThan(0.12)
    }
  })

  it("cross-sample: A, then A with one coordinate of B at a time, then B; and more base points go on", () => {
    const design = saltelliDesign({ dimensions: 2, base: 4, shift: Stream.open("sobol/design") })
    expect(design).toHaveLength(16)
    const [a, first, second, b] = design as [number[], number[], number[], number[]]
    expect(first).toEqual([b[0], a[1]])
    expect(second).toEqual([a[0], b[1]])
    const longer = saltelliDesign({ dimensions: 2, base: 8, shift: Stream.open("sobol/design") })
    expect(longer.slice(0, 16)).toEqual(design)
    // Without a shift the origin is left out.
    expect(saltelliDesign({ dimensions: 2, base: 4 }).every((row) => row.some((value) => value !== 0))).toBe(true)
  })

  it("know that outputs which vary at crossed rows alone have none, whatever their size", () => {
    for (const size of [1, 0.1, 1e9, 1e-9]) {
      const rare = Array.from({ length: 20 }, (_, row) => (row === 5 ? 1.3 * size : size))
      expect(variesEnough(rare, 2)).toBe(false)
      expect(() => sobolIndices(rare, { dimensions: 2, stream: stream() })).toThrow(RangeError)
      const common = Array.from({ length: 20 }, (_, row) => (row === 4 ? 1.3 * size : size))
      expect(variesEnough(common, 2)).toBe(true)
    }
    const rounding = Array.from({ length: 20 }, (_, row) => (row % 2 === 0 ? 0.3 : 0.1 + 0.2))
    expect(variesEnough(rounding, 2)).toBe(false)
  })

  it("refuses what says nothing", () => {
    expect(() => sobolIndices([1, 2, 3], { dimensions: 3, stream: stream() })).toThrow(RangeError)
    expect(() => sobolIndices(new Array<number>(10).fill(2), { dimensions: 3, stream: stream() })).toThrow(RangeError)
    expect(() => saltelliDesign({ dimensions: 21, base: 2 })).toThrow(RangeError)
  })
})
