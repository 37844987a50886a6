/** A call that runs out of its gas is told from one that a contract refuses, on both chains and after going on from a state. */
import { describe, expect, it } from "vitest"
import { loadModule } from "../chain/revm/loadModule.ts"
import { RevmChain } from "../chain/revm/RevmChain.ts"
import { type Asking, driveAsync, type Step } from "../chain/Step.ts"
import { open, ran } from "./fixtures/harness.ts"
import { thrift } from "./fixtures/thrift.ts"
import { outOfGasOver, Reverts, ranOutOfGas } from "./Reverts.ts"
import { Run } from "./Run.ts"

function* taken<A>(step: Step<A>): Asking<A> {
  return yield* step
}

// Of 40 claims, those with less gas than the 136,000 or so that a claim takes; 11 more find nothing to claim.
const REVERTS = [
  { contract: "token", fn: "transfer", times: 11, outOfGas: 11, limits: [23_000, 24_000] },
  { contract: "pool", fn: "claim", times: 47, outOfGas: 36, limits: [30_000, 135_000] }
]

describe("the reverts of a run", () => {
  it("are counted by function, those for want of gas with their limits", async () => {
    const run = await ran(thrift(200_000))
    const end = run.end()
    expect(end.reverts).toEqual(REVERTS)
    expect(end.counts.reverted).toBe(58)
    // Every revert without a reason was one for want of gas: in the pool itself, or in the token that it calls.
    const { error = [], gas_limit: limit = [], gas_used: used = [] } = run.books.recorder.columns("transactions")
    const silent = error.flatMap((text, row) => (text === "reverted without a reason" ? [row] : []))
    expect(silent).toHaveLength(11 + 36)
    expect(silent.filter((row) => used[row] !== limit[row]).length).toBeGreaterThan(10)
  })

  it("are the same on the other chain", async () => {
    const chain = await RevmChain.open({ hardfork: "osaka", module: loadModule() })
    const run = await driveAsync(Run.begin(await open(thrift(200_000), { seed: 7 }, chain)))
    await driveAsync(run.continue())
    expect(run.end().reverts).toEqual(REVERTS)
    await chain.close()
  })

  it("go by the scenario's limit where an Intent names none", async () => {
    const { reverts } = (await ran(thrift(40_000))).end()
    expect(reverts[0]).toEqual({ contract: "token", fn: "transfer", times: 22, outOfGas: 22, limits: [23_000, 40_000] })
  })

  it("are forestalled where the limit cannot be meant: the run does not begin", async () => {
    const refused = { _tag: "ScenarioError", offending: { name: "gas.limit", value: "15000000n" } }
    await expect(ran(thrift(15_000_000n as never))).rejects.toMatchObject(refused)
  })

  it("are kept by a run that goes on from its state", async () => {
    const options = await open(thrift(200_000))
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue(100))
    const state = run.save()
    expect(state.books.reverts?.[0]?.outOfGas).toBe(3)
    const snapshot = await driveAsync(taken(options.chain.snapshot()))
    const again = await driveAsync(Run.resume(options, state, snapshot))
    await driveAsync(again.continue())
    expect(again.end().reverts).toEqual(REVERTS)
    await options.chain.close()
  })
})

describe("whether a receipt says out of gas", () => {
  const failed = (gasUsed: number, error = "") => ({ ok: false, error, gasUsed })

  it("asks for a failure without a word that used the limit up", () => {
    expect(ranOutOfGas(failed(1_000_000), 1_000_000)).toBe(true)
    expect(ranOutOfGas(failed(1_000_000, "Refused"), 1_000_000)).toBe(false)
    expect(ranOutOfGas({ ...failed(1_000_000), ok: true }, 1_000_000)).toBe(false)
    expect(ranOutOfGas(failed(25_000), 1_000_000)).toBe(false)
  })

  // EIP-150: a call is given all but a 64th, so two deep leave at most 1 - (63/64)² of the limit.
  it("sees one that ran out two calls deep", () => {
    expect(ranOutOfGas(failed(Math.ceil(1_000_000 * (63 / 64) * (63 / 64))), 1_000_000)).toBe(true)
    expect(ranOutOfGas(failed(960_000), 1_000_000)).toBe(false)
  })
})

describe("the counts of several runs", () => {
  it("are added up, without what never ran out of gas", () => {
    const one = new Reverts()
    one.add("bounty", "judge", 1_000_000)
    one.add("bounty", "judge", undefined)
    one.add("bounty", "enter", undefined)
    const other = new Reverts(one.save())
    other.add("bounty", "judge", 60_000)
    expect(outOfGasOver([one.save(), other.save(), []])).toEqual([
      { contract: "bounty", fn: "judge", times: 5, outOfGas: 3, limits: [60_000, 1_000_000] }
    ])
  })
})
