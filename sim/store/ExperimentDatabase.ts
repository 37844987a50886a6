/**
 * Questions in SQL over what an experiment recorded, sealed or not: an in-memory DuckDB into which the tables that a
 * question names are loaded.
 *
 * Invariant: the SQL sees those tables and nothing else: no file, no network, no setting; and nothing it does is kept.
 * One thread, so that the same question gives the same rows in the same order.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { DuckDBConnection } from "@duckdb/node-api"
import { ReportError } from "../Errors.ts"
import type { PointRow } from "./ExperimentManifest.ts"
import { filesOf, readExperiment, readStored, records } from "./ExperimentReader.ts"
import { LEDGER, PLAN, POINTS, RUNS, runCells, SERIES, seriesCells } from "./ExperimentTables.ts"
import { encodeRows, type Layout } from "./Parquet.ts"

/** The views, in the order in which they are told. */
export const VIEWS = ["runs", "series", "ledger", "points", "plan"] as const

export type View = (typeof VIEWS)[number]

/** What each view's row is. */
export const SAYS: { readonly [view in View]: string } = {
  runs: "a run that was made, complete or failed (status): a column per metric, and per Param that points set; metric_NAME or param_NAME where the name is taken",
  series: "a sample of a metric in a run; time is seconds since it began",
  ledger: "a population at the end of a run, in the numeraire",
  points: "a Param that a point sets; number is its value, of a duration in seconds",
  plan: "a run that was planned, made or not"
}

/** The columns of a run's place in the plan, which nothing of the run itself has. */
const PLACES = { index: true, round: true, point: true } as const

/** What a question gave. */
export interface Answer {
  readonly columns: readonly string[]
  /** Whole numbers beyond 2^53 are bigints. */
  readonly rows: readonly (readonly unknown[])[]
}

