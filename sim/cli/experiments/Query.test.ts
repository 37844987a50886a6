/** Questions in SQL: what they see, what they cannot reach, and how answers are printed. */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ask, describeViews } from "../../store/ExperimentDatabase.ts"
import { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import { readStored } from "../../store/ExperimentReader.ts"
import { RUNS, runCells } from "../../store/ExperimentTables.ts"
import { manifestOf, planOf, point, recordOf } from "../../store/fixtures/records.ts"
import { encodeRows } from "../../store/Parquet.ts"
import { mesocosm, workspace } from "../fixtures/Command.ts"

describe("a question", () => {
  let cwd = ""
  let path = ""
  beforeAll(async () => {
    cwd = workspace()
    path = join(cwd, "it's one")
    const folder = await ExperimentFolder.create(path, manifestOf())
    await folder.addRound([{ ...point, set: { stake: "5", kind: "a", share: "2" } }], planOf(10))
    // Some are sealed, one file holds nothing but a failure, some are in the log, and one was cut short.
    for (const row of planOf(10).slice(0, 3)) await folder.append(recordOf(row))
    await folder.seal()
    await folder.append(recordOf(planOf(10)[6] as never))
    await folder.seal()
    for (const row of planOf(10).slice(3, 6)) await folder.append(recordOf(row))
    appendFileSync(join(path, "log", "00003.ndjson"), '{"hash":')
    folder.close()
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  const rows = async (sql: string): Promise<unknown> => (await ask(path, sql)).rows

  it("sees each run that was made, sealed or in the log, and the Params of its point", async () => {
    const { columns, rows: all } = await ask(
      path,
      "select seed, status, share, param_share, stake, kind, metric_seed, error_message, blocks from runs where seed in (1, 4, 7, 8)"
    )
    expect(columns.length).toBe(9)
    expect(all).toEqual([
      [1, "complete", 1 / 3, 2, 5, "a", 1, null, 1],
      [4, "complete", 4 / 3, 2, 5, "a", null, null, 4],
      [7, "failed", null, 2, 5, "a", null, 'seed 7, "quoted"', 7]
    ])
    expect(await rows("select status, count(*) from runs group by all order by all")).toEqual([
      ["complete", 6],
      ["failed", 1]
    ])
    expect(await rows("select count(*), count(r.hash) from plan left join runs r using (index)")).toEqual([[10, 7]])
  })

  it("keeps the plan's columns apart from metrics of their names, in large letters too, and from those of old folders", async () => {
    const place = join(cwd, "clashing")
    const folder = await ExperimentFolder.create(place, manifestOf())
    await folder.addRound([{ ...point, set: { Arm: "5" } }], planOf(2))
    for (const row of planOf(2)) {
      await folder.append({ ...recordOf(row), values: { point: 0.5, index: 0.25, round: 0.125, Seed: 9 } })
      // Sealed and in the log.
      await folder.seal()
    }
    folder.close()
    const asked =
      "select index, round, point, metric_index, metric_round, metric_point, metric_Seed, param_Arm from runs"
    expect((await ask(place, asked)).rows).toEqual([
      [0, 0, 0, 0.25, 0.125, 0.5, 9, 5],
      [1, 0, 0, 0.25, 0.125, 0.5, 9, 5]
    ])
    expect((await readStored(place)).outcomes.get(planOf(1)[0]?.hash ?? "0x")?.values).toEqual({
      point: 0.5,
      index: 0.25,
      round: 0.125,
      Seed: 9
    })
    // As a folder was written before these names were taken.
    const file = join(place, "runs", "00001.parquet")
    const layout = { ...RUNS([]), point: "double" } as const
    const [first] = planOf(1)
    const cells = { ...runCells({ ...recordOf(first as never), values: {} }), point: 0.75 }
    writeFileSync(file, encodeRows(layout, [cells]))
    rmSync(join(place, "runs", "00002.parquet"))
    expect((await ask(place, "select point, metric_point from runs order by index")).rows).toEqual([[0, 0.75]])
  })

  it("sees series, ledgers, points and the plan", async () => {
    expect(await rows("select arm, seed, time, number from series where metric = 'share' and seed = 5")).toEqual([
      ["baseline", 5, 0, 0],
      ["baseline", 5, 604_800, 5 / 3]
    ])
    expect(await rows("select population, sum(identities), count(*) from ledger group by all")).toEqual([
      ["farm", 21, 6]
    ])
    expect(await rows("select param, value, number from points order by param")).toEqual([
      ["kind", "a", null],
      ["share", "2", 2],
      ["stake", "5", 5]
    ])
    const place = join(cwd, "durations")
    const waits = await ExperimentFolder.create(place, manifestOf())
    await waits.addRound([{ ...point, set: { wait: "1 week", mode: "slow" } }], planOf(1))
    await waits.append(recordOf(planOf(1)[0] as never))
    waits.close()
    expect((await ask(place, "select param, number from points order by param")).rows).toEqual([
      ["mode", null],
      ["wait", 604_800]
    ])
    expect((await ask(place, "select wait from runs")).rows).toEqual([["1 week"]])
    expect(await rows("select max(index) from plan")).toEqual([[9]])
    expect((await describeViews(path)).map(({ view, columns }) => [view, columns.length])).toEqual([
      ["runs", 29],
      ["series", 9],
      ["ledger", 17],
      ["points", 5],
      ["plan", 6]
    ])
  })

  it.each([
    ["no file", "select * from read_csv('/etc/hostname')", /file system operations are disabled/],
    ["not the folder's own", "select * from '$/runs/00001.parquet'", /file system operations are disabled/],
    ["no file to write", "copy plan to '$/stolen.csv'", /file system operations are disabled/],
    ["no network", "select * from 'http://127.0.0.1/x.parquet'", /disabled|Permission|httpfs/],
    ["no setting", "set enable_external_access = true", /lock|configuration/],
    ["no extension", "install httpfs", /disabled|Permission/]
  ])("reaches %s", async (_, sql, says) => {
    const before = readdirSync(path, { recursive: true })
    await expect(ask(path, sql.replace("$", path.replaceAll("'", "''")))).rejects.toMatchObject({
      _tag: "ReportError",
      reason: "MalformedQuery",
      message: expect.stringMatching(says)
    })
    expect(readdirSync(path, { recursive: true })).toEqual(before)
    expect(existsSync(join(path, "stolen.csv"))).toBe(false)
  })

  it.each([
    "drop table runs",
    "delete from runs",
    "create table mine as select 1",
    "insert into runs select * from runs"
  ])("that is none is refused: %s", async (sql) => {
    await expect(ask(path, sql)).rejects.toMatchObject({
      reason: "MalformedQuery",
      message: expect.stringContaining("no question"),
      fix: expect.stringContaining("Begin with select")
    })
  })

  it("may be of what there is, and how it is answered", async () => {
    for (const sql of ["describe runs", "explain select 1", "show tables", "with a as (select 1 as b) select b from a"])
      expect((await ask(path, sql)).rows.length).toBeGreaterThan(0)
  })

  it("that is wrong is answered with DuckDB's word and a fix", async () => {
    await expect(ask(path, "select nothing from runs")).rejects.toMatchObject({
      message: expect.stringMatching(/DuckDB says: Binder Error: .*nothing/),
      fix: expect.stringContaining("runs, series, ledger, points, plan"),
      offending: { name: "sql", value: "select nothing from runs" }
    })
    await expect(ask(cwd, "select 1")).rejects.toMatchObject({ reason: "UnknownRun" })
    const file = join(path, "series", "00001.parquet")
    const whole = readFileSync(file)
    writeFileSync(file, "PAR1")
    await expect(ask(path, "select * from series")).rejects.toMatchObject({ reason: "UnreadableRun" })
    expect(await rows("select count(*) from runs")).toEqual([[7]])
    writeFileSync(file, whole)
  })

  it("is answered as a table, as CSV or as JSON; without one, the columns are listed", async () => {
    const sql =
      "select seed, error_message as says, seed / 4 as part from plan left join runs using (seed) where seed > 6 order by 1 limit 2"
    const [table, csv, json, none, both] = await Promise.all([
      mesocosm(cwd, ["query", path, sql]),
      mesocosm(cwd, ["query", path, sql, "--csv"]),
      mesocosm(cwd, ["query", path, sql, "--json"]),
      mesocosm(cwd, ["query", path]),
      mesocosm(cwd, ["query", path, sql, "--json", "--csv"])
    ])
    expect(table?.stdout).toBe(
      'seed  says              part\n   7  seed 7, "quoted"  1.75\n   8                       2\n'
    )
    expect(csv?.stdout).toBe('seed,says,part\n7,"seed 7, ""quoted""",1.75\n8,,2\n')
    expect(JSON.parse(json?.stdout ?? "")).toEqual({
      columns: ["seed", "says", "part"],
      rows: [
        { seed: 7, says: 'seed 7, "quoted"', part: 1.75 },
        { seed: 8, says: null, part: 2 }
      ]
    })
    for (const view of ["runs", "series", "ledger", "points", "plan"])
      expect(none?.stdout).toMatch(new RegExp(`^${view}  `, "m"))
    expect(none?.stdout).toContain("Ask, for example:")
    expect([table?.code, none?.code, both?.code]).toEqual([0, 0, 2])
  })
})
