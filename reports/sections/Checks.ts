/** The claims of the scenario and what became of them, and the audit that no token appeared or vanished. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { counted } from "../format/Quantity.ts"
import { span } from "../format/Span.ts"
import { html, type Markup } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Section } from "./Section.ts"

/** The section. */
export function checks({ manifest }: RunFacts): Section {
  return {
    id: "checks",
    title: "What held",
    body: html`${table({
      label: "Checks and their outcome",
      columns: [{ heading: "The scenario claims that" }, { heading: "Tried" }, { heading: "Outcome" }],
      rows: manifest.checks.map(({ claim, when, held, failedAt }) => [
        claim,
        when === "always" ? "after every block" : "at the end",
        outcome(held, failedAt)
      ]),
      empty: "The scenario declares no check."
    })}
<p>${audit(manifest)}</p>`
  }
}

/** Whether the audit of conservation found nothing. */
export function auditPassed({ error }: Manifest): boolean {
  return !(error?.tag === "ChainError" && error.reason === "Conservation")
}

function outcome(held: boolean | null | undefined, failedAt: number | null | undefined): Markup {
  if (held === true) return html`<span class="held">✓ held</span>`
  if (held !== false) return html`<span class="quiet">– not tried</span>`
  return html`<span class="broken">✕ failed${typeof failedAt === "number" ? ` after ${span(failedAt)}` : ""}</span>`
}

function audit(manifest: Manifest): Markup {
  const { tokens, holders, checkpoints } = manifest.audit
  const seen = `${counted(tokens, "token")}, ${counted(holders, "holder")}, ${counted(checkpoints, "checkpoint")}`
  const how =
    "In each block the holders that were touched are compared with what Transfer events imply; at a checkpoint, all are."
  if (!auditPassed(manifest)) {
    return html`<strong class="broken">Conservation audit: ${seen}: a balance differs.</strong> <span dir="auto">${manifest.error?.message}</span>`
  }
  if (tokens === 0) return html`<strong>Conservation audit:</strong> no token was there to be counted.`
  return html`<strong>Conservation audit:</strong> ${seen}: every token accounted for${manifest.status === "complete" ? "" : ", as far as the run went"}. <span class="quiet">${how}</span>`
}
