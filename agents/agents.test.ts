/** What holds for every behaviour file: it exports one behaviour, named as the file. What behaviours share lies in folders named parts. */
import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"

const folder = new URL(".", import.meta.url).pathname
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("parts/") && file !== "index.ts"
)

describe.each(files)("%s", (file) => {
  it("exports one behaviour, named as the file", async () => {
    const exported = Object.values(
      (await import(`./${file}`)) as { readonly [name: string]: { readonly name: string } }
    )
    expect(exported.map(({ name }) => `${name}.ts`)).toEqual([file.split("/").at(-1)])
  })
})

describe("index.ts", () => {
  it("exports each of them, and nothing else", async () => {
    const all = (await import("./index.ts")) as { readonly [name: string]: { readonly name: string } }
    const names = Object.values(all).map(({ name }) => `${name}.ts`)
    expect(names.sort()).toEqual(files.map((file) => file.split("/").at(-1)).sort())
  })
})
