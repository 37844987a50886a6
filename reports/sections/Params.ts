/** The Params of the run: what was assumed, where it comes from, and how far it may go. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { withoutLineWords } from "../../sim/store/Register.ts"
import { html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { isWide, rangeBar } from "./RangeBar.ts"
import type { Section } from "./Section.ts"

type ParamWords = Manifest["params"][number]

/** The section. */
export function params({ manifest }: RunFacts): Section {
  return {
    id: "params",
    title: "What was assumed",
    body: html`${withoutLines(manifest.unregistered ?? [])}${paramTable(manifest.params, manifest.scenario.numeraire)}`
  }
}

/** That nobody said where some numbers come from; null where all have their lines. */
export function withoutLines(lines: readonly string[]): Markup | null {
  return lines.length === 0 ? null : html`<p>${withoutLineWords(lines)}.</p>`
}

/** Params as a table, assumed ranges drawn. */
export function paramTable(all: readonly ParamWords[], numeraire: string): Markup {
  const log = all.some(({ range }) => isWide(range))
  return table({
    label: "Params",
    caption: html`Sources are lines of ASSUMPTIONS.md. A range is what is thought possible, a domain is what may be chosen. In a range, a dot is the value; where it is not the default, a ring is the default. ${log ? "Where a range's upper end is at least eight times the lower, equal ratios are equally far apart." : null}`,
    columns: [
      { heading: "Param" },
      { heading: "Value", numeric: true },
      { heading: "Unit" },
      { heading: "Set by" },
      { heading: "Source" },
      { heading: "Assumed range" },
      { heading: "Domain" }
    ],
    rows: all.map((param): readonly Part[] => [
      html`<code>${param.name}</code>`,
      exactText(param.value),
      param.unit === "numeraire" ? numeraire : param.unit,
      setBy(param),
      param.source,
      html`${rangeBar(param)}${bounds(param.range, param.unit)}`,
      bounds(param.domain, param.unit)
    ]),
    empty: "The scenario has no Params."
  })
}

/** A Param's value as it was written, grouped for the eye. */
export function exactText(value: string): Markup {
  return html`<data value="${value}">${grouped(value)}</data>`
}

/** A decimal as it was written, its whole digits in groups of three; any other text as it is. */
export function grouped(text: string): string {
  return text.replace(/^\d{4,}(?=\.\d+$|$)/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ","))
}

function setBy({ setBy: by, declared, value }: ParamWords): Part {
  if (by === "default") return "default"
  const from = declared === value ? "" : ` (else ${declared})`
  return html`<strong>${by === "arm" ? "the arm" : "--set"}</strong>${from}`
}

/** The ends of a range or a domain, or its choices. */
export function bounds(values: readonly string[] | null, unit: string): string {
  if (values === null) return "–"
  return unit === "choice" ? values.join(", ") : values.map(grouped).join(" to ")
}
