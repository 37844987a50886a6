import { createHash } from "node:crypto"
import { expect, it } from "vitest"
import { html } from "./Html.ts"
import { page } from "./Page.ts"

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`

it("allows its own scripts and styles by hash, and nothing else", () => {
  const style = "p > a{color:red}"
  const file = page({
    title: "<t>",
    description: `"d"`,
    style,
    body: html`<p>x</p>`,
    scripts: [`const s = "</script><!-- ";\r\n`, "1 < 2\n"]
  })
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(file)?.[1]
  const first = `const s = "\\x3c/script>\\x3c!-- ";\n`
  expect(policy).toBe(
    `default-src 'none'; script-src ${hash(first)} ${hash("1 < 2\n")}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`
  )
  expect(file).toContain(`<script>${first}</script>`)
  expect(file).toContain("<title>&lt;t&gt;</title>")
})

it("allows no script where there is none", () => {
  expect(page({ title: "", description: "", style: "", body: html``, scripts: [] })).toContain("script-src 'none'")
})

it("allows a page that works its workers and WebAssembly, and nothing else", () => {
  const file = page({ title: "", description: "", style: "", body: html``, scripts: ["1"], works: true })
  expect(file).toContain(
    `default-src 'none'; script-src ${hash("1")} 'wasm-unsafe-eval'; worker-src blob:; style-src ${hash("")}; base-uri`
  )
})
