/** `mesocosm behaviours`: whether the agents of a scenario are worth their names. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { chainFlag, json, quiet, valued } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  scenario: Argument.String("scenario").pipe(Argument.withDescription("Id of a scenario, or the path of its .ts file")),
  seeds: valued("seeds", "n", "How many seeds each race is run over", "10"),
  episodes: valued("episodes", "n", "How many runs a learner is trained on, of other seeds", "20"),
  arm: valued("arm", "name", "Which of the scenario's arms to run", "baseline"),
  set: Flag.String("set").pipe(
    Flag.withMetavar("name=value"),
    Flag.withDescription("Set a Param, over the arm; may be given again"),
    Flag.atLeast(0)
  ),
  chain: chainFlag("revm"),
  workers: Flag.String("workers").pipe(
    Flag.withMetavar("n"),
    Flag.withDescription("How many runs go on side by side, each on its own thread; all cores when left out"),
    Flag.optional
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("folder"),
    Flag.withDescription("Write behaviours.html, its charts and behaviours.json there"),
    Flag.optional
  ),
  json,
  quiet
}

/** The command. */
export const behaviours: Leaf<"behaviours"> = Command.make(
  "behaviours",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; Ctrl-C again stops at once")
    const { checkBehaviours } = yield* attempt(() => import("../BehaviourChecks.ts"))
    const code = yield* attempt(() =>
      checkBehaviours({
        ...input,
        workers: Option.getOrUndefined(input.workers),
        out: Option.getOrUndefined(input.out),
        signal
      })
    )
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Checks a scenario's agents. Strategic ones: what the best of their listed deviations would have earned more. " +
      "Learners: whether they beat no trade and zero intelligence on seeds they have not seen, with the learning curve. " +
      "One run of each kind is done again on the other chain, which must leave the same digests. " +
      "Ends with 1 when a regret is above 5 % of the agent's profit, or a learner is not one."
  ),
  Command.withShortDescription("Race a scenario's agents against what they could have done"),
  Command.withExamples([
    { command: "mesocosm behaviours weekly-rewards", description: "Ten seeds per race, twenty episodes of training" },
    {
      command: "mesocosm behaviours weekly-rewards --seeds 50 --episodes 30",
      description: "Narrower intervals, a longer training"
    },
    {
      command: "mesocosm behaviours weekly-rewards --out checked",
      description: "With a report that draws the learning curves"
    },
    {
      command: "mesocosm behaviours weekly-rewards --arm identity-stake --set learners=0",
      description: "The strategic ones alone, in another arm"
    }
  ])
)
