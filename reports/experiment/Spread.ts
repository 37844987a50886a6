/** A small drawing of how a KPI varies over the seeds, a row per arm: it stands in the first screen, without scripts. */
import { quantity } from "../format/Quantity.ts"
import { html, type Markup } from "../html/Html.ts"
import { endOf, type KpiAnswer } from "./Answer.ts"

const LEFT = 92
const WIDTH = 236
const ROW = 20

/** The drawing; null where nothing varies or was measured. */
export function spread({ title, spread: rows, style }: KpiAnswer): Markup | null {
  const low = Math.min(...rows.map(({ summary }) => summary.min))
  const high = Math.max(...rows.map(({ summary }) => summary.max))
  if (rows.length === 0 || !(high > low)) return null
  const at = (value: number): string => (LEFT + ((WIDTH - LEFT - 8) * (value - low)) / (high - low)).toFixed(1)
  const told = rows.map(
    ({ arm, summary }) =>
      `${arm}: median ${quantity(summary.p50, style)}, 90 % of the seeds from ${quantity(summary.p5, style)} to ${quantity(summary.p95, style)}`
  )
  const height = ROW * rows.length + 16
  const cut = (name: string): string => ([...name].length > 15 ? `${[...name].slice(0, 14).join("")}…` : name)
  return html`<svg class="spread" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title} over the seeds. ${told.join(". ")}.">
${rows.map(({ arm, summary: { p5, p25, p50, p75, p95 } }, nth) => {
  const y = ROW * nth + ROW / 2
  return html`<g class="arm-${Math.min(nth, 1)}"><text x="0" y="${y + 4}">${cut(arm)}</text>
<line class="whole" x1="${at(p5)}" x2="${at(p95)}" y1="${y}" y2="${y}"/><line class="half" x1="${at(p25)}" x2="${at(p75)}" y1="${y}" y2="${y}"/><circle cx="${at(p50)}" cy="${y}" r="3.2"/></g>
`
})}<line class="axis" x1="${LEFT}" x2="${WIDTH - 8}" y1="${ROW * rows.length + 1}" y2="${ROW * rows.length + 1}"/>
<text class="end" x="${LEFT}" y="${height - 2}">${endOf(low, style)}</text><text class="end last" x="${WIDTH - 8}" y="${height - 2}">${endOf(high, style)}</text></svg>`
}
