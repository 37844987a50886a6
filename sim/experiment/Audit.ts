/**
 * The audit: a run done on one chain and again on the other must leave the same digests. Where they
 * differ, the first differing row says in which table, block and transaction.
 */
import type { ChainKind } from "../chain/Chain.ts"
import { ChainError } from "../Errors.ts"
import type { Digests } from "../run/Digest.ts"
import { type Recorder, TABLES, type TableName } from "../run/Recorder.ts"

/** What an audit found, as the manifest keeps it. */
export interface Audited {
  readonly chain: ChainKind
  readonly same: boolean
}

/** The first place at which two records of a run part. */
export interface Parting {
  readonly table: TableName
  /** Undefined in tables that go by time. */
  readonly block: number | undefined
  /** Place in the block; undefined where the table has none. */
  readonly position: number | undefined
  readonly column: string
  readonly one: string
  readonly other: string
}

/** The chain that a run on `kind` is audited on. */
export function auditor(kind: ChainKind): ChainKind {
  return kind === "hardhat" ? "revm" : "hardhat"
}

/** Tables in the order in which a difference explains those after it. */
const ORDER: readonly TableName[] = [
  "transactions",
  "events",
  "flows",
  "balances",
  "blocks",
  "environment",
  "metrics",
  "outlays",
  "truths"
]

/** The first differing row of two records, in the earliest block; undefined when all rows are the same. */
export function parting(one: Recorder, other: Recorder): Parting | undefined {
  let first: Parting | undefined
  for (const table of ORDER) {
    const found = firstDifference(table, one, other)
    if (found !== undefined && (first === undefined || (found.block ?? Infinity) < (first.block ?? Infinity)))
      first = found
  }
  return first
}

function firstDifference(table: TableName, one: Recorder, other: Recorder): Parting | undefined {
  const [ours, theirs] = [one.columns(table), other.columns(table)]
  const rows = Math.max(one.rows(table), other.rows(table))
  for (let row = 0; row < rows; row++) {
    for (const column of Object.keys(TABLES[table])) {
      const [a, b] = [ours[column]?.[row], theirs[column]?.[row]]
      if (a === b) continue
      const number = (name: string): number | undefined => {
        const value = ours[name]?.[row] ?? theirs[name]?.[row]
        return typeof value === "number" ? value : undefined
      }
      return { table, block: number("block"), position: number("position"), column, one: String(a), other: String(b) }
    }
  }
  return undefined
}

/** The error of an audit that failed; undefined when the digests are the same. */
export function auditError(
  chains: { readonly one: ChainKind; readonly other: ChainKind },
  digests: { readonly one: Digests; readonly other: Digests },
  records: { readonly one: Recorder; readonly other: Recorder }
): ChainError | undefined {
  if (digests.one.economy === digests.other.economy && digests.one.trace === digests.other.trace) return undefined
  const found = parting(records.one, records.other)
  const tables = Object.entries(digests.one.tables).flatMap(([table, hash]) =>
    hash === digests.other.tables[table as keyof Digests["tables"]] ? [] : [table]
  )
  const place =
    found === undefined
      ? `in what no table shows (${tables.join(", ")})`
      : `first in table ${found.table}${found.block === undefined ? "" : `, block ${found.block}`}` +
        `${found.position === undefined ? "" : `, transaction ${found.position}`}: ` +
        `${found.column} is ${found.one} on ${chains.one} and ${found.other} on ${chains.other}`
  return new ChainError({
    reason: "Audit",
    message: `the run differs between ${chains.one} and ${chains.other}, ${place}`,
    fix: "Take the result of the hardhat chain, and report the difference with the command that shows it.",
    offending: {
      name: found?.table ?? "digest",
      value: found === undefined ? digests.one.trace : `${found.one} / ${found.other}`
    }
  })
}
