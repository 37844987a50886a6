/** The claims of the scenario and what became of them in each arm. */
import { counted } from "../format/Quantity.ts"
import { html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { ComparedArm, Comparison } from "../run/Comparison.ts"
import { auditPassed } from "../sections/Checks.ts"
import type { Section } from "../sections/Section.ts"

/** The section. */
export function checks({ arms }: Comparison): Section {
  const runs = arms.flatMap((arm) => arm.runs)
  const claims = new Set(runs.flatMap(({ manifest }) => manifest.checks.map(({ claim }) => claim)))
  return {
    id: "checks",
    title: "What held",
    body: table({
      label: "Checks and their outcome by arm",
      columns: [{ heading: "Claim" }, ...arms.map(({ label }) => ({ heading: html`<bdi>${label}</bdi>` }))],
      rows: [
        ...[...claims].map((claim): readonly Part[] => [claim, ...arms.map((arm) => outcome(arm, claim))]),
        ["every token is accounted for (conservation audit)", ...arms.map(audit)]
      ]
    })
  }
}

function outcome({ runs }: ComparedArm, claim: string): Markup {
  const all = runs.flatMap(({ manifest }) => manifest.checks.filter((check) => check.claim === claim))
  return told(
    all.filter(({ held }) => held === true).length,
    all.filter(({ held }) => held === false).length,
    runs.length
  )
}

function audit({ runs }: ComparedArm): Markup {
  const found = runs.filter(({ manifest }) => manifest.audit.tokens > 0)
  const passed = found.filter(({ manifest }) => auditPassed(manifest)).length
  return told(passed, found.length - passed, runs.length)
}

function told(held: number, failed: number, runs: number): Markup {
  if (failed > 0)
    return html`<span class="broken">✕ failed${runs > 1 ? ` in ${failed} of ${counted(runs, "run")}` : ""}</span>`
  if (held === 0) return html`<span class="quiet">– not tried</span>`
  return html`<span class="held">✓ held${runs > 1 ? ` in ${held} of ${counted(runs, "run")}` : ""}</span>`
}
