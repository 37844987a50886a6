import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import { pond } from "../run/fixtures/pond.ts"
import { Recorder, TABLES, type TableName } from "../run/Recorder.ts"
import { resolve } from "../run/RunSpec.ts"
import { auditError, parting } from "./Audit.ts"
import { execute } from "./Execute.ts"

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)

/** A record with one cell changed. */
function changed(recorder: Recorder, table: TableName, row: number, column: string, to: string): Recorder {
  const state = recorder.save()
  const columns = { ...state.tables[table] }
  columns[column] = (columns[column] ?? []).map((value, at) => (at === row ? to : value))
  return new Recorder("memory", { ...state, tables: { ...state.tables, [table]: columns } })
}

describe("the audit of a run", { timeout: 60_000 }, () => {
  it("finds the same digests on both chains, and says so in the manifest", async () => {
    const scenario = pond("shuffled")
    const run = await execute({
      scenario,
      resolved: resolve(scenario, { seed: 3 }),
      chain: "revm",
      artifacts,
      audit: true
    })
    expect(run.error).toBeUndefined()
    expect(run.manifest.audited).toEqual({ chain: "hardhat", same: true })
    expect(run.manifest.counts.reverted).toBeGreaterThan(0)
    expect(run.manifest.counts.invalid).toBeGreaterThan(0)
  })

  it("names table, block and transaction of the first difference", async () => {
    const scenario = pond("fifo")
    const { recorder, manifest } = await execute({
      scenario,
      resolved: resolve(scenario, { seed: 3 }),
      chain: "revm",
      artifacts
    })
    expect(parting(recorder, recorder)).toBeUndefined()
    const row = 40
    const [block, position] = [
      recorder.columns("transactions")["block"]?.[row],
      recorder.columns("transactions")["position"]?.[row]
    ]
    const late = changed(recorder, "events", recorder.rows("events") - 1, "args", "{}")
    const both = changed(late, "transactions", row, "status", "lost")
    expect(parting(recorder, both)).toMatchObject({
      table: "transactions",
      block,
      position,
      column: "status",
      other: "lost"
    })
    expect(parting(recorder, late)).toMatchObject({ table: "events", column: "args" })
    const other = { ...manifest.digest, trace: "0x00" as const }
    const error = auditError(
      { one: "revm", other: "hardhat" },
      { one: manifest.digest, other },
      { one: recorder, other: both }
    )
    expect(error).toMatchObject({ _tag: "ChainError", reason: "Audit" })
    expect(error?.message).toContain(`table transactions, block ${block}, transaction ${position}: status is`)
    expect(
      auditError(
        { one: "revm", other: "hardhat" },
        { one: manifest.digest, other: manifest.digest },
        { one: recorder, other: both }
      )
    ).toBeUndefined()
  })

  it("looks at every table that feeds a digest", () => {
    const recorder = new Recorder()
    expect(Object.keys(TABLES).filter((table) => table !== "agents").length).toBe(9)
    expect(parting(recorder, recorder)).toBeUndefined()
  })
})
