/**
 * The tree of commands, and the one place where an outcome becomes an exit code and an error becomes words.
 */

import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import type * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import { baseline } from "./commands/Baseline.ts"
import { behaviours } from "./commands/Behaviours.ts"
import { bench } from "./commands/Bench.ts"
import { buildEvm } from "./commands/BuildEvm.ts"
import { check } from "./commands/Check.ts"
import { collect } from "./commands/Collect.ts"
import { compare } from "./commands/Compare.ts"
import { doctor } from "./commands/Doctor.ts"
import { explain } from "./commands/Explain.ts"
import { exportAll } from "./commands/Export.ts"
import { list } from "./commands/List.ts"
import { create } from "./commands/New.ts"
import { query } from "./commands/Query.ts"
import { report } from "./commands/Report.ts"
import { resume } from "./commands/Resume.ts"
import { run } from "./commands/Run.ts"
import { sensitivity } from "./commands/Sensitivity.ts"
import { serve } from "./commands/Serve.ts"
import { sweep } from "./commands/Sweep.ts"
import { test } from "./commands/Test.ts"
import { types } from "./commands/Types.ts"
import { validate } from "./commands/Validate.ts"
import { verify } from "./commands/Verify.ts"
import { worker } from "./commands/Worker.ts"
import { Ended, EXIT, errorBlock, errorDocument, exitCode, usageError } from "./Failure.ts"
import { print, printJson } from "./Text.ts"

const commands = [
  run,
  compare,
  sweep,
  sensitivity,
  resume,
  worker,
  collect,
  query,
  exportAll,
  baseline,
  check,
  behaviours,
  validate,
  list,
  report,
  verify,
  serve,
  explain,
  create,
  types,
  test,
  doctor,
  bench,
  buildEvm
] as const

const mesocosm = Command.make("mesocosm").pipe(
  Command.withDescription(
    "Puts a token economy in a tank: populations of agents act on real Solidity contracts, and you see what happens."
  ),
  Command.withExamples([
    { command: "mesocosm list", description: "Which scenarios there are, and what they ask" },
    { command: "mesocosm run open-pool", description: "Run one, and read what came of it" },
    { command: "mesocosm explain runs/open-pool/baseline-7 farm/0", description: "What one agent saw, wanted and got" },
    { command: "mesocosm new scenario demo", description: "Write one of your own" }
  ]),
  Command.withSubcommands(commands)
)

/** Help and version go to stdout; what is wrong with a command line is said by `main`, as every error is. */
const presenter: CliOutput.Presenter = {
  present: (event) =>
    Effect.sync(() => {
      if (event._tag === "Version") print(`${event.name} ${event.version}\n`)
      // Our own words, in colours of Effect's.
      if (event._tag === "Help") process.stdout.write(`${formatter().formatHelpDoc(event.helpDoc).trimEnd()}\n`)
    })
}

function formatter(): CliOutput.Formatter {
  const plain = process.stdout.isTTY !== true || (process.env["NO_COLOR"] ?? "") !== ""
  return CliOutput.defaultFormatter({ colors: !plain })
}

const services = Layer.mergeAll(
  NodeServices.layer,
  CliOutput.layerPresenter(presenter),
  CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] })
)

/**
 * `help run` is `run --help`; and of a command that there is not, --help tells nothing.
 * @throws ScenarioError Usage.
 */
function asked(args: readonly string[]): readonly string[] {
  const words = args[0] === "help" ? [...args.slice(1), "--help"] : args
  const [name] = words
  const helps = words.includes("--help") || words.includes("-h")
  if (!helps || name === undefined || name.startsWith("-")) return words
  const names = commands.map((each) => each.name)
  if (names.includes(name as (typeof names)[number])) return words
  const near = nearest(name, names)
  throw new ScenarioError({
    reason: "Usage",
    message: `there is no command "${name}"`,
    fix: `${near === undefined ? "" : `Did you mean ${near}? `}See mesocosm --help.`,
    offending: { name: "command", value: name }
  })
}

/** Runs the command that the arguments name. @returns the exit code; every error has been printed. */
export async function main(args: readonly string[], version: string): Promise<number> {
  const program = Effect.suspend(() => Command.runWith(mesocosm, { version })(asked(args))).pipe(
    Effect.provide(services)
  )
  const exit = await Effect.runPromiseExit(program)
  if (Exit.isSuccess(exit)) return EXIT.ok
  const error = Cause.squash(exit.cause)
  if (error instanceof Ended) return error.code
  if (isShowHelp(error)) {
    return error.errors.length === 0 ? EXIT.ok : fail(usageError(error.errors, error.commandPath), args)
  }
  return fail(error, args)
}

function isShowHelp(error: unknown): error is CliError.ShowHelp {
  return typeof error === "object" && error !== null && "_tag" in error && error._tag === "ShowHelp"
}

function fail(error: unknown, args: readonly string[]): number {
  // Flags may not have been read yet, so the question is put to the words themselves.
  if (args.includes("--json")) printJson({ error: errorDocument(error) })
  else process.stderr.write(errorBlock(error))
  return exitCode(error)
}
