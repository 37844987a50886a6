/** `mesocosm compare`, from its words to an exit code. */
import { compareDesign, untilDecided } from "../../experiment/Designs.ts"
import { type Carried, type Chosen, readChoice, readCount, usage } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

interface Asked extends Chosen, Carried {
  readonly until: "decided" | undefined
  readonly maxSeeds: string
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function compareArms(asked: Asked): Promise<number> {
  const found = await find(asked.scenario)
  const { scenario } = found
  const design = compareDesign(scenario, readChoice(asked))
  if (asked.until === undefined) return begin(found, design, asked)
  if (asked.shard !== undefined) {
    throw usage(
      "--shard",
      asked.shard,
      "cannot be used with --until",
      "Leave out one: what comes next hangs on what came, which no part knows."
    )
  }
  const judged = scenario.metrics.filter(
    ({ name, matters }) => matters !== undefined && (design.kpis === null || design.kpis.includes(name))
  )
  if (judged.length === 0) {
    throw usage(
      "--until",
      "decided",
      "has nothing to decide: no metric says what matters",
      "Give one `matters: { by, better }` in the scenario."
    )
  }
  return begin(found, untilDecided(design, readCount("--max-seeds", asked.maxSeeds, 10, 1_000_000)), asked)
}
