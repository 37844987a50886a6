/** What is proposed, what was measured and assumed of it, and what the words of the report mean. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { withoutLine } from "../../sim/store/Register.ts"
import {
  amount,
  counted,
  difference,
  freeStyle,
  listed,
  quantity,
  smallestEffect,
  unitWord
} from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { span } from "../format/Span.ts"
import { exact, html, type Part } from "../html/Html.ts"
import { type TableData, table } from "../html/Table.ts"
import { exactText } from "../sections/Params.ts"
import type { Section } from "../sections/Section.ts"
import { changesOf } from "./Answer.ts"
import type { ExperimentFacts } from "./Facts.ts"

/** Each setting that an arm changes, old and new. */
export function changeTable(facts: ExperimentFacts): TableData {
  const { analysis, manifest } = facts
  const others = manifest.design.arms.filter((arm) => arm !== analysis.reference)
  return {
    label: "Settings that the arms change",
    columns: [
      { heading: "Arm" },
      { heading: "Setting" },
      { heading: `Old (${analysis.reference})`, numeric: true },
      { heading: "New", numeric: true },
      { heading: "Unit" },
      { heading: "Source" }
    ],
    rows: others.flatMap((arm) =>
      changesOf(facts, arm).map(({ name, before, after, unit, source }): readonly Part[] => [
        arm,
        html`<code>${name}</code>`,
        exactText(before),
        exactText(after),
        unit === "" ? "–" : unit,
        source
      ])
    ),
    empty: "The arms change no setting."
  }
}

/** What is proposed; null where one arm was run. */
export function proposed(facts: ExperimentFacts): Section | null {
  if (facts.manifest.design.arms.length < 2) return null
  return { id: "proposed", title: "What is changed", body: table(changeTable(facts)) }
}

const OVER: { readonly [over: string]: string } = {
  last: "at the end of the run",
  mean: "mean over the run",
  max: "highest of the run",
  min: "lowest of the run"
}

/** Every metric with its definition. */
export function measuredTable({ analysis, style }: ExperimentFacts): TableData {
  return {
    label: "Metrics and what they are",
    columns: [
      { heading: "Metric" },
      { heading: "What it is" },
      { heading: "Unit" },
      { heading: "A run counts with" },
      { heading: "Matters from" },
      { heading: "Judged" }
    ],
    rows: analysis.metrics.map(({ name, says, over, matters, judged }): readonly Part[] => {
      const of = style(name)
      return [
        words(name),
        says ?? "–",
        of.share ? "% (share)" : unitWord(of) || of.unit,
        OVER[over] ?? over,
        matters === null ? "–" : `${smallestEffect(matters.by, of)}, ${matters.better} is better`,
        judged ? "yes" : "no"
      ]
    })
  }
}

/** The section. */
export function measured(facts: ExperimentFacts): Section {
  return { id: "measured", title: "What was measured", body: table(measuredTable(facts)) }
}

/** What those earned who run more identities than they are agents: sybils. */
export function manifoldTable({ analysis, arms }: ExperimentFacts): TableData | null {
  const many = new Set(
    analysis.ledger.flatMap(({ population, agents, identities }) => (identities > agents ? [population] : []))
  )
  if (many.size === 0) return null
  const style = freeStyle([...arms.values()][0]?.scenario.numeraire ?? "numeraire")
  const count = (value: number): string => amount(value, { ...style, unit: "count" })
  return {
    label: "Profit of populations with several identities",
    caption:
      "Populations in which one agent runs several identities. Means over the seeds; in brackets the 95 % interval of the change, each taken alone.",
    columns: [
      { heading: "Population" },
      { heading: "Arm" },
      { heading: "Agents", numeric: true },
      { heading: "Identities", numeric: true },
      { heading: "Profit", numeric: true },
      { heading: "Profit per identity", numeric: true },
      { heading: `Change against ${analysis.reference}` }
    ],
    rows: [...analysis.ledger]
      .filter(({ population }) => many.has(population))
      .sort((a, b) => (a.population < b.population ? -1 : a.population > b.population ? 1 : 0))
      .map(({ population, behaviour, arm, agents, identities, profit, effect }): readonly Part[] => [
        `${population} (${behaviour})`,
        arm,
        count(agents),
        count(identities),
        exact(profit.mean, quantity(profit.mean, style)),
        exact(profit.mean / identities, quantity(profit.mean / identities, style)),
        effect === null
          ? "–"
          : `${difference(effect.effect, style)} (${difference(effect.low, style)} to ${difference(effect.high, style)})`
      ])
  }
}

