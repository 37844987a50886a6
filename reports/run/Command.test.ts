import { execFileSync } from "node:child_process"
import { expect, it } from "vitest"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { commandOf } from "./Command.ts"

function manifest(arm: string, sets: readonly (readonly [string, string, "default" | "arm" | "set"])[]): Manifest {
  const params = sets.map(([name, value, setBy]) => ({ name, value, setBy }))
  // Only what a command is made of.
  return { spec: { scenario: "open-pool", arm, seed: 7 }, params } as unknown as Manifest
}

it("names scenario, arm, seed, and what was set by hand alone", () => {
  const sets = [
    ["honest", "10", "set"],
    ["stake", "4172", "arm"],
    ["cost", "2", "default"]
  ] as const
  expect(commandOf(manifest("baseline", sets))).toBe("./mesocosm run open-pool --arm baseline --seed 7 --set honest=10")
})

it("gives a shell the very words, whatever they are", () => {
  const hostile = 'it\'s $(id) `id` "x"; rm *'
  const command = commandOf(manifest(hostile, [["a", hostile, "set"]])).replace("./mesocosm run", "printf '%s\\n'")
  expect(execFileSync("/bin/sh", ["-c", command], { encoding: "utf8" }).trimEnd().split("\n")).toEqual([
    "open-pool",
    "--arm",
    hostile,
    "--seed",
    "7",
    "--set",
    `a=${hostile}`
  ])
})
