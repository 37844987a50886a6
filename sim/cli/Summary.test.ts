/** The summary of a run that was interrupted at once says so, and shows no page of zeros and checks that held. */
import { describe, expect, it } from "vitest"
import { summary } from "./Summary.ts"

describe("a run that was interrupted before anything happened", () => {
  it("is summed up in two lines beside its question", () => {
    const manifest = {
      status: "interrupted",
      spec: { scenario: "pool", arm: "baseline", seed: 7, horizon: 1_209_600 },
      counts: { blocks: 0, transactions: 0, reverted: 0, invalid: 0 },
      checks: [{ claim: "it holds", held: true }],
      scenario: { question: "Does it?" },
      ...{ host: { seconds: 0.1, chain: "revm" }, endedAt: 0, params: [] }
    }
    const said = summary({ manifest, folder: "f", report: null, named: "pool" } as never)
    expect(said).toBe(
      "pool, arm baseline, seed 7: interrupted\n  Does it?\n" +
        "  0 seconds of 2 weeks in 0.1 s on revm: 0 blocks, 0 transactions (0 reverted, 0 never in a block)\n" +
        "  Nothing had happened yet: there is nothing to measure, and nothing was checked.\n"
    )
  })
})
