/** The Params of the run: what was assumed, where it comes from, and how far it may go. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Section } from "./Section.ts"

type ParamWords = Manifest["params"][number]

/** The section. */
export function params({ manifest }: RunFacts): Section {
  const { numeraire } = manifest.scenario
  return {
    id: "params",
    title: "What was assumed",
    body: html`${table({
      label: "Params",
      caption: html`Sources are lines of ASSUMPTIONS.md. A range is what is thought possible; a domain is what may be chosen.`,
      columns: [
        { heading: "Param" },
        { heading: "Value", numeric: true },
        { heading: "Unit" },
        { heading: "Set by" },
        { heading: "Source" },
        { heading: "Assumed range" },
        { heading: "Domain" }
      ],
      rows: manifest.params.map((param): readonly Part[] => [
        html`<code>${param.name}</code>`,
        exactText(param.value),
        param.unit === "numeraire" ? numeraire : param.unit,
        setBy(param),
        param.source,
        bounds(param.range, param.unit),
        bounds(param.domain, param.unit)
      ]),
      empty: "The scenario has no Params."
    })}`
  }
}

function exactText(value: string): Markup {
  return html`<data value="${value}">${grouped(value)}</data>`
}

/** A decimal as it was written, its whole digits in groups of three; any other text as it is. */
function grouped(text: string): string {
  return text.replace(/^\d{4,}(?=\.\d+$|$)/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ","))
}

function setBy({ setBy: by, declared, value }: ParamWords): Part {
  if (by === "default") return "default"
  const from = declared === value ? "" : ` (else ${declared})`
  return html`<strong>${by === "arm" ? "the arm" : "--set"}</strong>${from}`
}

function bounds(values: readonly string[] | null, unit: string): string {
  if (values === null) return "–"
  return unit === "choice" ? values.join(", ") : values.map(grouped).join(" to ")
}
