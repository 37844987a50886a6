/** `mesocosm sweep`, from its words to an exit code. */
import { differingArms } from "../../experiment/Arms.ts"
import { sweepDesign } from "../../experiment/Designs.ts"
import { readAxis } from "../../experiment/Points.ts"
import { DEFAULTS } from "../Defaults.ts"
import { type Carried, type Chosen, readChoice, readCount, usage } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

interface Asked extends Chosen, Carried {
  readonly vary: readonly string[]
  readonly sample: "grid" | "latin" | "sobol"
  readonly points: string | undefined
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function sweepParams(asked: Asked): Promise<number> {
  const found = await find(asked.scenario)
  const { sample: method } = asked
  if (method === "grid" && asked.points !== undefined) {
    throw usage(
      "--points",
      asked.points,
      "is read with --sample latin or --sample sobol only",
      `Give the steps of a grid with the Param, as in --vary stake=0..1000000/${asked.points.trim()}, or add --sample latin.`
    )
  }
  const points = asked.points ?? DEFAULTS.sweep.points
  const sampling = method === "grid" ? { method } : { method, points: readCount("--points", points, 2, 100_000) }
  const vary = asked.vary.map(readAxis)
  const design = sweepDesign(found.scenario, readChoice(asked), { vary, sampling })
  differingArms(found.scenario, design.arms, design.set)
  return begin(found, design, asked)
}
