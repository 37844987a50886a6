/** Arms against the first, judged together. */
import { describe, expect, it } from "vitest"
import type { Hex } from "../../chain/Contracts.ts"
import { Draw } from "../../kernel/Draw.ts"
import { Stream } from "../../kernel/Stream.ts"
import type { MetricWords } from "../../store/Analysis.ts"
import type { Design } from "../../store/ExperimentManifest.ts"
import { hashOf, manifestOf } from "../../store/fixtures/records.ts"
import { compareAt, look } from "./Comparison.ts"
import { Values } from "./Values.ts"

const matters = { by: 0.01, better: "lower" as const }
const metrics: readonly MetricWords[] = [{ name: "k", unit: "ratio", says: null, over: "last", matters, judged: true }]

/** So many arms on so many seeds, whose values are all drawn alike. */
function without(effect: { readonly arms: number; readonly seeds: number; readonly draw: Draw }): {
  readonly values: Values
  readonly design: Design
} {
  const arms = ["baseline", ...Array.from({ length: effect.arms }, (_, nth) => `arm${nth}`)]
  const drawn = new Map<Hex, number>()
  const rows = Array.from({ length: effect.seeds }, (_, nth) => nth + 1).flatMap((seed) =>
    arms.map((arm) => {
      const hash = hashOf(drawn.size)
      drawn.set(hash, effect.draw.normal({ mean: 5, sd: 1 }))
      return { index: drawn.size, round: 0, point: 0, arm, seed, hash }
    })
  )
  const values = new Values(rows, (hash) => ({
    hash,
    status: "complete",
    values: { k: drawn.get(hash) ?? null },
    economy: hash,
    trace: hash,
    failedChecks: []
  }))
  return { values, design: { ...manifestOf().design, arms } }
}

describe("arms that are compared with one", () => {
  it("are judged together: eight of them without an effect give no more false alarms than one", () => {
    const draw = new Draw(Stream.open("arms"))
    const rounds = 200
    let alarms = 0
    for (let round = 0; round < rounds; round++) {
      const { values, design } = without({ arms: 8, seeds: 20, draw })
      const compared = compareAt(values, metrics, { design, root: hashOf(round), stopped: null, point: 0 })
      expect(compared.map(({ kpis }) => kpis.map(({ name }) => name))).toEqual(new Array(8).fill(["k"]))
      if (compared.some(({ kpis }) => kpis.some(({ verdict }) => verdict === "better" || verdict === "worse"))) alarms++
    }
    // 5 % of 200, and four standard errors more; each arm by itself gave 27 %.
    expect(alarms).toBeLessThanOrEqual(10 + 4 * Math.sqrt(rounds * 0.05 * 0.95))
  })

  it("are looked at together when seeds are added, and judged in the end at the levels of that look", () => {
    const { values, design: bare } = without({ arms: 4, seeds: 10, draw: new Draw(Stream.open("look")) })
    const design = { ...bare, until: { maxSeeds: 30 } }
    const asked = { design, root: hashOf(1), point: 0 }
    const looked = look(values, metrics, { ...asked, at: 0 })
    const divisors = looked?.judgements.map(({ divisor }) => divisor) ?? []
    expect(Math.max(...divisors)).toBe(4)
    const stopped = { looks: [10], stoppedAt: 10, decided: false }
    const compared = compareAt(values, metrics, { ...asked, stopped })
    expect(compared.flatMap(({ kpis }) => kpis.map(({ divisor, effect }) => [divisor, effect.level]))).toEqual(
      looked?.judgements.map(({ divisor, effect }) => [divisor, effect.level])
    )
  })
})
