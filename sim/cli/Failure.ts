/**
 * How a command ends: its exit code, and what it says of an error. One block of two lines, or one JSON document;
 * a stack trace only where the mistake is ours.
 */

import type { CliError } from "effect/cli/CliError"
import * as Effect from "effect/Effect"
import { MesocosmError, ScenarioError } from "../Errors.ts"
import { flat, paint, terminal } from "./Terminal.ts"

/** The exit codes of every command (DESIGN.md, "Errors"). */
export const EXIT = { ok: 0, checkFailed: 1, usage: 2, runFailed: 3, bug: 4, interrupted: 130 } as const

/** A command that said all it had to say, and ends with a code other than 0. */
export class Ended {
  readonly _tag = "Ended"
  readonly code: number

  constructor(code: number) {
    this.code = code
  }
}

/** Ends a command with a code. */
export function end(code: number): Effect.Effect<void, Ended> {
  return code === EXIT.ok ? Effect.void : Effect.fail(new Ended(code))
}

/** A promise as an Effect: the public errors are failures, anything else is a mistake of ours. */
export function attempt<A>(promise: () => Promise<A>): Effect.Effect<A, MesocosmError> {
  return Effect.tryPromise({ try: promise, catch: (error) => error }).pipe(
    Effect.catch((error) => (error instanceof MesocosmError ? Effect.fail(error) : Effect.die(error)))
  )
}

/** The exit code of an error, before a run or in one. */
export function exitCode(error: unknown, when: "before" | "in a run" = "before"): number {
  if (!(error instanceof MesocosmError)) return EXIT.bug
  if (error._tag === "AgentError") return EXIT.runFailed
  // A metric, a check or what capital says that throws ends its run, as a behaviour does.
  if (when === "in a run" && (error.reason === "MetricFailed" || error.reason === "CapitalFailed"))
    return EXIT.runFailed
  if (error._tag === "ChainError") return when === "before" ? EXIT.usage : EXIT.runFailed
  return EXIT.usage
}

/** An error as data: what `--json` prints. */
export interface ErrorDocument {
  readonly tag: string
  readonly reason: string
  readonly message: string
  readonly fix: string
  readonly offending: { readonly name: string; readonly value: string; readonly unit?: string } | null
}

const REPORT_US = "Report it with the command that shows it and the lines above: this is a mistake in mesocosm."

/** What a program is told of an error. */
export function errorDocument(error: unknown): ErrorDocument {
  if (error instanceof MesocosmError) {
    const { _tag: tag, reason, message, fix, offending } = error
    return { tag, reason, message, fix, offending: offending ?? null }
  }
  const known = error instanceof Error
  return {
    tag: "Bug",
    reason: known ? error.name : typeof error,
    message: known ? error.message : String(error),
    fix: REPORT_US,
    offending: null
  }
}

/** What a person is told of an error: a line that says what is wrong, one that says what to do. */
export function errorBlock(error: unknown): string {
  const { tag, reason, message, fix } = errorDocument(error)
  const stack = tag === "Bug" && error instanceof Error && error.stack !== undefined ? `${error.stack}\n` : ""
  return terminal(
    `${stack}${paint("red", `${tag} ${reason}:`, process.stderr)} ${flat(message)}\n${paint("bold", "fix:", process.stderr)} ${flat(fix)}\n`
  )
}

/** What the command line's parser found wrong, in our own words. */
export function usageError(errors: readonly CliError[], path: readonly string[]): ScenarioError {
  const help = `${path.join(" ")} --help`
  const [first] = errors
  const said = first?.message.split("\n")[0] ?? "the command line cannot be read"
  const usage = (message: string, fix: string, name: string, value: string): ScenarioError =>
    new ScenarioError({ reason: "Usage", message, fix, offending: { name, value } })
  const near = (suggestions: readonly string[]): string =>
    suggestions.length === 0 ? `See ${help}.` : `Did you mean ${suggestions.join(" or ")}? See ${help}.`
  if (first?._tag === "UnknownSubcommand") {
    const message = `there is no command "${[...path.slice(1), first.subcommand].join(" ")}"`
    return usage(message, near(first.suggestions), "command", first.subcommand)
  }
  if (first?._tag === "UnrecognizedOption") {
    const message = `${path.join(" ")} has no flag ${first.option}`
    if (path.length === 1) {
      const fix = `Flags stand after the command: ${path.join(" ")} <command> … ${first.option}; see ${help}.`
      return usage(message, fix, "flag", first.option)
    }
    return usage(message, near(first.suggestions), "flag", first.option)
  }
  if (first?._tag === "MissingArgument") {
    return usage(`${path.join(" ")} lacks its <${first.argument}>`, `Give it; see ${help}.`, first.argument, "")
  }
  if (first?._tag === "MissingOption") {
    return usage(`${path.join(" ")} lacks its flag --${first.option}`, `Give it; see ${help}.`, `--${first.option}`, "")
  }
  if (first?._tag === "InvalidValue" && first.kind === "flag") {
    const [, times] = /^(\d+) occurrences$/.exec(first.value) ?? []
    const flag = `--${first.option}`
    if (times !== undefined) {
      return usage(
        `${flag} is given ${times} times, and is taken once`,
        `Give it once; see ${help}.`,
        first.option,
        times
      )
    }
    if (first.value === "") {
      return usage(
        `${flag} lacks its value`,
        `Give it, as in ${flag} <${first.expected}>; see ${help}.`,
        first.option,
        ""
      )
    }
  }
  if (first?._tag === "InvalidValue") return usage(said, `Correct it; see ${help}.`, first.option, first.value)
  if (first?._tag === "UnexpectedArgument") {
    return usage(`${said} for ${path.join(" ")}`, `Leave it out; see ${help}.`, "argument", first.arguments.join(" "))
  }
  return usage(said, `See ${help}.`, "command line", said)
}
