/** What the package will say of itself. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ROOT } from "../Checkout.ts"
import { packed } from "./Pack.ts"

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  readonly packages: {
    readonly [path: string]: { readonly dev?: true; readonly license?: string; readonly version: string }
  }
}

describe("the package", () => {
  const said = packed(manifest) as Record<string, never>

  it("may be installed: JavaScript with declarations, nothing that runs at its installation, Hardhat and viem as the caller has them", () => {
    expect(said).toMatchObject({
      bin: { mesocosm: "dist/sim/cli/bin.js" },
      peerDependencies: { hardhat: expect.any(String), viem: expect.any(String) },
      exports: {
        ".": { types: "./dist/sim/index.d.ts", default: "./dist/sim/index.js" },
        "./hardhat": { types: "./dist/sim/hardhat/index.d.ts", default: "./dist/sim/hardhat/index.js" }
      }
    })
    for (const field of ["private", "devDependencies"]) expect(said).not.toHaveProperty(field)
    expect(Object.keys(said["scripts"] ?? {})).toEqual(["prepack", "postpack"])
    for (const peer of ["hardhat", "viem"]) expect(said["dependencies"]).not.toHaveProperty(peer)
  })

  it("brings nothing under a GPL, AGPL or BUSL", () => {
    const brought = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && dev !== true)
    expect(brought.length).toBeGreaterThan(50)
    // What also comes under another licence may be taken under that.
    const bound = brought.filter(([, { license = "" }]) => /GPL|BUSL/.test(license) && !/ OR |LGPL/.test(license))
    expect(bound.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  })
})
