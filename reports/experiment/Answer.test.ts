/** What the first screen says of claims of which nothing is known, and of seeds that were added until all was decided. */
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { compareDesign, untilDecided } from "../../sim/experiment/Designs.ts"
import { conducted } from "../../sim/experiment/fixtures/conducted.ts"
import planted from "../../sim/experiment/fixtures/planted.ts"
import type { AssumedClaim } from "../../sim/store/Analysis.ts"
import { armAnswers, changesOf, survivalOf, whatTurnsIt } from "./Answer.ts"
import { restsOn } from "./Basis.ts"
import { readFacts } from "./Facts.ts"
import { kindOf } from "./Head.ts"
import { markdownOf } from "./Markdown.ts"
import { assumed, madeTable, survivals } from "./Sections.ts"

const file = join(import.meta.dirname, "..", "..", "sim", "experiment", "fixtures", "planted.ts")
const choice = { arms: ["baseline", "treated"], set: {}, seeds: { from: 1, count: 40 }, kpis: ["outcome"], audit: 0 }
const claim: AssumedClaim = {
  arm: "treated",
  metric: "outcome",
  side: "above",
  than: 0,
  says: "treated raises outcome",
  share: { share: 0, low: 0, high: 1, level: 0.95, n: 0, holds: 0, unclear: 0 },
  ranks: [],
  flip: null
}

describe("the first screen", { timeout: 120_000 }, () => {
  it("says the seeds that were added until all was decided, and not what was not asked for", async () => {
    const design = untilDecided(planted, compareDesign(planted, choice), 400)
    const facts = await readFacts((await conducted(planted, file, design)).path)
    expect(kindOf(facts)).toContain("10 repetitions")
    const seeds = madeTable(facts).rows.find(([what]) => what === "Seeds")
    expect(seeds?.[1]).toBe("1 to 10, added until decided, at most 400 pairs")
    // Means as fine as what lies between them: 134.5 and 55 are 79.5 apart, and 134 and 55 would not be.
    const [compared] = facts.analysis.comparisons
    const [kpi] = compared?.kpis ?? []
    if (compared === undefined || kpi === undefined) throw new Error("nothing is compared")
    const between = (baseline: number, treatment: number): string | undefined => {
      const effect = { ...kpi.effect, effect: treatment - baseline, treatment, baseline }
      const comparisons = [{ ...compared, kpis: [{ ...kpi, effect }] }]
      return armAnswers({ ...facts, analysis: { ...facts.analysis, comparisons } })[0]?.kpis[0]?.change
    }
    expect(between(134.5, 55)).toMatch(/^55 \S*\s?instead of 134\.5/)
    expect(between(34_998.4, 27_078.2)).toMatch(/^27,078 \S*\s?instead of 34,998/)
    // A ratio has no unit, neither in a sentence nor in a table.
    const [arm = "", treated] = [...facts.arms].find(([name]) => name !== facts.analysis.reference) ?? []
    if (treated === undefined) throw new Error("no arm was run")
    const ratios = { ...treated, params: treated.params.map((param) => ({ ...param, unit: "ratio" })) }
    const changed = { ...facts, arms: new Map([...facts.arms, [arm, ratios]]) }
    expect(changesOf(changed, arm).map(({ unit }) => unit)).toEqual([""])
    expect(armAnswers(changed)[0]?.changes).toBe("treat to 1 (now 0)")
    // Which of the runs were made again, of how many.
    const again = (...same: readonly boolean[]): string | undefined => {
      const audited = same.map((each) => ({
        ...{ hash: "0x" as const, arm, seed: 1, chain: "hardhat" as const, parting: null },
        same: each
      }))
      const { text } = restsOn({ ...facts, manifest: { ...facts.manifest, audited } }).find(({ text: each }) =>
        each.startsWith("Audited")
      ) ?? { text: undefined }
      return text
    }
    expect(again(true)).toBe(
      "Audited: 1 of 20 runs was made again on Hardhat, another simulated blockchain, and came out identical."
    )
    expect(again(true, false)).toBe(
      "Audited: 2 of 20 runs were made again on Hardhat, another simulated blockchain; 1 came out identical."
    )
    // Lines that Params and processes cite and the register has not; nothing where nobody looked.
    expect(facts.evidence).toBe(null)
    expect(JSON.stringify(assumed(facts)?.body)).not.toContain("no line in")
    const line = { value: "", kind: "assumed", why: "", date: null }
    const evidence = { version: 1 as const, knownAnswers: null, behaviours: [], assumptions: { P2: line } }
    const cites = "P1 and P3 to P5 have no line in ASSUMPTIONS.md."
    expect(JSON.stringify(assumed({ ...facts, evidence })?.body)).toContain(cites)
    expect(markdownOf({ ...facts, evidence }, [], "charts")).toContain(cites)
    // The same experiment, had it sampled assumptions and lost every run there.
    const assumptions = { axes: [], points: 8, refined: 0, lost: 8, pairs: 4, claims: [claim], effects: [] }
    const lost = { ...facts, analysis: { ...facts.analysis, assumptions } }
    const told = whatTurnsIt(lost).map(({ text }) => text)
    expect(told.join(" ")).toContain("is not known: runs failed at every set")
    expect(told.join(" ")).not.toMatch(/undoes|is not so in/)
    expect(JSON.stringify(survivals(lost)?.body)).toContain("not known")
  })

  it("knows nothing of a claim whose runs failed at every point", () => {
    expect(survivalOf(claim)).toMatch(/not known: runs failed/)
    const share = { ...claim.share, share: 1, n: 8, holds: 8 }
    expect(survivalOf({ ...claim, share })).toMatch(/none of them undoes it/)
  })
})
