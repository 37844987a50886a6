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

/** Plain data: every table's columns. */
export type RecorderState = { readonly [table: string]: Columns }

type MutableColumns = { [column: string]: (number | string | boolean)[] }

export class Recorder {
  readonly #tables: { readonly [T in TableName]: MutableColumns }

  constructor(state?: RecorderState) {
    const open = (name: TableName): MutableColumns =>
      Object.fromEntries(Object.keys(TABLES[name]).map((column) => [column, [...(state?.[name]?.[column] ?? [])]]))
    this.#tables = {
      blocks: open("blocks"),
      transactions: open("transactions"),
      events: open("events"),
      flows: open("flows"),
      balances: open("balances"),
      metrics: open("metrics"),
      environment: open("environment"),
      truths: open("truths"),
      outlays: open("outlays"),
      agents: open("agents")
    }
  }

  add<T extends TableName>(table: T, row: Row<T>): void {
    const columns = this.#tables[table]
    for (const column in row) {
      // A Row has exactly the table's columns.
      const values = columns[column] as (number | string | boolean)[]
      values.push(row[column] as number | string | boolean)
    }
  }

  columns(table: TableName): Columns {
    return this.#tables[table]
  }

  rows(table: TableName): number {
    const [first] = Object.values(this.#tables[table])
    return first?.length ?? 0
  }

  save(): RecorderState {
    return structuredClone(this.#tables)
  }
}
