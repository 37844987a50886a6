import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import { loadModule } from "../chain/revm/loadModule.ts"
import { RevmChain } from "../chain/revm/RevmChain.ts"
import { type Asking, driveAsync, driveSync, type Step } from "../chain/Step.ts"
import { open, ran } from "./fixtures/harness.ts"
import { pond } from "./fixtures/pond.ts"
import { toText } from "./Plain.ts"
import { Run } from "./Run.ts"
import type { RunOptions } from "./RunOptions.ts"
import { resolve } from "./RunSpec.ts"
import type { RunEnd } from "./RunState.ts"

function* taken<A>(step: Step<A>): Asking<A> {
  return yield* step
}

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)

describe("one run", () => {
  let whole: Run
  let end: RunEnd
  beforeAll(async () => {
    whole = await ran(pond("fifo"))
    end = whole.end()
  })

  it("ends with the same digests when it is done again", async () => {
    const again = await ran(pond("fifo"))
    expect(again.end().digests).toEqual(end.digests)
  })

  it("ends with other digests under another seed", async () => {
    const other = (await ran(pond("fifo"), { seed: 8 })).end().digests
    expect(other.economy).not.toBe(end.digests.economy)
    expect(other.trace).not.toBe(end.digests.trace)
  })

  it("meets reverts and invalid transactions, and records them with their reasons", () => {
    const { status, error, position } = whole.books.recorder.columns("transactions")
    const statuses = new Set(status)
    expect(statuses).toEqual(new Set(["ok", "reverted", "gas-too-low", "no-funds"]))
    for (const [row, value] of (status ?? []).entries()) {
      if (value === "reverted") expect(error?.[row]).toMatch(/AlreadyContributed|NothingToClaim/)
      if (value === "no-funds" || value === "gas-too-low") expect(position?.[row]).toBe(-1)
    }
    expect(end.counts.reverted).toBeGreaterThan(10)
    expect(end.counts.invalid).toBeGreaterThan(3)
  })

  it("settles every intent: outcomes counted by the agents are those recorded", () => {
    const { status, population } = whole.books.recorder.columns("transactions")
    const of = (wanted: (status: unknown) => boolean): number =>
      (status ?? []).filter((value, row) => population?.[row] === "busy" && wanted(value)).length
    expect(end.now["ok"]).toBe(BigInt(of((value) => value === "ok")))
    expect(end.now["invalid"]).toBe(BigInt(of((value) => value !== "ok" && value !== "reverted")))
  })

  it("keeps agents from waking while an intent of theirs waits", () => {
    const { time, agent, block } = whole.books.recorder.columns("transactions")
    const landed = new Map<unknown, number>()
    for (const [row, who] of (agent ?? []).entries()) {
      if (who === "deployer") continue
      const decided = Number(time?.[row])
      const lands = (Math.floor(decided / 3600) + 1) * 3600
      const before = landed.get(who)
      // Intents of one decision share its time.
      if (before !== undefined && before > decided) expect(before).toBe(lands)
      landed.set(who, lands)
      expect(Number(block?.[row]) > 0).toBe(true)
    }
  })

  it("numbers blocks by elapsed time, skipped ones included", () => {
    const { block, time, setup } = whole.books.recorder.columns("blocks")
    const genesis = Math.max(...(block ?? []).filter((_, row) => setup?.[row] === true).map(Number))
    for (const [row, number] of (block ?? []).entries()) {
      if (setup?.[row] === true) continue
      expect(Number(number)).toBe(genesis + Number(time?.[row]) / 3600)
    }
  })

  it("pays gas at the scenario's price: the ledger's wei are what the chain took", async () => {
    const options = await open(pond("fifo"))
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue())
    for (const { data } of run.agents) {
      let left = 0n
      for (const identity of data.identities) left += await driveAsync(taken(options.chain.balance(identity)))
      const given = BigInt(data.identities.length) * 100n * 10n ** 18n
      expect(given - left).toBe(run.ledger.account(data.id)?.gas)
    }
    await options.chain.close()
  })

  it("branches at any block: both branches end with the digests of the uninterrupted run", {
    timeout: 120_000
  }, async () => {
    const last = Number(whole.books.recorder.columns("blocks")["block"]?.at(-1))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 7, max: last - 1 }), async (block) => {
        const options = await open(pond("fifo"))
        const run = await driveAsync(Run.begin(options))
        await driveAsync(run.continue(block))
        const state = run.save()
        const snapshot = await driveAsync(taken(options.chain.snapshot()))
        await driveAsync(run.continue())
        expect(run.end().digests).toEqual(end.digests)
        const branch = await driveAsync(Run.resume(options, state, snapshot))
        await driveAsync(branch.continue())
        expect(branch.end()).toEqual(end)
        await options.chain.close()
      }),
      { numRuns: 6, seed: 5 }
    )
  })

  it("branches at any block on the fast chain, too, and on another one of its kind by replay", {
    timeout: 120_000
  }, async () => {
    const last = Number(whole.books.recorder.columns("blocks")["block"]?.at(-1))
    const fresh = (): RevmChain => RevmChain.open({ hardfork: "osaka", module: loadModule() })
    fc.assert(
      fc.property(fc.integer({ min: 7, max: last - 1 }), fc.boolean(), (block, bounded) => {
        const options: RunOptions = {
          scenario: pond("fifo"),
          resolved: resolve(pond("fifo"), { seed: 7 }),
          chain: fresh(),
          artifacts: (name) => artifacts.get(name),
          journal: bounded ? "checkpoint" : "whole"
        }
        const run = driveSync(Run.begin(options))
        driveSync(run.continue(block))
        const state = run.save()
        const snapshot = driveSync(taken(options.chain.snapshot()))
        driveSync(run.continue())
        expect(run.end().digests).toEqual(end.digests)
        const branch = driveSync(Run.resume(options, state, snapshot))
        driveSync(branch.continue())
        expect(branch.end()).toEqual(end)
        if (bounded) {
          expect(() => driveSync(Run.resume({ ...options, chain: fresh() }, state))).toThrow(
            expect.objectContaining({ _tag: "ChainError", reason: "Audit" })
          )
          return
        }
        const rebuilt = driveSync(Run.resume({ ...options, chain: fresh() }, state))
        driveSync(rebuilt.continue())
        expect(rebuilt.end()).toEqual(end)
        // As an older version saved it: only how often it was audited is not known.
        const { audits: _, ...older } = state
        const old = driveSync(Run.resume({ ...options, chain: fresh() }, older))
        driveSync(old.continue())
        expect(old.end()).toEqual({ ...end, audit: old.end().audit })
      }),
      { numRuns: 12, seed: 6 }
    )
  })

  it("goes on from a saved state in a new process", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "mesocosm-"))
    const options = await open(pond("shuffled"))
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue(200))
    const file = join(folder, "state.json")
    writeFileSync(file, toText(run.save()))
    await driveAsync(run.continue())
    await options.chain.close()
    const script = new URL("fixtures/resume.ts", import.meta.url).pathname
    const printed = execFileSync(process.execPath, [script, file], { encoding: "utf8" })
    expect(JSON.parse(printed)).toEqual(run.end().digests)
    rmSync(folder, { recursive: true })
  })

  it("stops when told to, and says it is not complete", async () => {
    const signal = { aborted: false }
    const options = {
      ...(await open(pond("fifo"))),
      signal,
      onProgress: ({ blocks }: { blocks: number }) => {
        if (blocks > 20) signal.aborted = true
      }
    }
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue())
    const stopped = run.end()
    await options.chain.close()
    expect(stopped.complete).toBe(false)
    expect(stopped.checks.find(({ when }) => when === "finally")?.held).toBeUndefined()
    expect(stopped.counts.blocks).toBeLessThan(end.counts.blocks)
  })
})

describe("the order of a block", () => {
  it("changes the trace, and every order repeats", { timeout: 60_000 }, async () => {
    const traces = new Set<string>()
    for (const order of ["fifo", "fee", "shuffled"] as const) {
      const one = (await ran(pond(order, "1 day"))).end().digests
      const two = (await ran(pond(order, "1 day"))).end().digests
      expect(two).toEqual(one)
      traces.add(one.trace)
    }
    expect(traces.size).toBe(3)
  })
})
