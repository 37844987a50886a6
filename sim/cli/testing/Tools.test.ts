import { existsSync } from "node:fs"
import { basename } from "node:path"
import { expect, it } from "vitest"
import { executables, lacking, type Tool, tools } from "./Tools.ts"

it.each(tools.map((tool) => [tool.title, tool] as const))(
  "%s is a path that is there, or has a line that installs it",
  (_, tool) => {
    const path = tool()
    expect(path === undefined || existsSync(path)).toBe(true)
    expect(tool.install).toMatch(/^apt-get install [a-z0-9-]+$/)
    expect(lacking(tool) === "").toBe(path !== undefined)
  }
)

it("names what is missing and the line that installs it", () => {
  const missing: Tool = Object.assign(() => undefined, {
    title: "Anvil",
    purpose: "nothing",
    install: "apt-get install anvil"
  })
  expect(lacking(missing)).toBe(" [skipped: needs Anvil: apt-get install anvil]")
})

it("finds executables by name and by path, and no others", () => {
  const [sh = ""] = executables("sh")
  expect(basename(sh)).toBe("sh")
  expect(executables(sh)).toEqual([sh])
  expect(executables("a-program-that-nobody-has")).toEqual([])
  expect(executables("/etc/passwd")).toEqual([])
})
