import { availableParallelism } from "node:os"
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { resolve } from "../../run/RunSpec.ts"
import { execute } from "../Execute.ts"
import deadly from "../fixtures/deadly.ts"
import type { Job } from "./Job.ts"
import { type JobEnd, runJobs } from "./Workers.ts"

const root = new URL("../../..", import.meta.url).pathname
const scenario = new URL("../fixtures/deadly.ts", import.meta.url).href
const job = (seed: number): Job => ({ scenario, arm: "baseline", seed, set: {} })

describe("runs on worker threads", { timeout: 60_000 }, () => {
  it("come by index with the digests they have alone, on any number of threads", async () => {
    const seeds = [11, 12, 13, 14, 15, 16]
    const alone: string[] = []
    for (const seed of seeds) {
      const { manifest } = await execute({
        scenario: deadly,
        resolved: resolve(deadly, { seed }),
        chain: "revm",
        artifacts: ArtifactStore.open(root)
      })
      alone.push(manifest.digest.trace)
    }
    expect(new Set(alone).size).toBe(seeds.length)
    for (const workers of [1, 3]) {
      const told: number[] = []
      const ends = await runJobs(seeds.map(job), {
        chain: "revm",
        root,
        workers,
        onEnd: ({ index }) => void told.push(index)
      })
      expect(ends.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
      expect(ends.map(({ manifest }) => manifest?.digest.trace)).toEqual(alone)
      expect([...told].sort()).toEqual([0, 1, 2, 3, 4, 5])
    }
    expect(availableParallelism()).toBeGreaterThan(0)
  })

  it("fail alone: a thread that dies takes its run with it, and no other", async () => {
    const jobs = [job(1), { ...job(2), set: { deadly: "1" } }, job(3), job(4)]
    const ends = await runJobs(jobs, { chain: "revm", root, workers: 2 })
    expect(ends.map(({ manifest }) => manifest?.status)).toEqual(["complete", undefined, "complete", "complete"])
    const lost = ends[1] as JobEnd
    expect(lost.job.seed).toBe(2)
    expect(lost.error).toMatchObject({
      tag: "ChainError",
      reason: "Connection",
      message: expect.stringContaining("seed 2")
    })
  })

  it("end their batch when one is killed in its middle; its run is reported with its seed, and alone gives its digests", async () => {
    const preload = new URL("../fixtures/dies.ts", import.meta.url).href
    const ends = await runJobs([11, 12, 13, 14].map(job), { chain: "revm", root, workers: 2, preload })
    expect(ends.map(({ manifest }) => manifest?.status)).toEqual(["complete", undefined, "complete", "complete"])
    expect(ends[1]).toMatchObject({
      job: { seed: 12 },
      error: { tag: "ChainError", reason: "Connection", message: expect.stringContaining("seed 12") }
    })
    const [again] = await runJobs([job(12)], { chain: "revm", root, workers: 1 })
    const { manifest } = await execute({
      scenario: deadly,
      resolved: resolve(deadly, { seed: 12 }),
      chain: "revm",
      artifacts: ArtifactStore.open(root)
    })
    expect(again?.manifest?.status).toBe("complete")
    expect(again?.manifest?.digest).toEqual(manifest.digest)
  })

  it("report what a run failed of, and what could not begin", async () => {
    const [failed, absent] = await runJobs(
      [
        { ...job(5), set: { weeks: "x" } },
        { ...job(1), scenario: `${scenario}x` }
      ],
      { chain: "revm", root, workers: 1 }
    )
    expect(failed?.error).toMatchObject({ tag: "ScenarioError", reason: "UnknownParam" })
    expect(absent?.error).toBeDefined()
    expect(absent?.manifest).toBeUndefined()
  })

  it("begin no more once told to stop", async () => {
    const abort = new AbortController()
    const ends = await runJobs([1, 3, 4, 5].map(job), {
      chain: "revm",
      root,
      workers: 1,
      signal: abort.signal,
      onEnd: () => abort.abort()
    })
    expect(ends.length).toBe(1)
  })
})
