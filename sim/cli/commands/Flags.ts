/** Flags that several commands share. */
import * as Flag from "effect/cli/Flag"
import type { Option } from "effect/Option"

/** A switch: off unless it is given, and without a negated twin. */
export function switched(name: string, says: string): Flag.Flag<boolean> {
  return Flag.Boolean(name).pipe(Flag.withoutNegation, Flag.withDefault(false), Flag.withDescription(says))
}

/** A flag with a value, such as `n`; its help ends with what it is taken to be where it is left out. */
export function valued(name: string, metavar: string, says: string, standard: string): Flag.Flag<string> {
  return Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(unless(says, standard)),
    Flag.withDefault(standard)
  )
}

/** A flag with a value that may be left out, which the command is told; `standard` is what its help says it is then. */
export function optional(name: string, metavar: string, says: string, standard?: string): Flag.Flag<Option<string>> {
  const described = standard === undefined ? says : unless(says, standard)
  return Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(described), Flag.optional)
}

/** `--chain`. */
export function chainFlag(standard: "hardhat" | "revm"): Flag.Flag<"hardhat" | "revm"> {
  return Flag.Literals("chain", ["hardhat", "revm"]).pipe(
    Flag.withDescription(unless("Where the contracts live", standard)),
    Flag.withDefault(standard)
  )
}

function unless(says: string, standard: string): string {
  return `${says}; ${standard} unless said otherwise`
}

/** `--json`, the same in every command. */
export const json: Flag.Flag<boolean> = switched("json", "Print one JSON document on stdout, and nothing else there")

/** `--quiet`, for what takes its time. */
export const quiet: Flag.Flag<boolean> = switched("quiet", "Show no progress on stderr")
