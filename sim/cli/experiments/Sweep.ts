/** `mesocosm sweep`, from its words to an exit code. */
import { differingArms } from "../../experiment/Arms.ts"
import { sweepDesign } from "../../experiment/Designs.ts"
import { readAxis } from "../../experiment/Points.ts"
import { type Carried, type Chosen, readChoice, readCount } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

interface Asked extends Chosen, Carried {
  readonly vary: readonly string[]
  readonly sample: "grid" | "latin" | "sobol"
  readonly points: string
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function sweepParams(asked: Asked): Promise<number> {
  const found = await find(asked.scenario)
  const { sample: method } = asked
  const sampling = method === "grid" ? { method } : { method, points: readCount("--points", asked.points, 2, 100_000) }
  const vary = asked.vary.map(readAxis)
  const design = sweepDesign(found.scenario, readChoice(asked), { vary, sampling })
  differingArms(found.scenario, design.arms, design.set)
  return begin(found, design, asked)
}
