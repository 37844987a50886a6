/**
 * One process writes to a folder at a time. The lock is a symbolic link that points to the process that holds it:
 * made, with what it says, in one step. A lock whose process is gone holds nobody off.
 */
import { readlinkSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { ScenarioError } from "../Errors.ts"

const LOCK = "lock"

/** Holds the folder. @returns what lets it go. @throws ScenarioError Busy, or what the file system throws. */
export function holdFolder(path: string): () => void {
  const lock = join(path, LOCK)
  for (let attempt = 0; ; attempt++) {
    try {
      symlinkSync(String(process.pid), lock)
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 1) throw error
    }
    const holder = Number(readlinkSync(lock))
    if (holder !== process.pid && isAlive(holder)) {
      throw new ScenarioError({
        reason: "Busy",
        message: `process ${holder} is writing to ${path}`,
        fix: `Wait until it is done, or stop it; then go on with mesocosm resume ${path}.`,
        offending: { name: "folder", value: path }
      })
    }
    rmSync(lock, { force: true })
  }
}

/** Whether a living process writes to the folder. */
export function isHeld(path: string): boolean {
  try {
    return isAlive(Number(readlinkSync(join(path, LOCK))))
  } catch (error) {
    // ENOENT: nobody holds it. EINVAL: what stands there is no lock.
    if (["ENOENT", "EINVAL"].includes((error as NodeJS.ErrnoException).code ?? "")) return false
    throw error
  }
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
