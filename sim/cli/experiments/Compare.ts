/** `mesocosm compare`, from its words to an exit code. */
import { compareDesign } from "../../experiment/Designs.ts"
import { type Carried, type Chosen, readChoice } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function compareArms(asked: Chosen & Carried): Promise<number> {
  const found = await find(asked.scenario)
  return begin(found, compareDesign(found.scenario, readChoice(asked)), asked)
}
