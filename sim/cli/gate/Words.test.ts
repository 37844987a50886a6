/** What a check prints to be pasted is words of a shell, whatever a baseline's file holds. */
import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { replay } from "./Words.ts"

describe("the commands that a check names", () => {
  it("are words of a shell, and run nothing that a file holds", () => {
    const hostile = "a'b $(echo run) `echo run` \"; echo run #"
    const moved = [{ population: hostile, before: 0, now: 1 }]
    const place = { file: "it.json", named: hostile, set: { stake: hostile } }
    const said = replay(hostile, 7, moved, place).map((line) => {
      const words = execFileSync("sh", ["-c", `f() { printf '%s\\n' "$@"; }; f ${line}`], { encoding: "utf8" })
      return words.trimEnd().split("\n")
    })
    expect(said.map((words) => words.slice(1))).toEqual([
      ["run", hostile, "--arm", hostile, "--seed", "7", "--set", `stake=${hostile}`, "--out", `runs/gate/${hostile}-7`],
      ["explain", `runs/gate/${hostile}-7`, `${hostile}/0`]
    ])
  })
})
