import { describe, expect, it } from "vitest"
import { exploitability } from "../Exploitability.ts"
import mine from "../fixtures/mine.ts"
import { seedsFrom, trackOf } from "../fixtures/track.ts"
import { learning } from "../Learning.ts"
import { Interrupted, race, type Track } from "../Race.ts"
import type { Job } from "./Job.ts"
import { Pool } from "./Pool.ts"

const root = new URL("../../..", import.meta.url).pathname
const file = (name: string): string => new URL(`../fixtures/${name}.ts`, import.meta.url).href
const deadly = (seed: number, dies = false): Job => ({
  scenario: file("deadly"),
  arm: "baseline",
  seed,
  set: dies ? { deadly: "1" } : {}
})
const digger = { population: "diggers", place: 0 }

async function checked(track: Track): Promise<unknown> {
  const design = { training: seedsFrom(100, 3), heldOut: seedsFrom(1, 4), checkpointEvery: 1 }
  return Promise.all([learning(track, design), exploitability(track, seedsFrom(1, 4))])
}

describe("a pool of threads", { timeout: 60_000 }, () => {
  it("gives behaviour checks the same results on any number of threads as in this process", async () => {
    const here = trackOf(mine)
    const expected = {
      learning: await learning(here, { training: seedsFrom(100, 3), heldOut: seedsFrom(1, 4), checkpointEvery: 1 }),
      exploitability: await exploitability(here, seedsFrom(1, 4))
    }
    for (const workers of [1, 3]) {
      const pool = new Pool({ chain: "revm", root, workers })
      try {
        const [learnt, strategic] = (await checked({
          ...here,
          threads: { pool, file: file("mine") }
        })) as readonly unknown[]
        expect({ learning: learnt, exploitability: strategic }).toEqual(expected)
      } finally {
        await pool.close()
      }
    }
  })

  it("audits one run of each kind on the other chain", async () => {
    const pool = new Pool({ chain: "revm", root, workers: 2 })
    const audited: string[] = []
    try {
      const track = {
        ...trackOf(mine),
        threads: { pool, file: file("mine") },
        onAudited: (says: string) => audited.push(says)
      }
      await checked(track)
    } finally {
      await pool.close()
    }
    const kinds = audited.map((says) => says.replace(/,? (seed|episode) .*$/, "")).sort()
    expect(kinds).toEqual([
      "apprentices: after 1 episodes",
      "apprentices: after 2 episodes",
      "apprentices: chance",
      "apprentices: no work",
      "apprentices: training",
      "apprentices: what it learnt",
      "as declared",
      "diggers: digs harder",
      "diggers: digs too hard",
      "diggers: rests"
    ])
  })

  it("throws what a run threw, with its tag, reason and offending value", async () => {
    const pool = new Pool({ chain: "revm", root, workers: 2 })
    const track = { ...trackOf(mine), threads: { pool, file: file("mine") } }
    const variant = { subject: digger, different: { traits: { strength: 4 } } }
    await expect(race(track, { kind: "", variant, subjects: [digger] }, { seed: 1 })).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "MalformedDeclaration",
      offending: { name: "trait", value: "strength" }
    })
    await pool.close()
    await expect(race(track, { kind: "", subjects: [digger] }, { seed: 1 })).rejects.toBeInstanceOf(Interrupted)
  })

  it("lives on when a thread dies: only its own job fails", async () => {
    const pool = new Pool({ chain: "revm", root, workers: 1 })
    const answers = await Promise.all([pool.run(deadly(1)), pool.run(deadly(2, true)), pool.run(deadly(3))])
    await pool.close()
    expect(answers.map((answer) => answer?.manifest?.status)).toEqual(["complete", undefined, "complete"])
    expect(answers[1]?.error).toMatchObject({ tag: "ChainError", reason: "Connection" })
  })

  it("does first what others wait for, and nothing once it is stopped", async () => {
    const abort = new AbortController()
    const pool = new Pool({ chain: "revm", root, workers: 1, signal: abort.signal })
    const begun: number[] = []
    const run = (seed: number, first = false): Promise<unknown> =>
      pool.run(deadly(seed), { first, onBegin: () => begun.push(seed) })
    const answers = Promise.all([
      run(1),
      run(3),
      run(4, true).then((answer) => {
        abort.abort()
        return answer
      })
    ])
    const [one, three, four] = await answers
    await pool.close()
    expect(begun.slice(0, 2)).toEqual([1, 4])
    expect([one, four].every((answer) => answer !== undefined)).toBe(true)
    expect(three).toBeUndefined()
  })
})
