/**
 * A Chromium of its own for code that nobody trusts: a fresh profile, no name resolved, no server reached, its memory
 * watched, driven over a pipe that no other program can open.
 *
 * Invariant: whatever becomes of the page, `close` ends all that was started, and every question is answered or fails.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import type { Readable, Writable } from "node:stream"
import { promisify } from "node:util"

/** How it is started. */
export interface ChromiumOptions {
  /** Path of the program. */
  readonly program: string
  /** A folder that is not there yet; whoever gave it removes it. */
  readonly profile: string
  /** Most bytes that all its processes may hold together. */
  readonly bytes: number
}

type Message = {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly [name: string]: unknown }
  readonly result?: { readonly [name: string]: unknown }
  readonly error?: { readonly message: string }
  readonly sessionId?: string
}

/** Why no more is to be had of it. */
export class Lost extends Error {}

/** Milliseconds between two looks at the memory. */
const LOOK = 250

const FLAGS: readonly string[] = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-dev-shm-usage",
  "--disable-extensions",
  "--disable-features=HttpsUpgrades",
  "--disable-gpu",
  "--disable-sync",
  "--mute-audio",
  // No name has an address, and what has one goes to a server that is not there, this machine's own ports included.
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--proxy-server=http://0.0.0.0:1",
  "--proxy-bypass-list=<-loopback>",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"
]

/** Chromium's own walls between a page and the machine cannot be had by root. */
export const walled: boolean = process.getuid?.() !== 0

export class Chromium {
  readonly #child: ChildProcess
  readonly #in: Writable
  readonly #waiting = new Map<number, { resolve: (result: Message["result"]) => void; reject: (why: Lost) => void }>()
  readonly #watch: NodeJS.Timeout
  #next = 1
  #lost: Lost | undefined
  /** Is told of everything that happens in the page. */
  onEvent: (method: string, params: NonNullable<Message["params"]>) => void = () => {}

  constructor({ program, profile, bytes }: ChromiumOptions) {
    const flags = [...FLAGS, `--user-data-dir=${profile}`, ...(walled ? [] : ["--no-sandbox"])]
    // A group of its own, so that all of it can be ended at once.
    this.#child = spawn(program, flags, { detached: true, stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] })
    // Two pipes were asked for above.
    this.#in = this.#child.stdio[3] as Writable
    const out = this.#child.stdio[4] as Readable
    let held: Buffer[] = []
    out.on("data", (bytes_: Buffer) => {
      let rest = bytes_
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        this.#hear(Buffer.concat([...held, rest.subarray(0, end)]).toString("utf8"))
        held = []
        rest = rest.subarray(end + 1)
      }
      if (rest.length > 0) held.push(rest)
    })
    // A pipe that breaks is told by the end of the process.
    this.#in.on("error", () => {})
    out.on("error", () => {})
    this.#child.on("error", (error) => this.lose(`Chromium did not start: ${error.message}`))
    this.#child.on("exit", (code) => this.lose(`Chromium ended by itself, with ${code ?? "a signal"}`))
    this.#watch = setInterval(() => void this.#look(bytes), LOOK)
    this.#watch.unref()
  }

  /** One command of the DevTools protocol. @throws Lost. */
  async say(method: string, params: object = {}, sessionId?: string): Promise<NonNullable<Message["result"]>> {
    if (this.#lost !== undefined) throw this.#lost
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result ?? {}), reject })
      const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }
      this.#in.write(`${JSON.stringify(message)}\0`)
    })
  }

  /** Ends it for a reason, which every open question gets. */
  lose(why: string): void {
    if (this.#lost !== undefined) return
    this.#lost = new Lost(why)
    clearInterval(this.#watch)
    this.#end()
    for (const { reject } of this.#waiting.values()) reject(this.#lost)
    this.#waiting.clear()
  }

  /** Ends it, and waits until it is gone. */
  async close(): Promise<void> {
    const gone =
      this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null
        ? Promise.resolve()
        : new Promise<void>((resolve) => this.#child.once("exit", () => resolve()))
    this.lose("it was closed")
    await gone
  }

  #hear(text: string): void {
    const message = JSON.parse(text) as Message
    if (message.id === undefined) {
      if (message.method !== undefined) this.onEvent(message.method, message.params ?? {})
      return
    }
    const asked = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error === undefined) asked?.resolve(message.result)
    else asked?.reject(new Lost(message.error.message))
  }

  #end(): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, "SIGKILL")
    } catch (error) {
      // Gone already; or a system without groups.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") this.#child.kill("SIGKILL")
    }
  }

  async #look(bytes: number): Promise<void> {
    const { pid } = this.#child
    if (pid === undefined) return
    let held: number
    try {
      held = await heldBy(pid)
    } catch (error) {
      this.lose(`its memory cannot be watched: ${(error as Error).message}`)
      return
    }
    if (held > bytes) this.lose(`it held more than ${Math.round(bytes / 2 ** 20).toLocaleString("en")} MiB of memory`)
  }
}

/** Bytes that a process and all below it hold. */
async function heldBy(pid: number): Promise<number> {
  const rows = await (process.platform === "linux" ? fromProc() : fromPs())
  const family = new Set([pid])
  // Children may stand before their parents.
  for (let before = 0; before < family.size; ) {
    before = family.size
    for (const [child = 0, parent = 0] of rows) if (family.has(parent)) family.add(child)
  }
  return rows.reduce((sum, [child = 0, , kibibytes = 0]) => sum + (family.has(child) ? kibibytes * 1024 : 0), 0)
}

/** Process, its parent, and the KiB that it holds. */
type Row = readonly number[]

async function fromProc(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue
    // One that has ended since the folder was listed holds nothing.
    const text = await readFile(`/proc/${name}/status`, "utf8").catch(() => "")
    const field = (key: string): number => Number(new RegExp(`^${key}:\\s*(\\d+)`, "m").exec(text)?.[1] ?? 0)
    rows.push([Number(name), field("PPid"), field("VmRSS")])
  }
  return rows
}

async function fromPs(): Promise<readonly Row[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss="])
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
}
