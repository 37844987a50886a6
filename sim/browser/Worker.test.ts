import { readFileSync } from "node:fs"
import { MessageChannel, type MessagePort } from "node:worker_threads"
import { afterEach, describe, expect, it } from "vitest"
import openPool from "../../scenarios/open-pool.ts"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import { loadModule, WASM } from "../chain/revm/loadModule.ts"
import { execute } from "../experiment/Execute.ts"
import { resolve } from "../run/RunSpec.ts"
import { neededArtifacts } from "./Needed.ts"
import type { Carried, FromWorker, ToWorker } from "./Protocol.ts"
import { type Port, serveRuns } from "./Worker.ts"

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)
const carried = neededArtifacts(openPool, { module: loadModule(), artifacts: (name) => artifacts.get(name) })
const small = { honest: "10", weekly: "100" }
const wasm = new Uint8Array(readFileSync(WASM))

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

/** A worker's side in this thread, and what it has said so far. */
function serve(begin: { readonly wasm?: Uint8Array; readonly artifacts?: Carried } | undefined) {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  const heard: FromWorker[] = []
  let arrived = (): void => {}
  port1.on("message", (message: FromWorker) => {
    heard.push(message)
    arrived()
  })
  // A MessagePort of Node's is one of a page's, under other types.
  serveRuns(openPool, port2 as unknown as Port)
  const say = (message: ToWorker): void => port1.postMessage(message)
  if (begin !== undefined) say({ type: "begin", wasm: begin.wasm ?? wasm, artifacts: begin.artifacts ?? carried })
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) {
      await new Promise<void>((resume) => {
        arrived = resume
      })
    }
  }
  const endOf = async (id: number): Promise<FromWorker> => {
    const isEnd = (message: FromWorker): boolean => message.type !== "progress" && message.id === id
    await until(() => heard.some(isEnd))
    return heard.find(isEnd) as FromWorker
  }
  return { heard, say, until, endOf }
}

describe("a page's worker", () => {
  it("makes the runs that `mesocosm run` makes: same spec, same digests, same samples", async () => {
    const { heard, say, endOf } = serve({})
    say({ type: "run", id: 4, arm: "sybil-with-stake", seed: 11, set: small })
    const { manifest, recorder } = await execute({
      scenario: openPool,
      resolved: resolve(openPool, { arm: "sybil-with-stake", seed: 11, set: small }),
      chain: "revm",
      artifacts
    })
    expect(await endOf(4)).toMatchObject({
      type: "done",
      specHash: manifest.specHash,
      params: manifest.spec.params,
      digests: manifest.digest,
      checks: manifest.checks,
      transactions: manifest.counts.transactions,
      blocks: manifest.counts.blocks
    })
    const told = heard.flatMap((message) => (message.type === "progress" ? message.samples : []))
    const { metric, time, value, number } = recorder.columns("metrics")
    expect(told.map((each) => each.metric)).toEqual(metric)
    expect(told.map((each) => each.time)).toEqual(time)
    expect(told.map((each) => each.value)).toEqual(value)
    expect(told.map((each) => each.number)).toEqual(number)
    expect(told.length).toBeGreaterThan(300)
  })

  it("makes them one after another, in the order in which they were asked for", async () => {
    const { heard, say, endOf } = serve({})
    for (const id of [1, 2, 3]) say({ type: "run", id, arm: "honest", seed: id, set: small })
    await endOf(3)
    const ids = heard.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    const digests = heard.flatMap((message) => (message.type === "done" ? [message.digests.trace] : []))
    expect(new Set(digests).size).toBe(3)
  })

  it("stops the run at hand, drops those that wait, and goes on with the next", async () => {
    const { heard, say, until, endOf } = serve({})
    say({ type: "run", id: 1, arm: "baseline", seed: 7, set: {} })
    say({ type: "run", id: 2, arm: "baseline", seed: 8, set: {} })
    await until(() => heard.some(({ type }) => type === "progress"))
    say({ type: "stop" })
    expect(await endOf(1)).toEqual({ type: "stopped", id: 1 })
    expect(await endOf(2)).toEqual({ type: "stopped", id: 2 })
    say({ type: "run", id: 3, arm: "honest", seed: 7, set: small })
    expect((await endOf(3)).type).toBe("done")
  })

  it("says what goes wrong in words, with a fix, and goes on", async () => {
    const { say, endOf } = serve({})
    say({ type: "run", id: 1, arm: "basline", seed: 7, set: {} })
    say({ type: "run", id: 2, arm: "baseline", seed: 7, set: { honest: "many" } })
    say({ type: "run", id: 3, arm: "baseline", seed: -1, set: {} })
    say({ type: "run", id: 4, arm: "honest", seed: 7, set: small })
    const reasons = []
    for (const id of [1, 2, 3]) {
      const end = await endOf(id)
      if (end.type !== "failed") throw new Error(`run ${id} did not fail`)
      expect(end.error.tag).toBe("ScenarioError")
      expect(end.error.fix).not.toBe("")
      reasons.push(end.error.reason)
    }
    expect(reasons).toEqual(["UnknownArm", "WrongUnit", "MalformedSeed"])
    expect((await endOf(4)).type).toBe("done")
  })

  it("names the contract that a page does not carry", async () => {
    const { RewardPool: _, ...others } = carried
    const { say, endOf } = serve({ artifacts: others })
    say({ type: "run", id: 1, arm: "baseline", seed: 7, set: small })
    expect(await endOf(1)).toMatchObject({
      type: "failed",
      error: {
        tag: "ScenarioError",
        reason: "UnknownContract",
        message: "this page does not carry the contract RewardPool"
      }
    })
  })

  it("says when there is no chain to run on", async () => {
    const broken = serve({ wasm: new Uint8Array([0, 1, 2]) })
    await broken.until(() => broken.heard.length > 0)
    expect(broken.heard[0]).toMatchObject({ type: "failed", error: { reason: "CompileError" } })
    expect(broken.heard[0]).not.toHaveProperty("id")
    const early = serve(undefined)
    early.say({ type: "run", id: 9, arm: "baseline", seed: 7, set: {} })
    expect(await early.endOf(9)).toMatchObject({ type: "failed", error: { tag: "Bug" } })
  })
})
