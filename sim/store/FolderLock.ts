/**
 * One process writes to a folder at a time. The lock is a symbolic link whose target says which process holds it, on
 * which host: made, with what it says, in one step, and told by `ls -l`.
 *
 * Invariant: a lock is taken from its holder only where that is known to be gone: a process of this host that runs no
 * more. Whether one of another host, or of another container, still lives cannot be seen from here.
 */
import { readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { ScenarioError } from "../Errors.ts"

const LOCK = "lock"
/** Held while a dead process's lock is removed, so that nobody removes the one that follows it. */
const TAKING = "lock.taking"

/** Who holds a folder. */
interface Holder {
  readonly process: number
  /** When it started, in the kernel's ticks since boot; undefined where nothing tells. */
  readonly started: string | undefined
  /** Host, and on Linux the namespace in which the process has its number; undefined in a lock of an older version. */
  readonly host: string | undefined
}

/**
 * Holds the folder.
 * @param next what to do once it is free, for whoever is refused.
 * @returns what lets it go. @throws ScenarioError Busy, or what the file system throws.
 */
export function holdFolder(path: string, next = `go on with mesocosm resume ${path}`): () => void {
  const lock = join(path, LOCK)
  const ours = wordsOf({ process: process.pid, started: startOf(process.pid), host: here() })
  // A lock that goes meanwhile is tried for again; one that comes meanwhile is another's.
  for (let attempt = 0; attempt < 100; attempt++) {
    if (isMade(ours, lock)) {
      let held = true
      return () => {
        if (held && read(lock) === ours) rmSync(lock, { force: true })
        held = false
      }
    }
    const theirs = read(lock)
    if (theirs === undefined) continue
    const holder = holderIn(theirs)
    if (holder === undefined) throw noLock(path)
    if (!isGone(holder)) throw busy(path, holder, next)
    takeAway(path, theirs, ours)
  }
  throw busy(path, undefined, next)
}

/** Whether a name in a folder is one of a lock's. */
export function isLock(name: string): boolean {
  return name === LOCK || name === TAKING
}

/** Whether a process writes to the folder; true of one that cannot be seen from here. */
export function isHeld(path: string): boolean {
  const words = read(join(path, LOCK))
  const holder = words === undefined ? undefined : holderIn(words)
  return holder !== undefined && !isGone(holder)
}

/** Removes the lock of a process that is gone, if it still stands there. */
function takeAway(path: string, theirs: string, ours: string): void {
  const [lock, taking] = [join(path, LOCK), join(path, TAKING)]
  if (!isMade(ours, taking)) {
    const taker = read(taking)
    const holder = taker === undefined ? undefined : holderIn(taker)
    if (holder !== undefined && isGone(holder)) {
      throw new ScenarioError({
        reason: "Busy",
        message: `a process died while it took ${lock} over`,
        fix: `Remove ${taking} by hand, and try again.`,
        offending: { name: "folder", value: path }
      })
    }
    return
  }
  try {
    // Whoever holds it is dead and whoever takes it over is us: it stays what it is until it is removed.
    if (read(lock) === theirs) rmSync(lock, { force: true })
  } finally {
    rmSync(taking, { force: true })
  }
}

function busy(path: string, holder: Holder | undefined, next: string): ScenarioError {
  const lock = join(path, LOCK)
  const seen = holder === undefined || holder.host === undefined || holder.host === here()
  const who = holder === undefined ? "another process" : `process ${holder.process}`
  return new ScenarioError({
    reason: "Busy",
    message: `${who}${seen ? "" : ` on ${holder.host}`} is writing to ${path}`,
    fix: seen
      ? `Wait until it is done, or stop it; then ${next}.`
      : `Wait until it is done; then ${next}. Whether it still runs is not seen from here: if it is gone, remove ${lock} by hand.`,
    offending: { name: "folder", value: path }
  })
}

function noLock(path: string): ScenarioError {
  return new ScenarioError({
    reason: "Busy",
    message: `${path} holds something called ${LOCK} that is no lock of a process`,
    fix: `Give another folder with --out, or move ${join(path, LOCK)} away.`,
    offending: { name: "folder", value: path }
  })
}

/** Makes a link; false where one stands there. */
function isMade(words: string, link: string): boolean {
  try {
    symlinkSync(words, link)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false
    throw error
  }
}

/** What a link says; undefined where nothing stands there, and nothing of what is no link. */
function read(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "ENOENT") return undefined
    if (code === "EINVAL") return ""
    throw error
  }
}

function wordsOf({ process, started, host }: Holder): string {
  return `process ${process}${started === undefined ? "" : ` started ${started}`} on ${host}`
}

/** Undefined where no version of this wrote it. */
function holderIn(words: string): Holder | undefined {
  const [, process, started, host] = /^process (\d+)(?: started (\d+))? on (.+)$/s.exec(words) ?? []
  if (process !== undefined) return { process: Number(process), started, host }
  // An older version left the number alone.
  return /^\d+$/.test(words) ? { process: Number(words), started: undefined, host: undefined } : undefined
}

function here(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`
  } catch {
    // No Linux: a process has one number on a host.
    return hostname()
  }
}

/** Whether a process is known to run no more. */
function isGone({ process: number, started, host }: Holder): boolean {
  if (host !== undefined && host !== here()) return false
  try {
    process.kill(number, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return true
  }
  // Numbers are given again.
  return started !== undefined && startOf(number) !== started
}

/** When a process started, by the kernel; undefined where nothing tells. */
function startOf(number: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${number}/stat`, "utf8")
    // The name of the program, in brackets, may hold anything; what follows begins with the third field.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]
  } catch {
    // No Linux, or it has just ended.
    return undefined
  }
}
