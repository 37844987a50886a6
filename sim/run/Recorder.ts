/**
 * The recorder: what a run leaves, as columns. Amounts are exact decimal texts in base units, with
 * a `double` beside them where a reader will want to draw or to sum.
 */

/** How a column is stored. `int` is a whole number up to 2^53. */
export type ColumnType = "int" | "double" | "text" | "bool"

/** The tables of a run and their columns; `time` is seconds since the run began, setup is at 0. */
export const TABLES = {
  blocks: {
    block: "int",
    time: "int",
    timestamp: "int",
    transactions: "int",
    gas_used: "int",
    base_fee_wei: "text",
    setup: "bool"
  },
  transactions: {
    /** Order of decision in the whole run. */
    sequence: "int",
    block: "int",
    /** Place in the block; −1 of one that was never in a block. */
    position: "int",
    time: "int",
    population: "text",
    agent: "text",
    identity: "text",
    to: "text",
    contract: "text",
    fn: "text",
    args: "text",
    data: "text",
    value_wei: "text",
    nonce: "int",
    gas_limit: "int",
    gas_price_wei: "text",
    status: "text",
    gas_used: "int",
    error: "text"
  },
  events: { block: "int", position: "int", log: "int", address: "text", contract: "text", event: "text", args: "text" },
  flows: {
    block: "int",
    token: "text",
    from: "text",
    to: "text",
    from_name: "text",
    to_name: "text",
    amount: "text",
    tokens: "double"
  },
  balances: { block: "int", token: "text", holder: "text", holder_name: "text", amount: "text", tokens: "double" },
  metrics: { time: "int", metric: "text", value: "text", number: "double" },
  environment: { time: "int", process: "text", value: "double" },
  truths: {
    sequence: "int",
    time: "int",
    population: "text",
    agent: "text",
    contract: "text",
    fn: "text",
    truth: "text"
  },
  outlays: { time: "int", population: "text", agent: "text", reason: "text", amount: "text", money: "double" },
  agents: {
    population: "text",
    agent: "text",
    behaviour: "text",
    identities: "int",
    wakes: "int",
    transactions: "int",
    received: "double",
    sent: "double",
    gain: "double",
    gas: "double",
    spent: "double",
    capital: "double",
    profit: "double",
    traits: "text",
    state: "text"
  }
} as const

export type TableName = keyof typeof TABLES

type Cell<T extends ColumnType> = T extends "int" | "double" ? number : T extends "bool" ? boolean : string

/** One row of a table. */
export type Row<T extends TableName> = {
  readonly [C in keyof (typeof TABLES)[T]]: Cell<(typeof TABLES)[T][C] & ColumnType>
}

/** Column name to its values; all of one length. */
export type Columns = { readonly [column: string]: readonly (number | string | boolean)[] }

/** Plain data: the rows in memory, and how many of each table were handed on before them. */
export interface RecorderState {
  readonly tables: { readonly [table: string]: Columns }
  readonly handed: { readonly [table: string]: number }
}

/** Takes finished groups of rows while a run goes on, and so keeps memory bounded. Must not throw. */
export interface RecorderSink {
  /** These rows come next in that table. The arrays are the sink's from now on. */
  group(table: TableName, columns: Columns, rows: number): void
}

/** The tables that stay in memory to the end whatever becomes of the others: summaries and experiments read them. */
const SUMMARY: ReadonlySet<TableName> = new Set(["metrics", "agents"])

/**
 * What becomes of rows. `memory`: all stay. `summary`: those of `metrics` and `agents` stay, the others are not
 * even made. A sink: `metrics` and `agents` stay, the others are handed on, a group at a time.
 */
export type Recording = "memory" | "summary" | RecorderSink

/** Rows of a group: large enough that a dictionary pays, small enough that ten tables of them are no burden. */
const GROUP = 32_768

type Cells = (number | string | boolean)[]

