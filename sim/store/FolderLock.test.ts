/** One process writes at a time; one that is gone holds nobody off; one that cannot be seen from here is not taken for gone. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { holdFolder, isHeld } from "./FolderLock.ts"

let folder = ""
let lock = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mesocosm-lock-"))
  lock = join(folder, "lock")
})
afterEach(() => {
  for (const name of ["lock", "lock.taking"]) rmSync(join(folder, name), { force: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A process that does nothing until it is ended. */
const sleeper = (): ChildProcess => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])

async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL")
  await once(child, "exit")
}

/** What this process's lock says. */
function ours(): string {
  const release = holdFolder(folder)
  const words = readlinkSync(lock)
  release()
  return words
}

const busy = (message: string, fix: unknown = expect.any(String)): unknown =>
  expect.objectContaining({
    ...{ _tag: "ScenarioError", reason: "Busy", message, fix },
    offending: { name: "folder", value: folder }
  })

describe("the lock of a folder", () => {
  it("is held until it is let go, and says by whom", () => {
    const release = holdFolder(folder)
    expect(readlinkSync(lock)).toContain(`process ${process.pid} `)
    expect(readlinkSync(lock)).toContain(` on ${hostname()}`)
    expect(isHeld(folder)).toBe(true)
    release()
    expect(() => readlinkSync(lock)).toThrow("ENOENT")
    expect(isHeld(folder)).toBe(false)
    release()
  })

  it("is held once in a process, too, and whoever let it go lets nobody else's go", () => {
    const release = holdFolder(folder)
    expect(() => holdFolder(folder)).toThrow(busy(`process ${process.pid} is writing to ${folder}`))
    release()
    const another = holdFolder(folder)
    release()
    expect(isHeld(folder)).toBe(true)
    another()
  })

  it.each([
    ["as it is written", (pid: number) => ours().replace(/process \d+ started \d+/, `process ${pid}`)],
    ["as an older version wrote it", (pid: number) => String(pid)]
  ])("of a living process refuses another; of a dead one it does not: %s", async (_, words) => {
    const child = sleeper()
    try {
      symlinkSync(words(child.pid ?? 0), lock)
      expect(() => holdFolder(folder)).toThrow(
        busy(
          `process ${child.pid} is writing to ${folder}`,
          `Wait until it is done, or stop it; then go on with mesocosm resume ${folder}.`
        )
      )
    } finally {
      await end(child)
    }
    expect(isHeld(folder)).toBe(false)
    const release = holdFolder(folder)
    expect(readlinkSync(lock)).toContain(`process ${process.pid} `)
    release()
  })

  it.runIf(process.platform === "linux")("of a process whose number another has now holds nobody off", () => {
    symlinkSync(
      ours().replace(/started (\d+)/, (_, ticks) => `started ${Number(ticks) - 1}`),
      lock
    )
    expect(isHeld(folder)).toBe(false)
    holdFolder(folder)()
  })

  it.each([
    ["another host", (words: string) => words.replace(hostname(), "elsewhere")],
    ["another container of this host", (words: string) => words.replace(/pid:\[\d+\]/, "pid:[1]")]
  ])("of %s is never taken for dead, and may be removed by hand", (_, change) => {
    const words = change(ours()).replace(/process \d+/, "process 1")
    symlinkSync(words, lock)
    expect(isHeld(folder)).toBe(true)
    expect(() => holdFolder(folder)).toThrow(
      busy(
        `process 1 on ${words.split(" on ")[1]} is writing to ${folder}`,
        expect.stringContaining(`remove ${lock} by hand`)
      )
    )
    expect(readlinkSync(lock)).toBe(words)
  })

  it.each([
    ["a link", () => symlinkSync("../elsewhere", lock)],
    ["a file", () => writeFileSync(lock, "theirs")]
  ])("that is %s of somebody else's stays where it is", (_, make) => {
    make()
    expect(isHeld(folder)).toBe(false)
    expect(() => holdFolder(folder)).toThrow(
      busy(`${folder} holds something called lock that is no lock of a process`, expect.stringContaining(lock))
    )
    expect(lstatSync(lock).isDirectory()).toBe(false)
  })

  it("is left alone while another takes it over, and said of where that one died", async () => {
    const child = sleeper()
    const dead = String(child.pid)
    await end(child)
    symlinkSync(dead, lock)
    symlinkSync(String(process.pid), join(folder, "lock.taking"))
    expect(() => holdFolder(folder)).toThrow(busy(`another process is writing to ${folder}`))
    expect(readlinkSync(lock)).toBe(dead)
    rmSync(join(folder, "lock.taking"))
    symlinkSync(dead, join(folder, "lock.taking"))
    expect(() => holdFolder(folder)).toThrow(
      busy(expect.stringContaining("died"), `Remove ${join(folder, "lock.taking")} by hand, and try again.`)
    )
  })

  it("of a dead process goes to one of many that want it", { timeout: 60_000 }, async () => {
    const child = sleeper()
    const dead = String(child.pid)
    await end(child)
    const script = `
      const { holdFolder } = await import(${JSON.stringify(new URL("FolderLock.ts", import.meta.url).href)})
      process.stdout.write("ready\\n")
      process.stdin.once("data", () => {
        try { holdFolder(${JSON.stringify(folder)}); process.stdout.write("held\\n") }
        catch (error) { process.stdout.write(error.reason + "\\n") }
        process.stdin.once("data", () => process.exit())
      })`
    const contenders = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["pipe", "pipe", "inherit"] })
    )
    const said = (contender: (typeof contenders)[number]): Promise<string> =>
      once(contender.stdout, "data").then(([bytes]) => String(bytes).trim())
    try {
      expect(await Promise.all(contenders.map(said))).toEqual(contenders.map(() => "ready"))
      symlinkSync(dead, lock)
      const answers = contenders.map(said)
      for (const contender of contenders) contender.stdin.write("go\n")
      expect((await Promise.all(answers)).sort()).toEqual(["Busy", "Busy", "Busy", "held"])
    } finally {
      await Promise.all(contenders.map(end))
    }
  })

  it("says what the file system says where there is no folder", () => {
    expect(() => holdFolder(join(folder, "nowhere"))).toThrow("ENOENT")
  })
})
