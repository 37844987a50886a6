/** What a run's table of agents says of some of them, as plain data. */
import type { Recorder } from "../run/Recorder.ts"

/** One agent at the end of a run. */
export interface AgentRow {
  readonly agent: string
  /** The ledger's profit, in whole units of the numeraire. */
  readonly profit: number
  /** Its last state, as `toText` writes it. */
  readonly state: string
}

/** The rows of these agents, by id, in the table's order. */
export function agentRows(recorder: Recorder, ids: readonly string[]): readonly AgentRow[] {
  const { agent = [], profit = [], state = [] } = recorder.columns("agents")
  return agent.flatMap((id, row) =>
    ids.includes(String(id)) ? [{ agent: String(id), profit: Number(profit[row]), state: String(state[row]) }] : []
  )
}
