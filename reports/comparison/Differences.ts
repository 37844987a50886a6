/** The Params that are not the same in all arms. */
import { html, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import { type Comparison, differing } from "../run/Comparison.ts"
import { bounds, exactText, paramTable, withoutLines } from "../sections/Params.ts"
import { rangeBar } from "../sections/RangeBar.ts"
import type { Section } from "../sections/Section.ts"

/** What differs between the arms. */
export function differences(comparison: Comparison): Section {
  const { arms, manifest } = comparison
  const { numeraire } = manifest.scenario
  const all = arms.map(({ runs: [run] }) => new Map(run?.manifest.params.map((param) => [param.name, param])))
  return {
    id: "differences",
    title: "What is different",
    body: table({
      label: "Params that differ between the arms",
      caption: "Params that are not the same in all arms; bold where they are not the default.",
      columns: [
        { heading: "Param" },
        ...arms.map(({ label }) => ({ heading: html`<bdi>${label}</bdi>`, numeric: true })),
        { heading: "Unit" },
        { heading: "Source" },
        { heading: "Domain" }
      ],
      rows: differing(comparison).map((name): readonly Part[] => {
        const param = all.flatMap((params) => params.get(name) ?? [])[0]
        return [
          html`<code>${name}</code>`,
          ...all.map((params) => {
            const own = params.get(name)
            if (own === undefined) return "–"
            const value = exactText(own.value)
            return html`${own.value === own.declared ? value : html`<strong>${value}</strong>`}${rangeBar(own)}`
          }),
          param?.unit === "numeraire" ? numeraire : param?.unit,
          param?.source,
          param === undefined ? "" : bounds(param.domain, param.unit)
        ]
      }),
      empty: "Nothing but the seed."
    })
  }
}

/** The Params that all arms share. */
export function shared(comparison: Comparison): Section {
  const other = new Set(differing(comparison))
  const { manifest } = comparison
  return {
    id: "params",
    title: "What was assumed in all of them",
    body: html`${withoutLines(manifest.unregistered ?? [])}${paramTable(
      manifest.params.filter(({ name }) => !other.has(name)),
      manifest.scenario.numeraire
    )}`
  }
}
