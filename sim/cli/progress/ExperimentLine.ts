/**
 * How far an experiment is, on stderr: runs done, time left, failures, and the main KPI's interval as it narrows. One
 * line that redraws itself where a person looks on, else a plain line at the start and every
 * quarter of a minute.
 */
import { createLogUpdate } from "log-update"
import type { ExperimentProgress } from "../../experiment/Conduct.ts"
import { number, plural } from "../Text.ts"
import { modeFor, SILENCE } from "./Progress.ts"

/** Least milliseconds between two drawings. */
const REDRAW = 100

/** What is told: all but where it is stored. */
type Told = Omit<ExperimentProgress, "folder" | "ended">

export interface ExperimentReporter {
  readonly update: (progress: Told) => void
  /** Takes the line away. */
  done(): void
}

/** A reporter that writes to stderr; `clock` gives milliseconds. */
export function experimentReporter(
  quiet: boolean,
  stream: NodeJS.WriteStream = process.stderr,
  clock: () => number = () => performance.now()
): ExperimentReporter {
  const mode = modeFor({ quiet, terminal: stream.isTTY === true, environment: process.env })
  if (mode === "none") return { update: () => undefined, done: () => undefined }
  const began = clock()
  let drawn = Number.NEGATIVE_INFINITY
  const draw = mode === "plain" ? undefined : createLogUpdate(stream)
  return {
    update(progress) {
      const now = clock()
      if (now - drawn < (draw === undefined ? SILENCE : REDRAW)) return
      drawn = now
      const text = line(progress, (now - began) / 1000)
      if (draw === undefined) stream.write(`${text}\n`)
      else draw(text.slice(0, (stream.columns || 80) - 1))
    },
    done() {
      draw?.clear()
      draw?.done()
    }
  }
}

/** The line; `seconds` of real time have passed. */
export function line(progress: Told, seconds: number): string {
  const { phase, says, done, planned, here, failed } = progress
  if (phase === "analysis") return says
  if (phase === "audit") return `audit: ${says}, ${here} done`
  const left = here > 0 ? `, ${spent(((planned - done) * seconds) / here)} left` : ""
  const lost = failed > 0 ? `, ${plural(failed, "run")} failed` : ""
  const share = planned === 0 ? 0 : Math.floor((100 * done) / planned)
  return `${String(share).padStart(3)} %  ${number(done)} of ${plural(planned, "run")}${left}${lost}: ${says}`
}

function spent(seconds: number): string {
  const rounded = Math.ceil(seconds)
  return rounded < 90 ? `${rounded} s` : `${Math.ceil(rounded / 60)} min`
}
