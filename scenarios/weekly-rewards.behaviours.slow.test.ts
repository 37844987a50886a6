/** The agents of weekly-rewards are worth their names: the operator plays well and answers the stake, and the learners learn. */
import { afterAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { execute } from "../sim/experiment/Execute.ts"
import { exploitability } from "../sim/experiment/Exploitability.ts"
import { Pool } from "../sim/experiment/executors/Pool.ts"
import { learning } from "../sim/experiment/Learning.ts"
import type { Track } from "../sim/experiment/Race.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import scenario from "./weekly-rewards.ts"

const root = new URL("..", import.meta.url).pathname
const artifacts = ArtifactStore.open(root)
const pool = new Pool({ chain: "revm", root })
const threads = { pool, file: new URL("weekly-rewards.ts", import.meta.url).href }
const track: Track = { scenario, arm: "baseline", chain: "revm", artifacts, threads }
afterAll(() => pool.close())
const seeds = (from: number, length: number): readonly number[] => Array.from({ length }, (_, at) => from + at)

const DAY = 86_400

/** Of one run: clones in its last week, and the stake in tokens at which §7 says a clone stops paying there. */
async function answerTo(stake: number, seed: number): Promise<{ readonly clones: number; readonly bound: number }> {
  const resolved = resolve(scenario, { seed, set: { stake: String(stake) } })
  const { error, recorder } = await execute({ scenario, resolved, chain: "revm", artifacts })
  if (error !== undefined) throw error
  const { time = [], metric = [], number = [] } = recorder.columns("metrics")
  const samples = (name: string): readonly (readonly [number, number])[] =>
    metric.flatMap((each, row) => (each === name ? [[Number(time[row]), Number(number[row])] as const] : []))
  const [sampledAt, worth] = samples("cloneWorth").at(-1) ?? [0, 0]
  // The operator decides at mid-week, four days before the sample: the price of that day goes with what it reckoned.
  const price = samples("price").find(([at]) => at === sampledAt - 4 * DAY)?.[1] ?? 0
  const perWeek = 0.1 * (7 / 365)
  // domain.md §7, without detection: s · r + c ≥ E[reward per identity]. A clone costs 3 USD a week and below 1 cent of gas.
  return { clones: samples("clones").at(-1)?.[1] ?? 0, bound: (worth - 3) / (price * perWeek) }
}

describe("the operator", () => {
  it("has a regret under 5 % of its profit at the default point", { timeout: 1_800_000 }, async () => {
    const [cloner] = await exploitability(track, seeds(1, 20))
    expect(cloner?.behaviour).toBe("vehicle-cloner")
    expect(cloner?.own.low).toBeGreaterThan(0)
    expect(cloner?.share).toBeLessThan(0.05)
    expect(cloner?.deviations.find(({ deviation }) => deviation === "stays idle")?.gain.high).toBeLessThan(0)
  })

  it.each([7, 8, 9])(
    "runs fewer clones at each higher stake, and none within a grid step of the stake bound (seed %i)",
    { timeout: 600_000 },
    async (seed) => {
      const step = 250_000
      const stakes = seeds(0, 8).map((nth) => nth * step)
      const answers: { readonly clones: number; readonly bound: number }[] = []
      for (const stake of stakes) answers.push(await answerTo(stake, seed))
      const clones = answers.map((answer) => answer.clones)
      const first = clones.indexOf(0)
      expect(first).toBeGreaterThanOrEqual(4)
      for (let at = 1; at <= first; at++) expect(clones[at]).toBeLessThan(clones[at - 1] ?? 0)
      expect(clones.slice(first).every((each) => each === 0)).toBe(true)
      expect(Math.abs((stakes[first] ?? 0) - (answers[first]?.bound ?? 0))).toBeLessThan(step)
    }
  )
})

describe("the learners", () => {
  it("beat no trade and zero intelligence on 50 held-out seeds", { timeout: 7_200_000 }, async () => {
    const learnt = await learning(track, { training: seeds(1_000_001, 20), heldOut: seeds(1, 50) })
    expect(learnt.map(({ behaviour, learns }) => [behaviour, learns])).toEqual([
      ["bandit-trader", true],
      ["q-trader", true]
    ])
    for (const { contests } of learnt) {
      expect(contests.map(({ opponent, effect }) => [opponent, effect.n])).toEqual([
        ["no trade", 50],
        ["zero intelligence", 50]
      ])
    }
  })
})