/** The section; null without such a population. */
export function manifold(facts: ExperimentFacts): Section | null {
  const data = manifoldTable(facts)
  return data === null ? null : { id: "sybils", title: "What sybils earned", body: table(data) }
}

/** Lines that Params and processes cite, and that ASSUMPTIONS.md has not; none where nobody looked. */
export function linesNotThere({ arms, analysis, evidence }: ExperimentFacts): readonly string[] {
  const of = arms.get(analysis.reference)
  if (of === undefined || evidence === null) return []
  const cited = [...of.params, ...(of.environment ?? [])].map(({ source }) => source)
  return withoutLine(cited, (line) => Object.hasOwn(evidence.assumptions, line))
}

/** The lines of ASSUMPTIONS.md that the Params cite; null where none was at hand. */
export function sourceTable({ arms, analysis, evidence }: ExperimentFacts): TableData | null {
  const params: Manifest["params"] = arms.get(analysis.reference)?.params ?? []
  const lines = evidence?.assumptions ?? {}
  const rows = [...new Set(params.map(({ source }) => source))].flatMap((source): readonly (readonly Part[])[] => {
    const line = Object.hasOwn(lines, source) ? lines[source] : undefined
    if (line === undefined) return []
    const of = params.filter((param) => param.source === source).map(({ name }) => name)
    return [[source, listed(of), line.value, line.kind, line.why, line.date ?? "unknown"]]
  })
  if (rows.length === 0) return null
  return {
    label: "Sources of the assumptions",
    caption:
      "Published: with its source. Chosen: a choice of design. Assumed: with the range in which the truth is taken to lie.",
    columns: [
      { heading: "Line" },
      { heading: "Settings" },
      { heading: "Value" },
      { heading: "Kind" },
      { heading: "Where it comes from, and why" },
      { heading: "As of" }
    ],
    rows
  }
}

/** What the words of the report mean. */
export function meanings({ analysis, manifest, arms }: ExperimentFacts): Section {
  const horizon = [...arms.values()][0]?.spec.horizon
  const all: readonly (readonly [string, string] | null)[] = [
    [
      "Run",
      `One history of the simulated economy${horizon === undefined ? "" : `, ${span(horizon)} long`}: agents act, and the contracts answer on a chain that is simulated.`
    ],
    [
      "Seed",
      "The number of a repetition. The same seed gives the same chance, so that the same run comes out again, to the last unit."
    ],
    ["Arm", `A set of settings that is tried. ${analysis.reference} is what the others are set against.`],
    manifest.design.arms.length < 2 ? null : ["Effect", "The mean of the differences between two arms, seed by seed."],
    [
      "Simulation interval, given the assumptions",
      `The range in which the effect would lie with endlessly many seeds, at the stated level (${counted(95, "%", "%")} or more). It says nothing of whether agents and assumptions are like the world.`
    ],
    ["Better, worse", "The interval excludes zero and is not wholly within what does not matter."],
    ["Same", "The interval lies wholly within what does not matter."],
    ["Undecided", "Neither: more seeds could turn it either way."],
    ["pp", "Percentage points: the difference of two percentages."],
    [
      "Holm",
      "The verdicts on all KPIs of all arms are corrected together, so that more of them do not mean more false alarms."
    ],
    [
      "Set of assumptions",
      "A value for each assumed setting, drawn from its assumed range, at which the arms were run again."
    ],
    [
      "Regret",
      "By how much the best of the other ways to act that an agent lists would earn it more than what it does."
    ],
    ["Audited", "A run was made again on another simulated blockchain, and every record was compared."],
    ["Digest", "A hash of all that happened in a run. Equal digests mean the same run."]
  ]
  return {
    id: "words",
    title: "What the words mean",
    body: html`<dl class="facts words">${all.map((each) => each !== null && html`<div><dt>${each[0]}</dt><dd>${each[1]}</dd></div>`)}</dl>`
  }
}
