/** The folder of an experiment: what is recorded survives whatever happens to the process or the disk. */
import { spawnSync } from "node:child_process"
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { exportLines } from "./ExperimentExport.ts"
import { ExperimentFolder } from "./ExperimentFolder.ts"
import { EXPERIMENT_SCHEMA } from "./ExperimentManifest.ts"
import { readExperiment, readRows, readStored } from "./ExperimentReader.ts"
import { hashOf, joined, manifestOf, planOf, point, recordOf } from "./fixtures/records.ts"

let root = ""
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mesocosm-store-"))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A folder with a plan, and the first so many runs of it recorded. */
async function begun(name: string, planned = 10, done = 0): Promise<ExperimentFolder> {
  const folder = await ExperimentFolder.create(join(root, name), manifestOf())
  await folder.addRound([point], planOf(planned))
  for (const row of planOf(planned).slice(0, done)) await folder.append(recordOf(row))
  return folder
}

async function exported(path: string): Promise<string> {
  return joined(exportLines(path))
}

const log = (folder: ExperimentFolder, n = 1): string => join(folder.path, "log", `0000${n}.ndjson`)

describe("an experiment's folder", () => {
  it("holds plans of more rows than a call can have arguments", async () => {
    const folder = await begun("large", 130_000)
    expect(folder.plan.length).toBe(130_000)
    folder.close()
    const again = await ExperimentFolder.open(folder.path)
    expect(again.plan.at(-1)).toEqual(folder.plan.at(-1))
    again.close()
    expect((await readStored(folder.path)).plan.length).toBe(130_000)
  })

  it("exports the same from the log, sealed, in any order of completion, at any pace", async () => {
    const open = await begun("log", 20, 20)
    const sealed = await ExperimentFolder.create(join(root, "sealed"), manifestOf())
    await sealed.addRound([point], planOf(20))
    for (const [nth, row] of [...planOf(20)].reverse().entries()) {
      await sealed.append(recordOf(row, 1 + nth))
      if (nth === 6 || nth === 13) await sealed.seal()
    }
    expect(readdirSync(join(sealed.path, "runs"))).toEqual(["00001.parquet", "00002.parquet"])
    const text = await exported(open.path)
    expect(await exported(sealed.path)).toBe(text)
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.length).toBe(21)
    expect(lines[0]).toMatchObject({ export: 1, experiment: EXPERIMENT_SCHEMA, design: manifestOf().design })
    const { host: _, hash, arm, seed, values, ...kept } = recordOf(planOf(20)[2] as never)
    expect(lines[3]).toEqual({
      index: 2,
      round: 0,
      point: 0,
      arm,
      seed,
      hash,
      set: { stake: "5" },
      run: { ...kept, values }
    })
    expect(lines[7]).toMatchObject({ run: { status: "failed", error: { message: 'seed 7, "quoted"' }, values: {} } })
    expect(text).not.toContain("seconds")
    open.close()
    sealed.close()
  })

  it("says of a run that is not recorded that there is none, and repeats one that the plan names twice", async () => {
    const folder = await begun("twice", 3, 1)
    await folder.addRound([], [{ ...(planOf(3)[0] as never as object), index: 3, round: 1 } as never])
    const runs = (await exported(folder.path))
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => (JSON.parse(line) as { run: { status: string } | null }).run?.status ?? null)
    expect(runs).toEqual(["complete", null, null, "complete"])
    expect(folder.counts).toEqual({ planned: 3, complete: 1, failed: 0 })
    folder.close()
  })

  it("is gone on with after a death in the middle of a line: that run alone is to be done again", async () => {
    const folder = await begun("cut", 10, 4)
    const before = await exported(folder.path)
    appendFileSync(log(folder), JSON.stringify(recordOf(planOf(10)[4] as never)).slice(0, 40))
    folder.close()
    const again = await ExperimentFolder.open(folder.path)
    expect(again.counts).toEqual({ planned: 10, complete: 4, failed: 0 })
    expect(again.outcome(hashOf(104))).toBeUndefined()
    expect(await exported(again.path)).toBe(before)
    await again.append(recordOf(planOf(10)[4] as never))
    expect(again.counts.complete).toBe(5)
    again.close()
  })

  it.each(["series", "ledger", "runs"])(
    "counts each run once when the process died before it had written %s of a sealed log",
    async (missing) => {
      const folder = await begun(`sealing-${missing}`, 10, 5)
      const before = await exported(folder.path)
      const records = readFileSync(log(folder))
      await folder.seal()
      folder.close()
      // As it was in the middle of sealing: the log is there, and the tables up to one that is not.
      writeFileSync(log(folder), records)
      const tables = ["series", "ledger", "runs"]
      for (const table of tables.slice(tables.indexOf(missing))) {
        rmSync(join(folder.path, table, "00001.parquet"))
        writeFileSync(join(folder.path, table, "00001.parquet.tmp"), "PAR1 and no more")
      }
      expect(await exported(folder.path)).toBe(before)
      const again = await ExperimentFolder.open(folder.path)
      expect(again.counts).toEqual({ planned: 10, complete: 5, failed: 0 })
      expect(await exported(again.path)).toBe(before)
      expect(existsSync(log(folder))).toBe(false)
      again.close()
    }
  )

  it("counts each run once when the process died before it had removed a sealed log", async () => {
    const folder = await begun("removing", 10, 5)
    const records = readFileSync(log(folder))
    await folder.seal()
    const before = await exported(folder.path)
    folder.close()
    writeFileSync(log(folder), records)
    expect(await exported(folder.path)).toBe(before)
    let rows = 0
    for await (const part of readRows(folder.path, "runs")) rows += part.length
    expect(rows).toBe(5)
    const again = await ExperimentFolder.open(folder.path)
    expect([again.counts.complete, existsSync(log(folder))]).toEqual([5, false])
    again.close()
  })

  it("records a run once, however often it is told", async () => {
    const folder = await begun("again", 3, 2)
    await folder.append({ ...recordOf(planOf(3)[0] as never), economy: hashOf(9) })
    expect((await readStored(folder.path)).outcomes.get(hashOf(100))?.economy).toBe(hashOf(1001))
    expect(folder.counts.complete).toBe(2)
    folder.close()
  })

  it("gives every sealed file the columns of the metrics seen so far, after going on too", async () => {
    const folder = await begun("columns", 10, 3)
    await folder.seal()
    folder.close()
    const again = await ExperimentFolder.open(folder.path)
    await again.append(recordOf(planOf(10)[6] as never))
    await again.seal()
    again.close()
    const columns = []
    for await (const [row = {}] of readRows(folder.path, "runs")) columns.push(Object.keys(row))
    expect(columns[0]).toContain("metric_seed")
    expect(columns.slice(1, 2)).toEqual(columns.slice(0, 1))
  })

  it("is begun again where a process died before its manifest stood, in a folder with other things too", async () => {
    const path = join(root, "half")
    for (const table of ["log", "plan", "runs"]) mkdirSync(join(path, table), { recursive: true })
    writeFileSync(join(path, "experiment.json.tmp"), "{")
    writeFileSync(join(path, "README.md"), "mine")
    const child = spawnSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" })
    symlinkSync(child.stdout.trim(), join(path, "lock"))
    const folder = await ExperimentFolder.create(path, manifestOf())
    await folder.addRound([point], planOf(3))
    folder.close()
    expect((await readStored(path)).plan.length).toBe(3)
    expect(readFileSync(join(path, "README.md"), "utf8")).toBe("mine")
  })

  it.each([
    ["stored runs", "runs/open-pool/baseline-7/manifest.json"],
    ["an experiment that lost its manifest", "plan/00001.parquet"],
    ["a file", "series"]
  ])("is not begun over %s, and leaves that as it is", async (what, file) => {
    const path = join(root, `over ${what}`)
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), "theirs")
    const before = readdirSync(path, { recursive: true })
    await expect(ExperimentFolder.create(path, manifestOf())).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "AlreadyExists",
      message: expect.stringContaining(`${path} holds ${file.split("/")[0]} already`),
      offending: { name: "--out", value: path }
    })
    expect(readdirSync(path, { recursive: true })).toEqual(before)
    expect(readFileSync(join(path, file), "utf8")).toBe("theirs")
  })

  it("is let go when it cannot be begun", async () => {
    const path = join(root, "not begun")
    mkdirSync(join(path, "experiment.json.tmp"), { recursive: true })
    await expect(ExperimentFolder.create(path, manifestOf())).rejects.toMatchObject({ reason: "Unwritable" })
    expect(readdirSync(path)).not.toContain("lock")
    rmSync(join(path, "experiment.json.tmp"), { recursive: true })
    const folder = await ExperimentFolder.create(path, manifestOf())
    folder.close()
  })

  it("keeps every change of the manifest, however many come at once, the last of each", async () => {
    const folder = await begun("updates", 3)
    const runs = (complete: number) => ({ planned: 3, complete, failed: 0 })
    await Promise.all([
      folder.update({ status: "interrupted" }),
      ...Array.from({ length: 20 }, (_, nth) => folder.update({ runs: runs(nth) }))
    ])
    expect(await readExperiment(folder.path)).toMatchObject({ status: "interrupted", runs: runs(19) })
    // A change that cannot be written is told, and stops none after it.
    const parked = `${folder.path}-parked`
    renameSync(folder.path, parked)
    await expect(folder.update({ status: "failed" })).rejects.toMatchObject({ reason: "Unwritable" })
    renameSync(parked, folder.path)
    await folder.update({ runs: runs(3) })
    expect(await readExperiment(folder.path)).toMatchObject({ status: "failed", runs: runs(3) })
    folder.close()
  })

  it("belongs to one process at a time, and is no second experiment's", async () => {
    const folder = await begun("held", 3, 1)
    folder.close()
    // Process 1 lives for as long as any.
    symlinkSync("1", join(folder.path, "lock"))
    await expect(ExperimentFolder.open(folder.path)).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "Busy",
      fix: expect.stringContaining(`resume ${folder.path}`)
    })
    rmSync(join(folder.path, "lock"))
    await expect(ExperimentFolder.create(folder.path, manifestOf())).rejects.toMatchObject({ reason: "AlreadyExists" })
    expect(existsSync(join(folder.path, "lock"))).toBe(false)
  })
})

