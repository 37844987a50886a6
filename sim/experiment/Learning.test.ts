/** Learning: a learner whose best action is known finds it and is called one; one that does not heed is not. */
import { describe, expect, it } from "vitest"
import { mine } from "./fixtures/mine.ts"
import { seedsFrom, trackOf } from "./fixtures/track.ts"
import { learning, learningRuns } from "./Learning.ts"
import { type Finish, race } from "./Race.ts"

const design = { training: seedsFrom(100, 3), heldOut: seedsFrom(1, 6), checkpointEvery: 1, checkpointSeeds: 2 }

describe("learning", () => {
  it("trains, freezes and races on held-out seeds, and finds the best action", async () => {
    const track = trackOf(mine())
    const said: string[] = []
    const [apprentice, ...others] = await learning({ ...track, onRun: (says) => said.push(says) }, design)
    expect(others).toEqual([])
    expect(apprentice?.state).toMatchObject({ shifts: 0, worth: [0.875, 2, 0] })
    expect(apprentice?.learns).toBe(true)
    expect(apprentice?.contests.map(({ opponent, beaten }) => [opponent, beaten])).toEqual([
      ["no work", true],
      ["chance", true]
    ])
    const [idle, chance] = apprentice?.contests ?? []
    expect(idle?.profit.mean).toBe(0)
    expect(idle?.effect).toEqual(apprentice?.profit)
    // By chance a shift earns (0.875 + 2 + 0) / 3, sd 0.82, and the best 2; four standard errors over six runs of about 42.
    const ratio = (chance?.profit.mean ?? 0) / (apprentice?.profit.mean ?? 1)
    expect(Math.abs(ratio - 2.875 / 6)).toBeLessThan((4 * 0.82) / 2 / Math.sqrt(6 * 42))
    expect(apprentice?.episodes.length).toBe(3)
    expect(apprentice?.checkpoints.map(({ episodes, profit }) => [episodes, profit.n])).toEqual([
      [1, 2],
      [2, 2],
      [3, 6]
    ])
    expect(said.length).toBe(learningRuns(track, design))
  })

  it("earns two a shift once frozen: what it learnt is what it does", async () => {
    const scenario = mine()
    const subject = { population: "apprentices", place: 0 }
    const different = { traits: { curious: 0 }, state: { shifts: 0, worth: [0.875, 2, 0] } }
    const leg = { kind: "", variant: { subject, different }, subjects: [subject] }
    const [finish] = await race(trackOf(scenario), leg, { seed: 1 })
    const { shifts } = (finish as Finish).state as { readonly shifts: number }
    expect(shifts).toBeGreaterThan(20)
    expect(finish?.profit).toBeCloseTo(2 * shifts, 9)
  })

  it("does not call one a learner that does not beat what it must", async () => {
    const [dunce] = await learning(trackOf(mine(false)), design)
    expect(dunce?.learns).toBe(false)
    expect(dunce?.contests.map(({ beaten }) => beaten)).toEqual([false, false])
    expect(dunce?.contests[1]?.effect.high).toBeLessThan(0)
  })

  it("asks for an interval: one held-out seed proves nothing, however much it earned", async () => {
    const [apprentice] = await learning(trackOf(mine()), { training: [100, 101], heldOut: [1] })
    expect(apprentice?.contests.map(({ effect }) => effect.mean > 0)).toEqual([true, true])
    expect(apprentice?.learns).toBe(false)
  })

  it.each([
    [[1, 2], [2, 3], "2"],
    [[], [1], ""],
    [[1], [], ""]
  ])("refuses to train on %j and judge on %j", async (training, heldOut, value) => {
    await expect(learning(trackOf(mine()), { training, heldOut })).rejects.toMatchObject({
      reason: "Usage",
      offending: { name: "seeds", value }
    })
  })
})
