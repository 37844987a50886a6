/** `mesocosm new`: a scenario or a behaviour to start from. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { attempt } from "../Failure.ts"
import { json } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const id = Argument.String("id").pipe(Argument.withDescription("Its name in kebab-case, which names its file too"))

const scenario: Leaf<"scenario"> = Command.make(
  "scenario",
  {
    id,
    dir: Flag.String("dir").pipe(
      Flag.withMetavar("folder"),
      Flag.withDescription("Where to write it; scenarios/ of the project unless said otherwise"),
      Flag.optional
    ),
    json
  },
  Effect.fnUntraced(function* (input) {
    const { newScenario } = yield* attempt(() => import("../templates/Template.ts"))
    yield* attempt(() => newScenario({ ...input, dir: Option.getOrUndefined(input.dir) }))
  })
).pipe(
  Command.withDescription(
    "Writes a small, complete scenario that runs at once, and its lines of the ASSUMPTIONS register."
  ),
  Command.withShortDescription("Write a scenario to start from"),
  Command.withExamples([{ command: "mesocosm new scenario demo", description: "Writes scenarios/demo.ts" }])
)

const behaviour: Leaf<"behaviour"> = Command.make(
  "behaviour",
  {
    id,
    dir: Flag.String("dir").pipe(
      Flag.withMetavar("folder"),
      Flag.withDescription(
        "Where to write it; agents/ of the project, in a checkout agents/honest, unless said otherwise"
      ),
      Flag.optional
    ),
    json
  },
  Effect.fnUntraced(function* (input) {
    const { newBehaviour } = yield* attempt(() => import("../templates/Template.ts"))
    yield* attempt(() => newBehaviour({ ...input, dir: Option.getOrUndefined(input.dir) }))
  })
).pipe(
  Command.withDescription("Writes a small, complete behaviour."),
  Command.withShortDescription("Write a behaviour to start from"),
  Command.withExamples([
    { command: "mesocosm new behaviour hesitant", description: "Writes agents/honest/hesitant.ts" },
    { command: "mesocosm new behaviour copier --dir agents/traders", description: "Writes agents/traders/copier.ts" }
  ])
)

/** The command. */
export const create: Leaf<"new"> = Command.make("new").pipe(
  Command.withDescription("Writes a scenario or a behaviour to start from. Nothing is overwritten."),
  Command.withShortDescription("Write a scenario or a behaviour to start from"),
  Command.withSubcommands([scenario, behaviour])
)
