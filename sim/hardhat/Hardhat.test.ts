/** What Hardhat is given becomes what the command is given; and the config section is looked at. */
import { describe, expect, it } from "vitest"
import { tooOld } from "../cli/NodeVersion.ts"
import { argumentsOf, COMMANDS, DESCRIPTIONS, type TaskCommand } from "./Commands.ts"
import handlers from "./Config.ts"
import plugin from "./index.ts"

const of = (name: string): TaskCommand => {
  const found = COMMANDS.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

describe("the Hardhat plugin", () => {
  it("has a task per command, each option described", () => {
    expect(plugin.tasks?.map(({ id }) => id.join(" "))).toEqual([
      "mesocosm",
      ...COMMANDS.map(({ name }) => `mesocosm ${name}`)
    ])
    for (const { options, switches } of COMMANDS) {
      for (const option of [...options, ...switches]) expect(DESCRIPTIONS[option], option).toBeTruthy()
    }
  })

  it("passes words, options and switches on, in the command's own spelling", () => {
    expect(
      argumentsOf(of("check"), { words: ["pool"], maxSeeds: "80", until: "decided", allowUndecided: true })
    ).toEqual([...["check", "pool", "--until", "decided", "--max-seeds", "80", "--allow-undecided"]])
    expect(argumentsOf(of("run"), { words: ["pool"], set: "stake=5,honest=20", quiet: false })).toEqual([
      ...["run", "pool", "--set", "stake=5", "--set", "honest=20"]
    ])
  })

  it("says which Node it needs, with a line that works, to every older one", () => {
    for (const old of ["20.20.2", "22.13.0", "24.11.9"]) {
      expect(tooOld("hardhat mesocosm check", old)).toBe(
        `mesocosm needs Node 24.12 or newer, and this is v${old}\nfix: npx -y -p node@24 -c "hardhat mesocosm check"\n`
      )
    }
    for (const fine of ["24.12.0", "25.0.0"]) expect(tooOld("hardhat mesocosm check", fine)).toBeUndefined()
  })

  it("refuses a config section that says nothing it knows", async () => {
    const { validateUserConfig } = await handlers()
    const wrong = async (mesocosm: unknown) =>
      (await validateUserConfig?.({ mesocosm } as never))?.map(({ path, message }) => `${path.join(".")} ${message}`)
    expect(await wrong(undefined)).toEqual([])
    expect(await wrong({ scenarios: "economics" })).toEqual([])
    expect(await wrong({ scenario: "x" })).toEqual(["mesocosm.scenario is unknown; there are scenarios and baselines"])
    expect(await wrong({ baselines: 5 })).toEqual([expect.stringContaining("mesocosm.baselines is no folder")])
    expect(await wrong("x")).toEqual([expect.stringContaining("mesocosm is no object")])
  })
})
