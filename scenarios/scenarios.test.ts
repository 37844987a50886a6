/** What holds for every scenario file: its id is its name, and every Param cites a line of the register. */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { Scenario } from "../sim/scenario/Scenario.ts"

const folder = new URL(".", import.meta.url).pathname
const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
const register = readFileSync(`${folder}ASSUMPTIONS.md`, "utf8")
const lines = new Set([...register.matchAll(/^\| ([A-Z]+\d+) *\|/gm)].map((match) => match[1]))

describe.each(files)("%s", (file) => {
  it("is named as its id, asks a question, and cites the register in every Param", async () => {
    const { default: scenario } = (await import(`./${file}`)) as { readonly default: Scenario }
    expect(`${scenario.id}.ts`).toBe(file)
    expect(scenario.question).toMatch(/\?$/)
    for (const [name, param] of Object.entries(scenario.params))
      expect([name, lines.has(param.source)]).toEqual([name, true])
  })
})
