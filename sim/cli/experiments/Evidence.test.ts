import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { EVIDENCE, readEvidence } from "../../store/Evidence.ts"
import { ROOT } from "../Checkout.ts"
import { assumptionsOf, gatherEvidence } from "./Evidence.ts"

const file = join(ROOT, "scenarios", "weekly-rewards.ts")
const folder = (): string => mkdtempSync(join(tmpdir(), "mesocosm-evidence-"))

describe("evidence", () => {
  it("has the lines of ASSUMPTIONS.md that Params cite, with their kind", () => {
    const { WR2, WR5, WR6 } = assumptionsOf(file)
    expect([WR2?.kind, WR5?.kind, WR6?.kind]).toEqual(["published", "chosen", "assumed"])
    expect(WR5?.value).toBe("0; 500,000 tokens in identity-stake")
    expect(WR2?.why).toContain("DIMO's DIP-2")
    // A copy without history has no days, and no day is made up.
    expect(WR6?.date ?? "2026-01-01").toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it("of lines without a history says no day, and of none nothing", () => {
    const there = folder()
    writeFileSync(
      join(there, "ASSUMPTIONS.md"),
      "| X1 | a \\| b | `3` | assumed | [it](https://x.example) is |\n| no | a | b | c | d |\n"
    )
    expect(assumptionsOf(join(there, "mine.ts"))).toEqual({
      X1: { value: "3", kind: "assumed", why: "it is", date: null }
    })
    expect(assumptionsOf(join(folder(), "mine.ts"))).toEqual({})
  })

  it("is gathered into the folder, and read again", async () => {
    const there = folder()
    expect(await readEvidence(there)).toBeNull()
    await gatherEvidence(there, { scenario: "weekly-rewards", file, code: "another code" })
    const read = await readEvidence(there)
    expect(read?.assumptions["WR5"]?.kind).toBe("chosen")
    // Whatever was measured here was not by that code.
    for (const { sameCode } of read?.behaviours ?? []) expect(sameCode).toBe(false)
  })

  it.each([
    ["{", "UnreadableRun"],
    ['{"version":2}', "SchemaVersion"],
    ["null", "SchemaVersion"]
  ])("refuses %s", async (text, reason) => {
    const there = folder()
    writeFileSync(join(there, EVIDENCE), text)
    await expect(readEvidence(there)).rejects.toMatchObject({ _tag: "ReportError", reason })
  })
})
