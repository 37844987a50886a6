/**
 * The kernel's numbers are the same bits in every engine: `golden.json`, under this Node, an older
 * one and Chromium.
 *
 * Only a wanted change of the numbers may change the file:
 * `node -e 'import("./sim/kernel/golden.ts").then((m) => console.log(JSON.stringify(m.golden(), null, 2)))' > sim/kernel/golden.json`
 */

import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { chromium } from "playwright-core"
import { describe, expect, it } from "vitest"
import expected from "./golden.json" with { type: "json" }
import { golden } from "./golden.ts"

const TIMEOUT = 120_000
const CHROMIUM = "/usr/bin/chromium"
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

/** The oldest Node on this machine that is older than the one running, if any. */
function olderNode(): { readonly path: string; readonly version: string } | undefined {
  const { PATH = "" } = process.env
  const folders = [...PATH.split(delimiter), "/usr/bin", "/usr/local/bin"]
  return [...new Set(folders.map((folder) => join(folder, "node")))]
    .filter((path) => existsSync(path))
    .map((path) => ({ path, version: execFileSync(path, ["--version"], { encoding: "utf8" }).trim().slice(1) }))
    .filter(({ version }) => major(version) < major(process.versions.node))
    .sort((a, b) => major(a.version) - major(b.version))[0]
}

function major(version: string): number {
  return Number.parseInt(version, 10)
}

async function bundled(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("golden.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "Golden",
    platform: "browser"
  })
  return result.outputFiles[0]?.text ?? ""
}

const older = olderNode()

describe("golden.json", () => {
  it(`holds in this Node ${process.versions.node}`, { timeout: TIMEOUT }, () => {
    expect(golden()).toEqual(expected)
  })

  it.skipIf(older === undefined)(
    older === undefined
      ? "holds in an older Node (skipped: none is on the PATH or in /usr/bin)"
      : `holds in Node ${older.version}`,
    { timeout: TIMEOUT },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "golden-"))
      try {
        const script = join(folder, "golden.cjs")
        writeFileSync(script, `${await bundled()}\nconsole.log(JSON.stringify(Golden.golden()))\n`)
        const output = execFileSync(older?.path ?? "", [script], { encoding: "utf8" })
        expect(JSON.parse(output)).toEqual(expected)
      } finally {
        rmSync(folder, { recursive: true })
      }
    }
  )

  it.skipIf(!existsSync(CHROMIUM))(
    `holds in Chromium${existsSync(CHROMIUM) ? "" : " (skipped: install it with apt-get install chromium)"}`,
    { timeout: TIMEOUT },
    async () => {
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET })
      try {
        const page = await browser.newPage()
        await page.addScriptTag({ content: await bundled() })
        expect(await page.evaluate("Golden.golden()")).toEqual(expected)
      } finally {
        await browser.close()
      }
    }
  )
})
