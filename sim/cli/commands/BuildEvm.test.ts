/** `build-evm`: what it says before it builds. That it builds the committed bytes is for the suite `evm`. */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { sumHolds } from "../../chain/revm/build.ts"
import { ROOT } from "../Checkout.ts"
import { mesocosm } from "../fixtures/Command.ts"

it("names the toolchains there are", async () => {
  const { code, stdout } = await mesocosm(ROOT, ["build-evm", "--toolchain", "gcc", "--json"])
  expect(code).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ error: { tag: "ScenarioError", reason: "Usage" } })
})

it("has the sum of the committed bytes beside them", () => {
  const at = join(ROOT, "sim/chain/revm/revm.wasm")
  const sum = createHash("sha256").update(readFileSync(at)).digest("hex")
  expect(readFileSync(`${at}.sha256`, "utf8").split(/\s+/)).toEqual([sum, "revm.wasm", ""])
  expect(sumHolds()).toBe(true)
})
