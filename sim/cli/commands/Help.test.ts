/** What `--help` says of flags: their defaults, and what their value is. */
import { describe, expect, it } from "vitest"
import { said } from "../fixtures/InProcess.ts"

/** The line of a flag in the help of a command. */
async function flagOf(command: string, flag: string): Promise<string> {
  const { stdout } = await said(command, "--help")
  const lines = stdout.split("\n")
  const at = lines.findIndex((line) => new RegExp(`^\\s+--${flag}\\b`).test(line))
  return (lines[at] ?? "").trim().replace(/\s+/g, " ")
}

describe("the help", () => {
  it.each([
    ["run", "seed", "--seed n Whole number all chance comes from; 7 unless said otherwise"],
    ["run", "chain", "hardhat unless said otherwise"],
    ["compare", "chain", "revm unless said otherwise"],
    ["compare", "seeds", "--seeds n How many seeds; every arm runs on each; 40 unless said otherwise"],
    ["compare", "seed", "1 unless said otherwise"],
    ["compare", "max-seeds", "--max-seeds n The most seeds that --until may run; 1000 unless said otherwise"],
    ["compare", "points", "64 unless said otherwise"],
    ["compare", "pairs", "8 unless said otherwise"],
    ["compare", "arms", "all of the scenario's unless said otherwise"],
    ["compare", "workers", "--workers n "],
    ["sweep", "arms", "baseline alone unless said otherwise"],
    ["sweep", "points", "64 unless said otherwise"],
    ["sweep", "seeds", "10 unless said otherwise"],
    ["sensitivity", "arms", "baseline alone unless said otherwise"],
    ["sensitivity", "base", "20 or 128 unless said otherwise"],
    ["check", "confidence", "0.95 unless said otherwise"],
    ["check", "max-seeds", "as many as were recorded unless said otherwise"],
    ["baseline", "seeds", "40 unless said otherwise"],
    ["verify", "sample", "10 unless said otherwise"],
    ["behaviours", "episodes", "--episodes n "]
  ])("of %s says of --%s: %s", async (command, flag, words) => {
    expect(await flagOf(command, flag)).toContain(words)
  })
})

describe("help in other words", () => {
  it("is that of the command, or of all", async () => {
    expect(await said("help", "run")).toEqual(await said("run", "--help"))
    expect(await said("help")).toEqual(await said("--help"))
    expect((await said("help", "run")).stdout).toContain("Runs a scenario once")
  })
})

describe("a command line that cannot be read", () => {
  it.each([
    ["compere open-pool --help", 'there is no command "compere"', /Did you mean compare\?/],
    ["help rn", 'there is no command "rn"', /Did you mean run\?/],
    ["run demo --seed 1 --seed 2", "--seed is given 2 times, and is taken once", /Give it once/],
    ["run demo --seed", "--seed lacks its value", /as in --seed <n>/],
    ["--seed 3 run demo", "mesocosm has no flag --seed", /after the command: mesocosm <command> … --seed/]
  ] as const)("%s", async (line, message, fix) => {
    const { code, stderr } = await said(...line.split(" "))
    expect([code, stderr.split("\n")[0]]).toEqual([2, `ScenarioError Usage: ${message}`])
    expect(stderr.split("\n")[1]).toMatch(fix)
  })
})
