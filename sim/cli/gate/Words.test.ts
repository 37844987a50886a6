/** What a check prints: what is to be pasted is words of a shell, whatever a file holds; figures are as fine as matters. */
import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { figures, shapes } from "./Shape.ts"
import { changeWords, replay } from "./Words.ts"

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

describe("the agents that a check explains", () => {
  const place = { file: "it.json", named: "it", set: {} }
  const population = (name: string, before: number, now: number) => ({ population: name, before, now })
  const explained = (...moved: Parameters<typeof replay>[2]): readonly (string | undefined)[] =>
    replay("baseline", 1, moved, place).flatMap((line) => /explain \S+ (\S+)/.exec(line)?.[1] ?? [])

  it("are two of those whose profit moved, and one where none did", () => {
    expect(
      explained(population("herd", -1353, -1672), population("curators", -59, -79), population("a", 1, 2))
    ).toEqual(["herd/0", "curators/0"])
    expect(explained(population("herd", -1353, -1672), population("oracle", 1000.2, 1000.3))).toEqual(["herd/0"])
    expect(explained(population("herd", 3, 3), population("oracle", 0, 0))).toEqual(["herd/0"])
  })
})

describe("a change of a population", () => {
  const change = (before: string, now: string) =>
    changeWords({ what: "population", name: "farm", before, now } as never)

  it("names what is the same once", () => {
    expect(change("1 farmer; identities 5 identities", "1 farmer; identities 7 identities")).toBe(
      "population farm: identities 5 → 7 identities"
    )
    expect(change("1 farmer", "2 farmers; cost 3 USD")).toBe("population farm: 1 farmer → 2 farmers; cost 3 USD")
  })
})

describe("the figures of a KPI", () => {
  it.each([
    [0.02, -0.0041, "-0.004", "-0.004"],
    [0.02, -0.0004, "0", "0"],
    [0.02, 0.20953, "0.21", "+0.21"],
    [10, 55.512, "55.5", "+55.5"],
    [500, 8233.27, "8,233", "+8,233"],
    [0, 0.12345, "0.123", "+0.123"]
  ])("where %d matters, %d is %s", (by, value, plain, signed) => {
    expect([figures(by).said(value), figures(by).signed(value)]).toEqual([plain, signed])
  })
})

describe("the shapes of two samples", () => {
  it("are drawn of as many values as there are", () => {
    const many = Array.from({ length: 130_000 }, (_, nth) => nth)
    expect(shapes(many, many).map((shape) => shape.length)).toEqual([12, 12])
    expect(shapes([], [])).toEqual(["", ""])
  })
})