describe("when the disk does not do its part", () => {
  it("a full disk ends the work with a fix, and all that was recorded stays", async () => {
    const folder = await begun("full", 10, 3)
    const before = await exported(folder.path)
    await folder.seal()
    symlinkSync("/dev/full", log(folder, 2))
    await expect(folder.append(recordOf(planOf(10)[3] as never))).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "Unwritable",
      message: expect.stringContaining("ENOSPC"),
      fix: expect.stringMatching(/^Free some space.*resume/)
    })
    expect([folder.counts.complete, folder.outcome(hashOf(103))]).toEqual([3, undefined])
    folder.close()
    rmSync(log(folder, 2))
    const again = await ExperimentFolder.open(folder.path)
    expect(await exported(again.path)).toBe(before)
    again.close()
  })

  it.runIf(process.platform === "linux")(
    "a record that was written in part is taken away, and none follows it",
    async () => {
      const path = join(root, "part")
      // The most that the process may write into one file ends in the middle of a line; then there is room again.
      const script = `
      const { ExperimentFolder } = await import(${JSON.stringify(new URL("ExperimentFolder.ts", import.meta.url).href)})
      const { manifestOf, planOf, point, recordOf } = await import(${JSON.stringify(new URL("fixtures/records.ts", import.meta.url).href)})
      const { spawnSync } = await import("node:child_process")
      const limit = (bytes) => spawnSync("prlimit", ["--fsize=" + bytes + ":unlimited", "--pid", String(process.pid)])
      const folder = await ExperimentFolder.create(${JSON.stringify(path)}, manifestOf())
      await folder.addRound([point], planOf(30))
      process.on("SIGXFSZ", () => {})
      limit(5000)
      const said = []
      for (const row of planOf(30)) {
        try { await folder.append(recordOf(row)) } catch (error) { said.push(error.reason + " " + error.message.split(": ").at(-1)); limit("unlimited") }
      }
      process.stdout.write(JSON.stringify({ complete: folder.counts.complete + folder.counts.failed, said: [...new Set(said)] }))
      folder.close()`
      const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8"
      })
      expect(stderr).toBe("")
      const { complete, said } = JSON.parse(stdout) as { readonly complete: number; readonly said: readonly string[] }
      expect(said).toEqual(["Unwritable EFBIG"])
      const written = readFileSync(join(path, "log", "00001.ndjson"), "utf8")
      expect([written.endsWith("}\n"), written.split("\n").length - 1]).toEqual([true, complete])
      const again = await ExperimentFolder.open(path)
      expect(again.counts.complete + again.counts.failed).toBe(complete)
      for (const row of planOf(30)) await again.append(recordOf(row))
      expect(again.counts.complete + again.counts.failed).toBe(30)
      again.close()
    }
  )

  it("a folder that may not be written to is refused with a fix", async () => {
    const shut = join(root, "shut")
    mkdirSync(shut, { mode: 0o555 })
    chmodSync(root, 0o755)
    const folder = await begun("readable", 3, 1)
    folder.close()
    const paths = [folder.path, join(folder.path, "log")]
    for (const path of paths) chmodSync(path, 0o555)
    const unwritable = { _tag: "ScenarioError", reason: "Unwritable", fix: expect.stringContaining("--out") }
    await asNobody(async () => {
      await expect(ExperimentFolder.create(join(shut, "new"), manifestOf())).rejects.toMatchObject(unwritable)
      await expect(ExperimentFolder.open(folder.path)).rejects.toMatchObject(unwritable)
      // Reading asks for no more than reading.
      expect((await readStored(folder.path)).outcomes.size).toBe(1)
    })
    for (const path of paths) chmodSync(path, 0o755)
  })

  it.each(["runs", "series", "plan"])("a damaged file of %s is named with what to do", async (table) => {
    const folder = await begun(`damaged-${table}`, 10, 3)
    await folder.seal()
    folder.close()
    const file = join(folder.path, table, "00001.parquet")
    writeFileSync(file, readFileSync(file).subarray(20))
    const unreadable = {
      _tag: "ReportError",
      reason: "UnreadableRun",
      message: expect.stringContaining(`${table}/00001.parquet`),
      fix: expect.stringMatching(table === "plan" ? /another folder/ : /Remove 00001.parquet.*resume/)
    }
    await expect(exported(folder.path)).rejects.toMatchObject(unreadable)
    if (table === "series") return
    await expect(ExperimentFolder.open(folder.path)).rejects.toMatchObject(unreadable)
    expect(existsSync(join(folder.path, "lock"))).toBe(false)
  })

  it("what the fix of a damaged file says works: its runs are done again", async () => {
    const folder = await begun("mended", 10, 10)
    const before = await exported(folder.path)
    await folder.seal()
    folder.close()
    for (const table of ["runs", "series", "ledger"]) rmSync(join(folder.path, table, "00001.parquet"))
    const again = await ExperimentFolder.open(folder.path)
    expect(again.counts).toEqual({ planned: 10, complete: 0, failed: 0 })
    for (const row of planOf(10)) await again.append(recordOf(row))
    expect(await exported(again.path)).toBe(before)
    again.close()
  })

  it("a damaged line of the log is named with what to do", async () => {
    const folder = await begun("line", 10, 2)
    appendFileSync(log(folder), "}{\n")
    folder.close()
    await expect(ExperimentFolder.open(folder.path)).rejects.toMatchObject({
      reason: "UnreadableRun",
      fix: expect.stringContaining("Remove the damaged line")
    })
  })

  it("a manifest of another schema, or none, is told apart", async () => {
    const folder = await begun("schema", 1, 1)
    folder.close()
    const file = join(folder.path, "experiment.json")
    writeFileSync(file, JSON.stringify({ ...manifestOf(), schema: 99 }))
    await expect(ExperimentFolder.open(folder.path)).rejects.toMatchObject({
      reason: "SchemaVersion",
      offending: { name: "schema", value: "99" }
    })
    writeFileSync(file, "{")
    await expect(readExperiment(folder.path)).rejects.toMatchObject({ reason: "UnreadableRun" })
    rmSync(file)
    await expect(readExperiment(folder.path)).rejects.toMatchObject({ reason: "UnknownRun" })
  })
})

/** Does something as somebody who owns nothing here: root may write wherever it wants. */
async function asNobody(act: () => Promise<void>): Promise<void> {
  const root = process.getuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    await act()
  } finally {
    if (root) process.seteuid?.(0)
  }
}
