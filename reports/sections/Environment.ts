/** What the agents did not control: the processes of the Environment. */
import type { Live } from "../charts/Drawn.ts"
import type { SeriesChart } from "../charts/SeriesChart.ts"
import { html, type Part } from "../html/Html.ts"
import type { OutsideProcess } from "../run/Processes.ts"
import { figures } from "./Charts.ts"
import type { Section } from "./Section.ts"

/** A process and its chart. */
export type Charted = readonly (readonly [process: OutsideProcess, chart: SeriesChart])[]

/** The section; null where the scenario has no Environment. */
export function environment(all: Charted, drawn: ReadonlyMap<string, Live>, note: string): Section | null {
  if (all.length === 0) return null
  const processes = new Map(all.map(([process, { name }]) => [name, process]))
  const foot = ({ name }: SeriesChart): Part => {
    const source = processes.get(name)?.source ?? ""
    return source === "" ? null : html`<p>Source: <bdi>${source}</bdi> of ASSUMPTIONS.md</p>`
  }
  return {
    id: "environment",
    title: "What came from outside",
    body: html`<p class="note">${note}</p>
${figures(
  all.map(([, chart]) => chart),
  drawn,
  "",
  foot
)}`
  }
}
