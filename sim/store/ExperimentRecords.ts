/** The records of an experiment again, from its tables and its log. */
import type { ChainKind } from "../chain/Chain.ts"
import type { Hex } from "../chain/Contracts.ts"
import { type Chunk, outcomeOf, readChunks } from "./ExperimentReader.ts"
import type { Cells } from "./Parquet.ts"
import type { LedgerRow, RunRecord } from "./RunRecord.ts"

/**
 * The records of every run, or of those whose hashes are wanted, as many at once as stand in one file. Metrics without a
 * value are left out.
 * @throws ReportError UnreadableRun.
 */
export async function* readRecords(
  path: string,
  wanted?: ReadonlySet<Hex>
): AsyncGenerator<readonly RunRecord[], void, void> {
  for await (const chunk of readChunks(path)) {
    const rows = chunk.runs.filter(({ hash }) => wanted === undefined || wanted.has(hash as Hex))
    if (rows.length > 0) yield await recordsOf(chunk, rows)
  }
}

interface Samples {
  readonly metric: string
  readonly time: number[]
  readonly number: number[]
}

async function recordsOf(chunk: Chunk, rows: readonly Cells[]): Promise<readonly RunRecord[]> {
  const found = new Map(rows.map((row) => [row["hash"], { row, ledger: [] as LedgerRow[], series: [] as Samples[] }]))
  for (const { hash, ...cells } of await chunk.rows("ledger")) {
    // The columns of the table are the members of a row.
    found.get(hash as Hex)?.ledger.push(cells as unknown as LedgerRow)
  }
  for (const { hash, metric, time, number } of await chunk.rows("series")) {
    const series = found.get(hash as Hex)?.series
    let last = series?.at(-1)
    if (last?.metric !== metric) {
      last = { metric: String(metric), time: [], number: [] }
      series?.push(last)
    }
    last?.time.push(Number(time))
    // A sample that is no number is absent from the table, as it is in the log.
    last?.number.push(number as number)
  }
  return [...found.values()].map(({ row, ledger, series }) => ({ ...recordOf(row), ledger, series }))
}

function recordOf(row: Cells): Omit<RunRecord, "ledger" | "series"> {
  const outcome = outcomeOf(row)
  const values = Object.fromEntries(Object.entries(outcome.values).filter(([, value]) => value !== null))
  const { error_tag: tag, error_reason: reason, error_message: message, error_fix: fix } = row
  const count = (column: string): number => Number(row[column])
  return {
    ...outcome,
    values,
    arm: String(row["arm"]),
    seed: count("seed"),
    error:
      tag === null ? null : { tag: String(tag), reason: String(reason), message: String(message), fix: String(fix) },
    counts: {
      blocks: count("blocks"),
      transactions: count("transactions"),
      reverted: count("reverted"),
      invalid: count("invalid"),
      events: count("events"),
      wakes: count("wakes")
    },
    endedAt: count("ended_at"),
    host: { chain: row["chain"] as ChainKind, seconds: count("seconds") }
  }
}
