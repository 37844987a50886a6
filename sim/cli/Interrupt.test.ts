/** Ctrl-C: the first stops in order, a later one at once, and the same one twice is one. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import { afterEach, describe, expect, it, vi } from "vitest"
import { leave, listenEarly, SIGNALS } from "./Early.ts"
import { interruptSignal } from "./Interrupt.ts"

afterEach(() => {
  vi.restoreAllMocks()
  for (const signal of SIGNALS) process.off(signal, leave)
})

/** What was written and how the process was ended, which it is not here. */
function watched(): { readonly said: string[]; readonly ended: unknown[] } {
  const [said, ended]: [string[], unknown[]] = [[], []]
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0)
  vi.spyOn(process, "exit").mockImplementation(((code: unknown) => void ended.push(code)) as never)
  return { said, ended }
}

describe("Ctrl-C", () => {
  it("that arrives twice within a moment is one; a later one ends at once", async () => {
    const { said, ended } = watched()
    let now = 0
    const seen = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const signal = yield* interruptSignal("stopping", () => now)
          process.emit("SIGINT")
          process.emit("SIGINT")
          now = 400
          process.emit("SIGTERM")
          const soon = [...ended]
          now = 600
          process.emit("SIGINT")
          return { aborted: signal.aborted, soon }
        })
      )
    )
    expect([seen, said, ended]).toEqual([{ aborted: true, soon: [] }, ["\nmesocosm: stopping\n"], [130]])
  })

  it("before a command listens ends with a word, and not once it does", async () => {
    const { said, ended } = watched()
    listenEarly()
    process.emit("SIGINT")
    expect([said, ended]).toEqual([["\nmesocosm: interrupted\n"], [130]])
    const listening = Effect.map(interruptSignal("stopping"), () => process.emit("SIGINT"))
    await Effect.runPromise(Effect.scoped(listening))
    expect([said.slice(1), ended]).toEqual([["\nmesocosm: stopping\n"], [130]])
  })

  it("that came while the command was loading is not lost", async () => {
    const script = `
      import { listenEarly } from "${join(import.meta.dirname, "Early.ts")}"
      import { interruptSignal } from "${join(import.meta.dirname, "Interrupt.ts")}"
      import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
      listenEarly()
      process.kill(process.pid, "SIGINT")
      await Effect.runPromise(Effect.scoped(Effect.gen(function* () {
        const signal = yield* interruptSignal("stopping")
        yield* Effect.promise(() => new Promise((done) => {
          const waited = setTimeout(done, 5000)
          signal.addEventListener("abort", () => done(clearTimeout(waited)))
        }))
        process.stdout.write(String(signal.aborted))
      })))`
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname })
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")])
    // The listener of either is right: what matters is that one of them heard it.
    expect(["true/0", "/130"]).toContain(`${said}/${code}`)
  })
})
