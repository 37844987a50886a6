/** `mesocosm sensitivity`, from its words to an exit code. */
import { differingArms } from "../../experiment/Arms.ts"
import { sensitivityDesign } from "../../experiment/Designs.ts"
import { readAxis } from "../../experiment/Points.ts"
import { DEFAULTS } from "../Defaults.ts"
import { type Carried, type Chosen, readChoice, readCount } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

interface Asked extends Chosen, Carried {
  readonly vary: readonly string[]
  readonly method: "morris" | "sobol"
  readonly base: string | undefined
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function rankParams(asked: Asked): Promise<number> {
  const found = await find(asked.scenario)
  const method = asked.method === "sobol" ? "saltelli" : "morris"
  const base = readCount("--base", asked.base ?? DEFAULTS.sensitivity.base[asked.method], 2, 100_000)
  const vary = asked.vary.map(readAxis)
  const design = sensitivityDesign(found.scenario, readChoice(asked), { vary, method, base })
  differingArms(found.scenario, design.arms, design.set)
  return begin(found, design, asked)
}
