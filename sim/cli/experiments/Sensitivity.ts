/** `mesocosm sensitivity`, from its words to an exit code. */
import { sensitivityDesign } from "../../experiment/Designs.ts"
import { readAxis } from "../../experiment/Points.ts"
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
  const base = readCount("--base", asked.base ?? (method === "morris" ? "20" : "128"), 2, 100_000)
  const vary = asked.vary.map(readAxis)
  return begin(found, sensitivityDesign(found.scenario, readChoice(asked), { vary, method, base }), asked)
}
