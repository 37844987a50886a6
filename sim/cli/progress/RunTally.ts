/**
 * How far an experiment of many runs is, on stderr: one line that redraws itself where a person looks on, else a plain
 * line at the start and every quarter of a minute. Results never go here.
 */
import { createLogUpdate } from "log-update"
import { modeFor, SILENCE } from "./Progress.ts"

/** Counts the runs of an experiment. */
export interface Tally {
  /** Before each run, with what it is for. */
  next(says: string): void
  /** Takes the line away. */
  done(): void
}

/** A tally of `total` runs that writes to stderr; `clock` gives milliseconds. */
export function tally(
  quiet: boolean,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
  clock: () => number = () => performance.now()
): Tally {
  const mode = modeFor({ quiet, terminal: stream.isTTY === true, environment: process.env })
  if (mode === "none") return { next: () => undefined, done: () => undefined }
  const began = clock()
  let last = Number.NEGATIVE_INFINITY
  let begun = 0
  const line = (says: string): string => {
    const passed = clock() - began
    const left = begun > 0 ? `, ${minutes((passed / begun) * (total - begun))} left` : ""
    return `run ${begun + 1} of ${total}${left}: ${says}`
  }
  if (mode === "plain") {
    return {
      next(says) {
        const now = clock()
        if (now - last >= SILENCE) {
          last = now
          stream.write(`${line(says)}\n`)
        }
        begun++
      },
      done: () => undefined
    }
  }
  const draw = createLogUpdate(stream)
  return {
    next(says) {
      draw(line(says))
      begun++
    },
    done() {
      draw.clear()
      // Gives the cursor back.
      draw.done()
    }
  }
}

function minutes(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
