/**
 * Ctrl-C. The first asks the run to stop where it is, so that its tables are written; the second stops at once.
 */
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import { EXIT } from "./Failure.ts"

const SIGNALS = ["SIGINT", "SIGTERM"] as const

/** A signal that is aborted by the first Ctrl-C, for as long as the scope is open; `says` goes to stderr then. */
export function interruptSignal(says: string): Effect.Effect<AbortSignal, never, Scope> {
  return Effect.acquireRelease(
    Effect.sync(() => {
      const controller = new AbortController()
      const stop = (): void => {
        if (controller.signal.aborted) process.exit(EXIT.interrupted)
        process.stderr.write(`\nmesocosm: ${says}\n`)
        controller.abort()
      }
      for (const signal of SIGNALS) process.on(signal, stop)
      return { signal: controller.signal, stop }
    }),
    ({ stop }) =>
      Effect.sync(() => {
        for (const signal of SIGNALS) process.off(signal, stop)
      })
  ).pipe(Effect.map(({ signal }) => signal))
}
