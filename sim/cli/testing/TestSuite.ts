/**
 * Runs the suites, counts what they found, and says it.
 *
 * Invariant: a suite that throws is a failure with its words, and the totals are the sums of the suites' lines.
 */
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { ScenarioError } from "../../Errors.ts"
import type { Asked, Outcome, Suite } from "./Suite.ts"

/** How the suites are run. */
export interface TestOptions {
  /** Slow tests too. */
  readonly slow?: boolean
  /** The one suite to run. */
  readonly only?: string
  /** Words that the paths of TypeScript tests must contain; with any, only those tests run. */
  readonly filters?: readonly string[]
  /** A check that is skipped counts as a failure. */
  readonly failOnSkip?: boolean
  /** The repository; this one unless told. */
  readonly root?: string
  /** Told of each suite when it and those before it are done. */
  readonly onSuite?: (result: SuiteResult) => void
}

/** A suite's outcome, its name and how long it took. */
export interface SuiteResult extends Outcome {
  readonly name: string
  readonly seconds: number
}

/** What all suites found. */
export interface TestReport {
  readonly ok: boolean
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
  readonly suites: readonly SuiteResult[]
}

/**
 * Runs `suites`, two at a time, and reports them in their order.
 * @throws ScenarioError Usage when `only` names no suite, or stands beside filters.
 */
export async function testSuite(suites: readonly Suite[], options: TestOptions = {}): Promise<TestReport> {
  const asked: Asked = {
    root: options.root ?? fileURLToPath(new URL("../../../", import.meta.url)),
    slow: options.slow ?? false,
    filters: options.filters ?? []
  }
  const chosen = choose(suites, options)
  const started = performance.now()
  const results: SuiteResult[] = []
  const pending = new Map<number, SuiteResult>()
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = next++; at < chosen.length; at = next++) {
      const suite = chosen[at]
      if (suite === undefined) return
      pending.set(at, await runSuite(suite, asked, options.failOnSkip ?? false))
      for (let done = pending.get(results.length); done !== undefined; done = pending.get(results.length)) {
        results.push(done)
        options.onSuite?.(done)
      }
    }
  }
  await Promise.all([lane(), lane()])
  const sum = (of: (result: SuiteResult) => number): number => results.reduce((total, each) => total + of(each), 0)
  const failed = sum((each) => each.failed)
  return {
    ok: failed === 0,
    passed: sum((each) => each.passed),
    failed,
    skipped: sum((each) => each.skipped.length),
    seconds: since(started),
    suites: results
  }
}

/** The line of one suite. */
export function renderSuite({ name, passed, failed, skipped, seconds, note }: SuiteResult): string {
  const counts = [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : [])]
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`)
  const time = `${seconds.toFixed(1)} s`.padStart(8)
  return `${failed > 0 ? "✘" : "✔"} ${name.padEnd(10)}${time}   ${counts.join(", ")}${note === undefined ? "" : ` (${note})`}`
}

/** What follows the suites' lines: failures in full, skips by name, and the totals alone on the last line. */
export function renderEnd(report: TestReport): string {
  const failures = report.suites.filter(({ failed }) => failed > 0)
  const skips = report.suites.flatMap(({ skipped }) => skipped)
  const totals = `${report.passed} passed, ${report.failed} failed`
  return [
    ...failures.map(({ name, output }) => `\n── ${name} failed ──\n${output.trimEnd()}`),
    ...(skips.length > 0 ? [`\nskipped:\n${skips.map(({ name }) => `  ${name}`).join("\n")}`] : []),
    "",
    report.skipped > 0 ? `${totals}, ${report.skipped} skipped` : totals
  ].join("\n")
}

function choose(suites: readonly Suite[], { only, filters = [] }: TestOptions): readonly Suite[] {
  const names = suites.map(({ name }) => name)
  if (filters.length > 0 && only !== undefined && only !== "tests") {
    throw new ScenarioError({
      reason: "Usage",
      message: `a filter chooses among the TypeScript tests, and --only ${only} leaves them out`,
      fix: "Leave out --only, or the filter.",
      offending: { name: "--only", value: only }
    })
  }
  const wanted = filters.length > 0 ? "tests" : only
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new ScenarioError({
      reason: "Usage",
      message: `there is no suite "${wanted}"`,
      fix: `Choose one of ${names.join(", ")}.`,
      offending: { name: "--only", value: wanted }
    })
  }
  return wanted === undefined ? suites : suites.filter(({ name }) => name === wanted)
}

async function runSuite(suite: Suite, asked: Asked, failOnSkip: boolean): Promise<SuiteResult> {
  const started = performance.now()
  const outcome = await suite.run(asked).catch(broken)
  const result = { ...outcome, name: suite.name, seconds: since(started) }
  if (!failOnSkip || result.skipped.length === 0) return result
  const names = result.skipped.map(({ name }) => `  ${name}`).join("\n")
  return {
    ...result,
    failed: result.failed + result.skipped.length,
    skipped: [],
    output: `${result.output}\nskipped, and MESOCOSM_FAIL_ON_SKIP is set:\n${names}`
  }
}

function broken(error: unknown): Outcome {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { passed: 0, failed: 1, skipped: [], output: words }
}

function since(started: number): number {
  return (performance.now() - started) / 1000
}
