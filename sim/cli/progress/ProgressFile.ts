/** Keeps an experiment's progress file: what `serve` shows of it while it goes on. */
import { errorWords } from "../../Errors.ts"
import { intervalNow } from "../../experiment/analysis/Narrowing.ts"
import type { ExperimentProgress } from "../../experiment/Conduct.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import {
  type FailedRun,
  type Narrowing,
  readProgress,
  type WorkerProgress,
  writeProgress
} from "../../store/ExperimentProgress.ts"

/** Least milliseconds between two writings, unless the phase or round changes. */
const REWRITE = 500

/** A writing takes at most a twentieth of the time. */
const SHARE = 20

/** Failed runs that are kept, and steps of the interval: beyond those every other one goes. */
const FAILURES = 20
const STEPS = 80

export class ProgressFile {
  readonly #scenario: Scenario
  readonly #path: string
  readonly #clock: () => number
  readonly #workers = new Map<string, WorkerProgress>()
  #failures: readonly FailedRun[]
  #narrowing: Narrowing | null
  #next = 0
  #round = ""

  /** What an earlier process told of its failures and of the interval is gone on with; `clock` gives milliseconds. */
  constructor(scenario: Scenario, path: string, clock: () => number = () => performance.now()) {
    this.#scenario = scenario
    this.#path = path
    this.#clock = clock
    const before = earlier(path)
    this.#failures = before?.failures ?? []
    this.#narrowing = before?.narrowing ?? null
  }

  /** @throws ScenarioError Unwritable. */
  update(progress: ExperimentProgress): void {
    this.#count(progress)
    const { phase, says, done, planned, failed, folder } = progress
    const round = `${phase}/${says}`
    const began = this.#clock()
    // The last run of a round is always told: none may come after it.
    if (began < this.#next && round === this.#round && done < planned) return
    this.#round = round
    this.#look(folder)
    const workers = [...this.#workers.values()].sort((a, b) =>
      a.worker.localeCompare(b.worker, "en", { numeric: true })
    )
    writeProgress(this.#path, {
      phase,
      says,
      done,
      planned,
      failed,
      workers,
      narrowing: this.#narrowing,
      failures: this.#failures
    })
    this.#next = began + Math.max(REWRITE, SHARE * (this.#clock() - began))
  }

  #count({ ended }: ExperimentProgress): void {
    if (ended === undefined) return
    const { arm, seed, set } = ended.task
    const lost = ended.record?.status !== "complete"
    const worker = ended.worker ?? "the fleet"
    const before = this.#workers.get(worker)
    this.#workers.set(worker, {
      worker,
      ended: (before?.ended ?? 0) + 1,
      failed: (before?.failed ?? 0) + (lost ? 1 : 0),
      arm,
      seed
    })
    if (!lost) return
    const message = (ended.record?.error ?? ended.error)?.message ?? "it did not end"
    this.#failures = [...this.#failures, { arm, seed, set, message }].slice(-FAILURES)
  }

  #look(folder: ExperimentProgress["folder"]): void {
    const now = intervalNow(this.#scenario, folder)
    if (now === undefined) return
    const before = this.#narrowing?.steps ?? []
    const { step, asked } = now
    const steps = step === undefined || (before.at(-1)?.n ?? 0) >= step.n ? before : [...before, step]
    this.#narrowing = { ...asked, steps: steps.length > STEPS ? steps.filter((_, at) => at % 2 === 0) : steps }
  }
}

function earlier(path: string): ReturnType<typeof readProgress> {
  try {
    return readProgress(path)
  } catch (error) {
    // Half a file from a machine that lost power is no reason not to go on; it is replaced at once.
    if (errorWords(error).reason === "SyntaxError") return undefined
    throw error
  }
}
