/** Flags that several commands share. */
import * as Flag from "effect/cli/Flag"

/** A switch: off unless it is given, and without a negated twin. */
export function switched(name: string, says: string): Flag.Flag<boolean> {
  return Flag.Boolean(name).pipe(Flag.withoutNegation, Flag.withDefault(false), Flag.withDescription(says))
}

/** `--json`, the same in every command. */
export const json: Flag.Flag<boolean> = switched("json", "Print one JSON document on stdout, and nothing else there")

/** `--quiet`, for what takes its time. */
export const quiet: Flag.Flag<boolean> = switched("quiet", "Show no progress on stderr")
