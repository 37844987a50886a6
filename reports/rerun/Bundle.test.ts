import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { beforeAll, describe, expect, it } from "vitest"
import { ReportError } from "../../sim/Errors.ts"
import { bundle, pageBundle } from "./Bundle.ts"

const wasm = new Uint8Array([0, 97, 115, 109])
let folder = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mesocosm-bundle-"))
})

/** Bundles a scenario's file whose text is given, with other files beside it. */
async function bundled(source: string, others: { readonly [name: string]: string } = {}) {
  const file = join(folder, "pond.ts")
  await writeFile(file, source)
  for (const [name, text] of Object.entries(others)) await writeFile(join(folder, name), text)
  return bundle({ scenario: "pond", file, wasm, artifacts: {} })
}

async function refusal(source: string, others?: { readonly [name: string]: string }): Promise<ReportError> {
  const error = await bundled(source, others).then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  if (!(error instanceof ReportError)) throw new Error(`not refused, but ${String(error)}`)
  return error
}

const unpacked = (packed: string): string => gunzipSync(Buffer.from(packed, "base64")).toString()

describe("a bundle", () => {
  it("is one script that names no path, from a file outside the checkout, with mesocosm as this copy has it", async () => {
    const { worker, wasm: chain } = await bundled(
      `import { Scenario } from "mesocosm"\nimport { horizon } from "./horizon.ts"\nexport default Scenario.make("pond", { horizon } as never)`,
      { "horizon.ts": `export const horizon: string = "1 week"` }
    )
    const script = unpacked(worker)
    expect(script).toContain("1 week")
    expect(script).not.toMatch(/^import |\brequire\(/m)
    expect(script).not.toContain(folder)
    expect(script).not.toContain(process.cwd())
    expect(gunzipSync(Buffer.from(chain, "base64"))).toEqual(Buffer.from(wasm))
  })

  it("is the same each time", async () => {
    const source = `export default 1`
    expect(await bundled(source)).toEqual(await bundled(source))
  })

  it.each(["node:fs", "fs", "node:fs/promises", "worker_threads", "node:test"])(
    "refuses %s, and says where it stands",
    async (name) => {
      const error = await refusal(`export { default } from "./deep.ts"`, {
        "deep.ts": `// a line\nimport * as files from "${name}"\nexport default files`
      })
      expect(error.reason).toBe("NotForAPage")
      expect(error.offending).toEqual({ name: "import", value: name })
      expect(error.message).toMatch(
        new RegExp(`^pond\\.ts cannot run in a page: .*deep\\.ts:2 imports ${name}, which only Node has$`)
      )
      expect(error.fix).toContain("deep.ts:2")
    }
  )

  it("refuses what is imported late, too", async () => {
    const error = await refusal(`export default async () => (await import("node:child_process")).exec`)
    expect(error.offending?.value).toBe("node:child_process")
  })

  it("refuses what it cannot find or read, in words", async () => {
    expect((await refusal(`import "./nowhere.ts"`)).message).toMatch(
      /cannot be carried by a page: Could not resolve.*pond\.ts:1/
    )
    expect((await refusal("const = 3")).reason).toBe("NotForAPage")
  })
})

it("the page's own script is one, without imports", async () => {
  expect(await pageBundle()).not.toMatch(/^import |\brequire\(|\beval\(|new Function/m)
})