/** @throws ReportError MalformedQuery, UnknownRun, UnreadableRun, SchemaVersion. */
export async function ask(path: string, sql: string): Promise<Answer> {
  await readExperiment(path)
  const { DuckDBInstance, StatementType } = await import("@duckdb/node-api")
  const ANSWERS = [StatementType.SELECT, StatementType.EXPLAIN]
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" })
  const connection = await instance.connect()
  try {
    await load(connection, path, named(sql))
    await connection.run("set enable_external_access = false")
    await connection.run("set lock_configuration = true")
    const reader = await connection.runAndReadAll(sql).catch((cause: Error) => {
      throw malformed(path, sql, cause)
    })
    if (!ANSWERS.includes(reader.statementType)) throw noQuestion(path, sql)
    const rows = reader.getRowsJS().map((row) => row.map(plain))
    return { columns: reader.deduplicatedColumnNames(), rows }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The views with their columns and types. @throws ReportError as `ask`. */
export async function describeViews(
  path: string
): Promise<readonly { readonly view: View; readonly columns: readonly (readonly [string, string])[] }[]> {
  const { rows } = await ask(
    path,
    `select table_name, column_name, data_type from information_schema.columns where table_name in ('${VIEWS.join("', '")}') order by ordinal_position`
  )
  return VIEWS.map((view) => ({
    view,
    columns: rows.filter(([name]) => name === view).map(([, column, type]) => [String(column), String(type)] as const)
  }))
}

/** The views that a text names; all where it asks what there is. */
function named(sql: string): ReadonlySet<View> {
  if (/information_schema|duckdb_|\b(?:show|describe|summarize|pragma)\b/i.test(sql)) return new Set(VIEWS)
  return new Set(VIEWS.filter((view) => new RegExp(`\\b${view}\\b`, "i").test(sql)))
}

async function load(connection: DuckDBConnection, path: string, views: ReadonlySet<View>): Promise<void> {
  const loose = await mkdtemp(join(tmpdir(), "mesocosm-query-"))
  try {
    const { points } = await readStored(path)
    const unsealed = records(path)
    const metrics = [...new Set(unsealed.flatMap(({ values }) => Object.keys(values)))]
    const table = async (name: string, layout: Layout, rows: readonly object[]): Promise<string> => {
      const files = filesOf(path, name).map((file) => join(path, name, file))
      const extra = join(loose, `${name}.parquet`)
      // Rows are cells by their columns; a file without rows says what the columns are.
      await writeFile(extra, encodeRows(layout, rows as never))
      const list = [...files, extra].map((file) => `'${file.replaceAll("'", "''")}'`).join(", ")
      return `read_parquet([${list}], union_by_name = true)`
    }
    await connection.run(`create table plan as select * from ${await table("plan", PLAN, [])} order by index`)
    await connection.run(`create table points as select * from ${await table("points", POINTS, [])}`)
    const placed = "p.index, p.round, p.point, p.arm, p.seed, p.hash"
    if (views.has("runs")) {
      const runs = await table("runs", RUNS(metrics), unsealed.map(runCells))
      await connection.run(`create table recorded as select * from ${runs}`)
      const recorded = await columnsOf(connection, "recorded")
      // Of a folder written before these names were taken: the plan's columns keep theirs.
      const clashing = recorded.filter((column) => Object.hasOwn(PLACES, column.toLowerCase()))
      const renamed = clashing.map((column) => `r."${column}" as "metric_${column}"`)
      const taken = new Set([...recorded, ...Object.keys(PLACES)].map((column) => column.toLowerCase()))
      const params = paramColumns(points, taken)
      await connection.run(
        `create table runs as select ${["p.index", "p.round", "p.point", ...params].join(", ")}, p.arm, p.seed, p.hash, ` +
          `r.* exclude (${["arm", "seed", "hash", ...clashing.map((column) => `"${column}"`)].join(", ")})` +
          `${renamed.map((each) => `, ${each}`).join("")} from plan p join recorded r on r.hash = p.hash order by p.index`
      )
      await connection.run("drop table recorded")
    }
    if (views.has("series")) {
      const series = await table("series", SERIES, unsealed.flatMap(seriesCells))
      await connection.run(
        `create table series as select ${placed}, s.* exclude (hash) from ${series} s join plan p on s.hash = p.hash order by p.index, s.metric, s.time`
      )
    }
    if (views.has("ledger")) {
      const rows = unsealed.flatMap(({ hash, ledger }) => ledger.map((row) => ({ hash, ...row })))
      const ledger = await table("ledger", LEDGER, rows)
      await connection.run(
        `create table ledger as select ${placed}, l.* exclude (hash) from ${ledger} l join plan p on l.hash = p.hash order by p.index, l.population`
      )
    }
  } catch (cause) {
    throw new ReportError({
      reason: "UnreadableRun",
      message: `${path} cannot be loaded: ${(cause as Error).message.split("\n")[0]}`,
      fix: `See what is damaged with mesocosm resume ${path}.`,
      offending: { name: "experiment", value: path },
      cause
    })
  } finally {
    await rm(loose, { recursive: true, force: true })
  }
}

async function columnsOf(connection: DuckDBConnection, table: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    `select column_name from information_schema.columns where table_name = '${table}'`
  )
  return reader.getRowsJS().map(([name]) => String(name))
}

/** A column per Param that a point sets: numbers where all are, and `param_<name>` where a run has a column of that name. */
function paramColumns(points: readonly PointRow[], taken: ReadonlySet<string>): readonly string[] {
  const params = [...new Set(points.flatMap(({ set }) => Object.keys(set)))]
  return params.map((param) => {
    const name = param.replaceAll("'", "''")
    const number = points.every(({ set }) => set[param] === undefined || Number.isFinite(Number(set[param])))
    const column = (taken.has(param.toLowerCase()) ? `param_${param}` : param).replaceAll('"', '""')
    return `(select ${number ? "number" : "value"} from points q where q.point = p.point and q.param = '${name}') as "${column}"`
  })
}

function plain(value: unknown): unknown {
  if (typeof value !== "bigint") return value
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

function noQuestion(path: string, sql: string): ReportError {
  return new ReportError({
    reason: "MalformedQuery",
    message: "what was asked is no question: it would change the tables, which are only read",
    fix: `Begin with select; mesocosm query ${path} lists the views (${VIEWS.join(", ")}) and their columns.`,
    offending: { name: "sql", value: sql }
  })
}

function malformed(path: string, sql: string, cause: Error): ReportError {
  const [said = ""] = cause.message.trim().split("\n\n")
  return new ReportError({
    reason: "MalformedQuery",
    message: `DuckDB says: ${said.replace(/\s*\n\s*/g, " ")}`,
    fix: /disabled by configuration|external/i.test(cause.message)
      ? `Ask about ${VIEWS.join(", ")} only: a question reaches no file and no network. Another tool may read the Parquet files themselves.`
      : `Correct the SQL; mesocosm query ${path} lists the views (${VIEWS.join(", ")}) and their columns.`,
    offending: { name: "sql", value: sql },
    cause
  })
}
