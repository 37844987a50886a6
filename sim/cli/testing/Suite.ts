/** A suite of checks, what came of it, and how a command of another tool is run for it. */
import { spawn } from "node:child_process"

/** A check that did not run, and why. */
export interface Skip {
  readonly name: string
}

/** What came of a suite. */
export interface Outcome {
  /** How many checks passed. */
  readonly passed: number
  /** How many failed; a suite that broke counts at least one. */
  readonly failed: number
  readonly skipped: readonly Skip[]
  /** What a reader needs to mend the failures; empty when there are none. */
  readonly output: string
  /** A figure worth a place in the suite's line, such as coverage. */
  readonly note?: string
}

/** What a suite is told. */
export interface Asked {
  /** The repository. */
  readonly root: string
  /** Slow tests too. */
  readonly slow: boolean
  /** Words that test files must contain; none: all. */
  readonly filters: readonly string[]
}

/** Checks that are run and counted together. */
export interface Suite {
  readonly name: string
  run(asked: Asked): Promise<Outcome>
}

/** What a command left behind. */
export interface Ran {
  readonly ok: boolean
  /** What it said, on both streams, in the order in which it came. */
  readonly output: string
}

/** Runs a script of a package under this Node, without colours; never fails itself. */
export function runScript(
  root: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<Ran> {
  return runProgram(root, process.execPath, [script, ...args], env)
}

/** Runs a program, without colours; never fails itself. */
export function runProgram(
  root: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
      stdio: ["ignore", "pipe", "pipe"]
    })
    const chunks: Buffer[] = []
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk))
    child.on("error", (error) => resolve({ ok: false, output: String(error) }))
    child.on("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString("utf8") }))
  })
}

/** One check, as an outcome. */
export function single(ran: Ran): Outcome {
  return ran.ok
    ? { passed: 1, failed: 0, skipped: [], output: "" }
    : { passed: 0, failed: 1, skipped: [], output: ran.output }
}

/** Several outcomes as one. */
export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, each) => sum + each.passed, 0),
    failed: outcomes.reduce((sum, each) => sum + each.failed, 0),
    skipped: outcomes.flatMap((each) => each.skipped),
    output: outcomes
      .map((each) => each.output)
      .filter((each) => each !== "")
      .join("\n")
  }
}
