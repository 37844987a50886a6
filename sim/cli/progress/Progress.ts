/**
 * How far a run is, on stderr: one line that redraws itself where a person looks on, else a plain line for each
 * tenth of the run or quarter of a minute, so that a log stays short. Results never go here.
 *
 * The real time passed is measured here alone, and no result depends on it.
 */
import { createLogUpdate } from "log-update"
import { DAY, HOUR, WEEK } from "../../kernel/Duration.ts"
import type { Progress } from "../../run/RunOptions.ts"

/** How progress is shown. */
export type Mode = "redrawn" | "plain" | "none"

/** Least milliseconds between two drawings of the line. */
const REDRAW = 100
/** Most milliseconds between two plain lines. */
export const SILENCE = 15_000
/** Below this many milliseconds a run says nothing in plain mode: it is over before anyone wonders. */
const PATIENCE = 5_000

/** The share of a run that must have passed before its pace says how long the rest takes. */
const FORESIGHT = 0.03

/** Shows the progress of one run. */
export interface Reporter {
  /** After each block. */
  update(progress: Progress): void
  /** Takes the line away. */
  done(): void
}

/** The mode that fits: nothing when quiet, no redrawing outside a terminal or under `CI`. */
export function modeFor(options: {
  readonly quiet: boolean
  readonly terminal: boolean
  readonly environment: { readonly [name: string]: string | undefined }
}): Mode {
  if (options.quiet) return "none"
  const { CI: ci, TERM: term } = options.environment
  const watched = options.terminal && term !== "dumb" && (ci === undefined || ci === "" || ci === "false")
  return watched ? "redrawn" : "plain"
}

/** A reporter that writes to stderr; `clock` gives milliseconds. */
export function reporter(
  quiet: boolean,
  stream: NodeJS.WriteStream = process.stderr,
  clock: () => number = () => performance.now()
): Reporter {
  const mode = modeFor({ quiet, terminal: stream.isTTY === true, environment: process.env })
  const began = clock()
  if (mode === "none") return { update: () => undefined, done: () => undefined }
  if (mode === "plain") {
    return { update: plain(began, clock, (line) => stream.write(`${line}\n`)), done: () => undefined }
  }
  const draw = createLogUpdate(stream)
  let drawn = Number.NEGATIVE_INFINITY
  return {
    update(progress) {
      const now = clock()
      if (now - drawn < REDRAW) return
      drawn = now
      draw(line(progress, (now - began) / 1000, stream.columns || 80))
    },
    done() {
      draw.clear()
      // Gives the cursor back.
      draw.done()
    }
  }
}

/** Writes a plain line per tenth of the run, and after a quarter of a minute without one. */
export function plain(began: number, clock: () => number, write: (line: string) => void): (progress: Progress) => void {
  let tenths = 0
  let last = began
  return (progress) => {
    const now = clock()
    const reached = Math.floor((10 * progress.time) / progress.horizon)
    if (now - began < PATIENCE || (reached === tenths && now - last < SILENCE)) return
    tenths = reached
    last = now
    write(line(progress, (now - began) / 1000, 0))
  }
}

/**
 * The line. `seconds` of real time have passed; a `width` of 0 leaves the bar out.
 * Time left is what the simulated time still to go takes at the pace so far.
 */
export function line(progress: Progress, seconds: number, width: number): string {
  const { time, horizon, blocks, transactions } = progress
  const share = horizon === 0 ? 1 : Math.min(1, time / horizon)
  const rate = seconds > 0 ? transactions / seconds : 0
  const left = share >= FORESIGHT && share < 1 ? `, ${spent((seconds / share) * (1 - share))} left` : ""
  const percent = `${Math.floor(share * 100)} %`.padStart(5)
  const said =
    `${percent}  ${place(time, horizon)}: ${count(blocks)} blocks, ${count(transactions)} transactions, ` +
    `${count(Math.round(rate))}/s${left}`
  const room = width - said.length - 3
  if (room < 8) return width === 0 ? said.trimStart() : said.slice(0, Math.max(0, width - 1))
  const length = Math.min(24, room)
  const full = Math.round(share * length)
  return `${"█".repeat(full)}${"░".repeat(length - full)} ${said}`
}

/** Simulated time as a place in the run: "week 13 of 52". */
export function place(time: number, horizon: number): string {
  const [name, unit] = horizon >= 2 * WEEK ? ["week", WEEK] : horizon >= 2 * DAY ? ["day", DAY] : ["hour", HOUR]
  const last = Math.max(1, Math.ceil(horizon / unit))
  return `${name} ${Math.min(last, Math.floor(time / unit) + 1)} of ${last}`
}

function spent(seconds: number): string {
  const rounded = Math.ceil(seconds)
  return rounded < 90 ? `${rounded} s` : `${Math.ceil(rounded / 60)} min`
}

function count(value: number): string {
  return value.toLocaleString("en-US")
}
