/** The type of every command that does something: how it can fail, and nothing of what it was given. */
import type { Command } from "effect/cli/Command"
import type { MesocosmError } from "../../Errors.ts"
import type { Ended } from "../Failure.ts"

/** A command without subcommands; its own parameters are known to its file alone. */
export type Leaf<Name extends string> = Command<Name, never, object, MesocosmError | Ended>