/** A table's columns while they fill. */
export type Filling<T extends TableName> = {
  readonly [C in keyof (typeof TABLES)[T]]: Cell<(typeof TABLES)[T][C] & ColumnType>[]
}

interface Table {
  readonly name: TableName
  readonly names: readonly string[]
  columns: { readonly [column: string]: Cells }
  rows: number
  /** Rows that were handed on. */
  handed: number
  readonly kept: boolean
}

const NAMES = Object.keys(TABLES) as readonly TableName[]

export class Recorder {
  readonly #tables: { readonly [T in TableName]: Table }
  readonly #sink: RecorderSink | undefined
  #finished = false

  constructor(recording: Recording = "memory", state?: RecorderState) {
    this.#sink = typeof recording === "string" ? undefined : recording
    const open = (name: TableName): Table => {
      const names = Object.keys(TABLES[name])
      const columns = Object.fromEntries(names.map((column) => [column, [...(state?.tables[name]?.[column] ?? [])]]))
      return {
        name,
        names,
        columns,
        rows: columns[names[0] as string]?.length ?? 0,
        handed: state?.handed[name] ?? 0,
        kept: recording !== "summary" || SUMMARY.has(name)
      }
    }
    // One for each of the names.
    this.#tables = Object.fromEntries(NAMES.map((name) => [name, open(name)])) as { [T in TableName]: Table }
  }

  /** Adds a row; nothing where rows of that table are not wanted. */
  add<T extends TableName>(name: T, row: Row<T>): void {
    const table = this.#tables[name]
    if (!table.kept) return
    const { names, columns } = table
    // A Row has exactly the table's columns.
    const cells = row as { readonly [column: string]: number | string | boolean }
    for (const column of names) (columns[column] as Cells).push(cells[column] as number | string | boolean)
    this.added(name)
  }

  /**
   * The columns of a table of which a run has very many rows: quicker than `add`. Push one cell on each, then call
   * `added`; ask for them anew for every row. Undefined where rows of that table are not wanted.
   */
  filling<T extends TableName>(name: T): Filling<T> | undefined {
    const { kept, columns } = this.#tables[name]
    // A table's columns are those of TABLES, each of its type.
    return kept ? (columns as unknown as Filling<T>) : undefined
  }

  /** Says that every column of the table has one cell more. */
  added(name: TableName): void {
    const table = this.#tables[name]
    if (++table.rows === GROUP && this.#sink !== undefined && !SUMMARY.has(name)) this.#hand(table, this.#sink)
  }

  /** Hands on what is left, the kept tables too, which stay here all the same; once, whoever asks again. */
  finish(): void {
    if (this.#sink === undefined || this.#finished) return
    this.#finished = true
    for (const name of NAMES) {
      const table = this.#tables[name]
      if (SUMMARY.has(name)) this.#sink.group(name, this.columns(name), table.rows)
      else if (table.rows > 0) this.#hand(table, this.#sink)
    }
  }

  #hand(table: Table, sink: RecorderSink): void {
    sink.group(table.name, table.columns, table.rows)
    table.columns = Object.fromEntries(table.names.map((column) => [column, []]))
    table.handed += table.rows
    table.rows = 0
  }

  /** A table's columns. @throws Error when they were not kept: a mistake of the caller's. */
  columns(name: TableName): Columns {
    const table = this.#tables[name]
    if (table.handed > 0 || !table.kept) throw new Error(`the rows of ${name} were not kept in memory`)
    return table.columns
  }

  /** How many rows a table has had. */
  rows(name: TableName): number {
    const table = this.#tables[name]
    return table.handed + table.rows
  }

  save(): RecorderState {
    return {
      tables: Object.fromEntries(NAMES.map((name) => [name, structuredClone(this.#tables[name].columns)])),
      handed: Object.fromEntries(NAMES.map((name) => [name, this.#tables[name].handed]))
    }
  }
}
