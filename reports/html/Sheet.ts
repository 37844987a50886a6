/** A report as a page: contents, head, sections, foot, and the charts that run in it. */
import type { Live } from "../charts/Drawn.ts"
import type { RerunPart } from "../rerun/RerunSection.ts"
import { placeOf } from "../sections/Charts.ts"
import { contents, type Section, section } from "../sections/Section.ts"
import { type PageRecord, recordElement } from "../verify/Record.ts"
import { bundles } from "./Bundles.ts"
import { CHART_SCRIPT, SPECS_ID } from "./ChartScript.ts"
import { html, json, type Markup } from "./Html.ts"
import { page } from "./Page.ts"
import { STYLE } from "./Stylesheet.ts"

/** What a report is made of. */
export interface Sheet {
  readonly title: string
  readonly description: string
  readonly head: Markup
  readonly sections: readonly Section[]
  readonly foot: string
  /** Charts that follow the pointer, by name. */
  readonly drawn: ReadonlyMap<string, Live>
  /** What runs the scenario again. */
  readonly rerun?: Pick<RerunPart, "payload" | "script"> | undefined
  /** What it was made of. */
  readonly record?: PageRecord
}

/** The page. */
export async function sheet({
  title,
  description,
  head,
  sections,
  foot,
  drawn,
  rerun,
  record
}: Sheet): Promise<string> {
  const specs = Object.fromEntries([...drawn].map(([name, { spec, config }]) => [placeOf(name), { spec, config }]))
  return page({
    title,
    description,
    style: STYLE,
    body: html`<div class="sheet">${contents(sections)}<main>
${head}${sections.map(section)}</main>
<footer>${foot}</footer></div>
<script type="application/json" id="${SPECS_ID}">${json(specs)}</script>${rerun?.payload}${record === undefined ? null : recordElement(record)}`,
    scripts: [
      ...(drawn.size === 0 && rerun === undefined ? [] : [...(await bundles()), CHART_SCRIPT]),
      ...(rerun === undefined ? [] : [rerun.script])
    ],
    works: rerun !== undefined
  })
}
