/** The command line itself: what is said of a mistake, and how it ends. */
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Ended, mesocosm, workspace } from "./fixtures/Command.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
  writeFileSync(join(cwd, "file"), "")
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

function errorOf({ stdout }: Ended): { readonly [field: string]: unknown } {
  return (JSON.parse(stdout) as { readonly error: { readonly [field: string]: unknown } }).error
}

const tiny = ["run", "open-pool", "--set", "honest=2"]

/** The arguments, the reason, the offending name, and what the fix must say. */
const mistakes: readonly (readonly [string, readonly string[], string, string, RegExp])[] = [
  ["an unknown command", ["rnu"], "Usage", "command", /Did you mean run\?/],
  ["an unknown command below new", ["new", "scenaro", "x"], "Usage", "command", /Did you mean scenario\?/],
  ["an unknown flag", ["run", "open-pool", "--chian", "revm"], "Usage", "flag", /Did you mean --chain/],
  ["a missing argument", ["run"], "Usage", "scenario", /run --help/],
  ["an argument too many", ["run", "open-pool", "extra"], "Usage", "argument", /Leave it out/],
  ["an unknown chain", ["run", "open-pool", "--chain", "anvil"], "Usage", "chain", /run --help/],
  ["an unknown scenario", ["run", "opn-pool"], "UnknownScenario", "scenario", /Did you mean open-pool\?/],
  ["a scenario file that is not there", ["run", "./nix.ts"], "UnknownScenario", "scenario", /\.ts file/],
  ["an unknown Param", ["run", "open-pool", "--set", "hones=2"], "UnknownParam", "hones", /Did you mean honest\?/],
  ["a Param outside its domain", ["run", "open-pool", "--set", "honest=2001"], "OutOfDomain", "honest", /0 to 2000/],
  ["a Param in a wrong unit", ["run", "open-pool", "--set", "weekly=10 weeks"], "WrongUnit", "weekly", /tokens/],
  ["a --set that sets nothing", ["run", "open-pool", "--set", "honest"], "Usage", "--set", /--set honest=/],
  ["a Param set twice", [...tiny, "--set", "honest=3"], "Usage", "--set", /once/],
  ["a malformed seed", ["run", "open-pool", "--seed", "seven"], "MalformedSeed", "seed", /--seed 7/],
  ["an unknown arm", ["run", "open-pool", "--arm", "honst"], "UnknownArm", "arm", /Did you mean honest\?/],
  ["a folder that cannot be", [...tiny, "--out", "file/below"], "Unwritable", "--out", /--out/],
  ["an unknown run to report", ["report", "runs/nix"], "UnknownRun", "run", /run <scenario>/],
  ["an unknown run to explain", ["explain", "runs/nix", "farm/0"], "UnknownRun", "run", /run <scenario>/],
  ["a name that is none", ["new", "scenario", "MyPool"], "Usage", "id", /my-pool/]
]

describe("a mistake on the command line", () => {
  it.each(mistakes)("%s ends with 2 and says what to do", async (_, args, reason, name, fix) => {
    const ended = await mesocosm(cwd, [...args, "--json"])
    const error = errorOf(ended)
    expect([ended.code, ended.stderr]).toEqual([2, ""])
    expect(error).toMatchObject({ reason, offending: { name } })
    expect(error["fix"]).toMatch(fix)
  })

  it.each([
    [["rnu"], 'ScenarioError Usage: there is no command "rnu"\nfix: Did you mean run? See mesocosm --help.\n'],
    [
      ["run", "open-pool", "--set", "honest=2001"],
      "ScenarioError OutOfDomain: honest is 2001, outside its domain from 0 to 2000\n" +
        "fix: Set honest to a value from 0 to 2000.\n"
    ],
    [
      ["report", "nix"],
      "ReportError UnknownRun: there is no nix\n" +
        "fix: Give the folder of a run; there is none in ./runs yet: make one with mesocosm run <scenario>.\n"
    ]
  ])("%j is told in two lines, on stderr", async (args, words) => {
    expect(await mesocosm(cwd, args)).toEqual({ code: 2, stdout: "", stderr: words })
  })
})

describe("mesocosm", () => {
  it("says its version", async () => {
    expect(await mesocosm(cwd, ["--version"])).toEqual({ code: 0, stdout: "mesocosm 0.1.0\n", stderr: "" })
  })

  it("names every command when it is given none", async () => {
    const { code, stdout } = await mesocosm(cwd, [])
    expect(code).toBe(0)
    for (const name of ["run", "list", "report", "explain", "new", "types", "test", "doctor"]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, "m"))
    }
  })

  it.each(["run", "list", "report", "explain", "new scenario", "new behaviour", "types", "test", "doctor"])(
    "%s shows examples in its help",
    async (name) => {
      const { code, stdout } = await mesocosm(cwd, [...name.split(" "), "--help"])
      expect(code).toBe(0)
      expect(stdout).toMatch(new RegExp(`EXAMPLES\\n  # .+\\n  mesocosm ${name}`))
      expect(stdout).toContain("--json")
    }
  )
})
