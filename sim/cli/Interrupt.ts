/**
 * Ctrl-C. The first asks the command to stop where it is, so that what there is is written; one that comes later stops
 * at once. What comes within a moment of the first is the same one: `timeout`, npm and terminals send a signal to a
 * process and to its group, so that it arrives twice.
 */
import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import { leave, SIGNALS } from "./Early.ts"
import { EXIT } from "./Failure.ts"

/** Milliseconds within which signals are one. */
const MOMENT = 500

/** A signal that is aborted by the first Ctrl-C, for as long as the scope is open; `says` goes to stderr then. */
export function interruptSignal(
  says: string,
  clock: () => number = () => performance.now()
): Effect.Effect<AbortSignal, never, Scope> {
  return Effect.acquireRelease(
    Effect.sync(() => {
      const controller = new AbortController()
      let first = 0
      const stop = (): void => {
        if (!controller.signal.aborted) {
          first = clock()
          process.stderr.write(`\nmesocosm: ${says}\n`)
          controller.abort()
        } else if (clock() - first >= MOMENT) process.exit(EXIT.interrupted)
      }
      // In this order: without any listener a signal that has come, and was not told yet, would be lost.
      for (const signal of SIGNALS) process.on(signal, stop).off(signal, leave)
      return { signal: controller.signal, stop }
    }),
    ({ stop }) =>
      Effect.sync(() => {
        for (const signal of SIGNALS) process.off(signal, stop)
      })
  ).pipe(Effect.map(({ signal }) => signal))
}
