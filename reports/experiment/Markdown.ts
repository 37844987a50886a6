/**
 * The report of an experiment as Markdown, for a post in a forum: text, tables, and charts as SVG files beside it.
 *
 * Invariant: every text is escaped (format/Markdown.ts); there is no HTML in it.
 */

import { withoutLineWords } from "../../sim/store/Register.ts"
import { markdownTable, plainText, told } from "../format/Markdown.ts"
import { armAnswers, type Line, whatTurnsIt } from "./Answer.ts"
import { restsOn } from "./Basis.ts"
import type { ExperimentFacts } from "./Facts.ts"
import { kindOf, omitted, simulated } from "./Head.ts"
import type { Figure } from "./Marks.ts"
import { changeTable, linesNotThere, manifoldTable, measuredTable, sourceTable } from "./Proposal.ts"
import { failureTable, ledgerTable, madeTable, paramRows, verdictTable } from "./Sections.ts"
import { wideAnswers } from "./Wide.ts"

/** Charts under a heading. */
interface Group {
  readonly title: string
  readonly figures: readonly Figure[]
}

/** The text; `charts` is the folder of the charts as the text names it. */
export function markdownOf(facts: ExperimentFacts, groups: readonly Group[], charts: string): string {
  const { manifest, arms, analysis, command } = facts
  const scenario = [...arms.values()][0]?.scenario
  const bullets = (lines: readonly Line[]): string =>
    lines.map(({ text, command: by }) => `- ${told(text)}${by === undefined ? "" : ` ${code(by)}`}`).join("\n")
  const wide = wideAnswers(facts)
  const turns = whatTurnsIt(facts)
  const omits = omitted(facts)
  const sybils = manifoldTable(facts)
  const sources = sourceTable(facts)
  const missing = linesNotThere(facts)
  const failed = failureTable(facts)
  const parts: readonly (string | null)[] = [
    `# ${told(scenario?.question ?? manifest.design.scenario)}`,
    `_${kindOf(facts).map(told).join(" · ")}_`,
    scenario?.about == null ? null : told(scenario.about),
    wide.length === 0 ? null : wide.map((each) => `- ${told(each)}`).join("\n"),
    ...armAnswers(facts).flatMap(({ arm, changes, pairs, short, kpis }) => [
      `## ${told(short)}`,
      told(`${arm}${changes === "" ? "" : ` sets ${changes}`}. ${simulated(facts, pairs)}`),
      kpis
        .map(
          ({ title, says, verdict, effect, interval, change, matters, survival }) =>
            `- **${told(title)}: ${told(verdict)}.** ${told(`${effect} (${interval}): ${change}. ${matters ?? ""} ${says === null ? "" : `It is: ${says}.`} ${survival ?? ""}`)}`
        )
        .join("\n"),
      "In brackets: _simulation interval, given the assumptions_. It says nothing of whether the assumptions are true."
    ]),
    ...(turns.length === 0 ? [] : ["## What would change the answer", bullets(turns)]),
    "## How sure it is, and what it rests on",
    bullets(restsOn(facts)),
    "## What is not modelled",
    omits.length === 0 ? "The scenario does not say what it leaves out." : bullets(omits.map((text) => ({ text }))),
    ...(manifest.design.arms.length < 2 ? [] : ["## What is changed", markdownTable(changeTable(facts))]),
    ...groups
      .filter(({ figures }) => figures.length > 0)
      .flatMap(({ title, figures }) => [
        `## ${told(title)}`,
        ...figures.map(
          ({ drawable, says }) =>
            `![${told(drawable.description)}](${charts}/${encodeURIComponent(drawable.name)}.svg)\n\n${told(plainText(says))}`
        )
      ]),
    "## Verdicts",
    markdownTable(verdictTable(facts)),
    ...(analysis.ledger.length === 0 ? [] : ["## Who gains and who loses", markdownTable(ledgerTable(facts))]),
    ...(sybils === null ? [] : ["## What sybils earned", markdownTable(sybils)]),
    "## What was measured",
    markdownTable(measuredTable(facts)),
    "## What was assumed",
    markdownTable(paramRows(facts)),
    missing.length === 0 ? null : told(`${withoutLineWords(missing)}.`),
    ...(sources === null ? [] : [markdownTable(sources)]),
    ...(failed === null ? [] : ["## Runs that failed", markdownTable(failed)]),
    "## How to make it again",
    command === null ? null : code(command),
    markdownTable(madeTable(facts))
  ]
  return `${parts.filter((part) => part !== null && part.trim() !== "").join("\n\n")}\n`
}

/** A command as code: no backtick in it ends it. */
function code(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ")
  const fence = "`".repeat(Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  return `${fence} ${flat} ${fence}`
}
