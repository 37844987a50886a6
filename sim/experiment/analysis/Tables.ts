/** What is read of an experiment's tables at the default point: metrics over time, and ledgers. */
import type { Hex } from "../../chain/Contracts.ts"
import { Stream } from "../../kernel/Stream.ts"
import { effectOf } from "../../stats/Effect.ts"
import type { Fan, LedgerSummary } from "../../store/Analysis.ts"
import { readRows } from "../../store/ExperimentReader.ts"
import type { Cells } from "../../store/Parquet.ts"
import { summaryOf } from "./Summaries.ts"

/** Which runs are read: hash to its arm and seed. */
export type Chosen = ReadonlyMap<Hex, { readonly arm: string; readonly seed: number }>

/** The metrics' quantiles at each sampling time, arms in the order given. */
export async function fansOf(path: string, chosen: Chosen, arms: readonly string[]): Promise<readonly Fan[]> {
  const cells = new Map<string, Map<number, number[]>>()
  for await (const rows of readRows(path, "series")) {
    for (const { hash, metric, time, number } of rows) {
      const run = chosen.get(hash as Hex)
      if (run === undefined) continue
      const key = `${run.arm}\n${String(metric)}`
      let times = cells.get(key)
      if (times === undefined) {
        times = new Map()
        cells.set(key, times)
      }
      const values = times.get(Number(time))
      if (values === undefined) times.set(Number(time), [Number(number)])
      else values.push(Number(number))
    }
  }
  const fans = [...cells].map(([key, times]): Fan => {
    const [arm = "", metric = ""] = key.split("\n")
    const sorted = [...times].sort(([a], [b]) => a - b)
    const summaries = sorted.map(([, values]) => summaryOf(values))
    return {
      arm,
      metric,
      time: sorted.map(([time]) => time),
      mean: summaries.map((each) => each.mean),
      p5: summaries.map((each) => each.p5),
      p25: summaries.map((each) => each.p25),
      p50: summaries.map((each) => each.p50),
      p75: summaries.map((each) => each.p75),
      p95: summaries.map((each) => each.p95)
    }
  })
  return fans.sort((a, b) => arms.indexOf(a.arm) - arms.indexOf(b.arm) || (a.metric < b.metric ? -1 : 1))
}

const MEANS = ["agents", "identities", "transactions", "received", "sent", "gas", "spent", "capital"] as const

/** What each population came to in each arm, and against the first arm. */
export async function ledgersOf(
  path: string,
  chosen: Chosen,
  arms: readonly string[],
  root: string
): Promise<readonly LedgerSummary[]> {
  const cells = new Map<string, Cells[]>()
  for await (const rows of readRows(path, "ledger")) {
    for (const row of rows) {
      const run = chosen.get(row["hash"] as Hex)
      if (run === undefined) continue
      const key = `${run.arm}\n${String(row["population"])}`
      const cell = cells.get(key)
      const placed = { ...row, seed: run.seed }
      if (cell === undefined) cells.set(key, [placed])
      else cell.push(placed)
    }
  }
  const [reference = ""] = arms
  const populations = [...new Set([...cells.keys()].map((key) => key.split("\n")[1] ?? ""))].sort()
  const summaries: LedgerSummary[] = []
  for (const arm of arms) {
    for (const population of populations) {
      const rows = bySeed(cells.get(`${arm}\n${population}`) ?? [])
      if (rows.length === 0) continue
      const means = Object.fromEntries(MEANS.map((column) => [column, summaryOf(numbers(rows, column)).mean]))
      summaries.push({
        arm,
        population,
        behaviour: String(rows[0]?.["behaviour"]),
        // Every column of MEANS was just made.
        ...(means as Record<(typeof MEANS)[number], number>),
        profit: summaryOf(numbers(rows, "profit")),
        effect: arm === reference ? null : against(bySeed(cells.get(`${reference}\n${population}`) ?? []), rows, root)
      })
    }
  }
  return summaries
}

function against(theirs: readonly Cells[], ours: readonly Cells[], root: string): LedgerSummary["effect"] {
  const profit = new Map(theirs.map((row) => [row["seed"], Number(row["profit"])]))
  const pairs = ours.flatMap((row) => {
    const other = profit.get(row["seed"] ?? null)
    return other === undefined ? [] : [[other, Number(row["profit"])] as const]
  })
  if (pairs.length < 2) return null
  const stream = Stream.open(`${root}/ledger`)
  return effectOf(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
    { stream, method: "exact" }
  )
}

function bySeed(rows: readonly Cells[]): readonly Cells[] {
  return [...rows].sort((a, b) => Number(a["seed"]) - Number(b["seed"]))
}

function numbers(rows: readonly Cells[], column: string): readonly number[] {
  return rows.map((row) => Number(row[column]))
}
