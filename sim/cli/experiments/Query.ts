/** `mesocosm query`, from its words to an exit code. */
import { type Answer, ask, describeViews, SAYS } from "../../store/ExperimentDatabase.ts"
import { command, shown } from "../Checkout.ts"
import { EXIT } from "../Failure.ts"
import { takeExperiment } from "../Stored.ts"
import { number, plural, print, printJson, table } from "../Text.ts"
import { usage } from "./Asked.ts"

/** Rows of a table in a terminal; the other forms give all. */
const MOST = 200

/** @returns the exit code. @throws ScenarioError Usage; ReportError of `ask`. */
export async function queryExperiment(asked: {
  readonly experiment: string
  readonly sql: string | undefined
  readonly csv: boolean
  readonly json: boolean
}): Promise<number> {
  const { experiment, sql, csv, json } = asked
  if (csv && json) throw usage("--csv", "", "and --json cannot both be printed", "Give one of them.")
  await takeExperiment(experiment)
  if (sql === undefined) {
    if (csv)
      throw usage("--csv", "", "prints the answer of a question, and none was asked", "Ask in SQL, or leave it out.")
    await listViews(experiment, json)
    return EXIT.ok
  }
  if (sql.trim() === "")
    throw usage("sql", sql, "is empty", "Ask in SQL, or leave it out to see which columns there are.")
  const answer = await ask(experiment, sql)
  if (json) printJson({ columns: answer.columns, rows: answer.rows.map((row) => named(answer, row)) })
  else print(csv ? csvText(answer) : tableText(answer))
  return EXIT.ok
}

async function listViews(experiment: string, json: boolean): Promise<void> {
  const views = await describeViews(experiment)
  if (json) {
    const columns = (of: (typeof views)[number]["columns"]) => of.map(([name, type]) => ({ name, type }))
    return printJson({
      views: views.map(({ view, columns: of }) => ({ name: view, says: SAYS[view], columns: columns(of) }))
    })
  }
  for (const { view, columns } of views) {
    print(`${view}  ${SAYS[view]}\n`)
    print(
      table(
        columns.map(([name, type]) => [name, type.toLowerCase()]),
        []
      )
    )
  }
  // What is no plain word would have to be quoted twice over, for SQL and for a shell.
  const plain = (views[0]?.columns ?? []).map(([name]) => name).filter((name) => /^[a-z_]\w*$/i.test(name))
  const metric = plain.at(-1) ?? "seed"
  const folder = shown(experiment)
  print(
    `\nAsk, for example:\n` +
      `  ${command(`query ${folder} "select arm, count(*) as n, avg(${metric}) as mean from runs group by all"`)}\n` +
      `  ${command(`query ${folder} "select count(*) as planned, count(r.hash) as made from plan left join runs r using (index)"`)}\n` +
      `  ${command(`query ${folder} "select metric, time, median(number) as p50 from series group by all order by all" --csv`)}\n`
  )
}

function named({ columns }: Answer, row: readonly unknown[]): object {
  return Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))
}

function csvText({ columns, rows }: Answer): string {
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? "" : words(value)
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("")
}

function tableText({ columns, rows }: Answer): string {
  const first = rows.slice(0, MOST)
  const align = columns.map((_, at) => (first.every((row) => typeof row[at] !== "string") ? "right" : "left"))
  const text = first.map((row) =>
    row.map((value) => (typeof value === "number" && !Number.isInteger(value) ? number(value) : words(value ?? "")))
  )
  const more = rows.length - first.length
  return (
    table([columns, ...text], align, 0) +
    (more > 0 ? `… and ${plural(more, "more row")}: --csv and --json give all\n` : "")
  )
}

function words(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === "object" && value !== null
    ? JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? String(each) : each))
    : String(value)
}
