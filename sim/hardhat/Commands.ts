/** The commands that Hardhat offers, with those of their flags that a project needs; Hardhat writes names in camel case. */

/** A command as a task. */
export interface TaskCommand {
  readonly name: string
  readonly says: string
  /** Take a value. */
  readonly options: readonly string[]
  readonly switches: readonly string[]
}

const RUNS = ["seed", "set", "chain"]

/** In the order in which they are listed. */
export const COMMANDS: readonly TaskCommand[] = [
  {
    name: "run",
    says: "Run a scenario once on the project's contracts",
    options: [...RUNS, "arm", "out"],
    switches: ["audit", "noReport", "json", "quiet"]
  },
  {
    name: "compare",
    says: "Compare arms over many seeds",
    options: [...RUNS, "seeds", "arms", "kpi", "audit", "until", "maxSeeds", "workers", "out", "report"],
    switches: ["overAssumptions", "json", "quiet"]
  },
  {
    name: "baseline",
    says: "Record a scenario's KPIs for later checks",
    options: [...RUNS, "seeds", "arms", "file", "workers"],
    switches: ["force", "json", "quiet"]
  },
  {
    name: "check",
    says: "Fail where a KPI got worse than its baseline",
    options: [
      ...["seed", "seeds", "chain", "file", "confidence", "until", "maxSeeds", "budget", "markdown", "junit", "workers"]
    ],
    switches: ["allowUndecided", "update", "github", "json", "quiet"]
  },
  {
    name: "explain",
    says: "Explain an agent or a block of a run",
    options: ["from", "to", "last", "scenario"],
    switches: ["all", "json", "quiet"]
  },
  { name: "list", says: "Which scenarios, runs and experiments there are", options: [], switches: ["runs", "json"] },
  { name: "new", says: "Write a scenario or a behaviour that works at once", options: ["dir"], switches: ["json"] }
]

/** What each option is for. */
export const DESCRIPTIONS: { readonly [option: string]: string } = {
  all: "Every decision of the agent",
  allowUndecided: "End with 0 where nothing is worse and something is undecided",
  arm: "Named set of Param values",
  arms: "Arms, between commas; the first is what the others are compared with",
  audit: "Do it again on the other chain; of compare, how many runs",
  budget: "Stop after so long, such as 90s or 5m",
  chain: "hardhat or revm",
  confidence: "Of all KPIs together, such as 0.95",
  dir: "Where it is written",
  file: "The baseline's file",
  force: "Write over a baseline that is there",
  from: "From this week on",
  github: "Print annotations that GitHub shows",
  json: "Print one JSON document",
  junit: "Write JUnit XML there",
  kpi: "Which metrics are judged, between commas",
  last: "The last so many decisions",
  markdown: "Write a summary for a pull request there",
  maxSeeds: "The most seeds that --until may run",
  noReport: "Write no report",
  out: "Folder that is written",
  overAssumptions: "Sample the assumed ranges too",
  quiet: "Show no progress",
  report: "Write the HTML report there too",
  runs: "The stored runs",
  scenario: "The scenario's file",
  seed: "The seed; of many, the first",
  seeds: "How many seeds",
  set: "Params, as in stake=5,honest=20",
  to: "Up to this week",
  until: "decided: add seeds, or stop, as is needed to decide",
  update: "Record these runs in place of the baseline",
  workers: "Worker threads"
}

/** What the command line of `mesocosm` is for what Hardhat was given. `set` may hold several, between commas. */
export function argumentsOf(
  { name, options, switches }: TaskCommand,
  given: { readonly [name: string]: unknown }
): readonly string[] {
  const words = (given["words"] ?? []) as readonly string[]
  const valued = options.flatMap((option) => {
    const value = given[option]
    if (value === undefined) return []
    const all = option === "set" || option === "kpi" ? String(value).split(",") : [String(value)]
    return all.flatMap((each) => [`--${kebab(option)}`, each])
  })
  return [
    name,
    ...words,
    ...valued,
    ...switches.filter((each) => given[each] === true).map((each) => `--${kebab(each)}`)
  ]
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
