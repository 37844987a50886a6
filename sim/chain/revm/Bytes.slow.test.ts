import { describe, expect, it } from "vitest"
import { throwBytes } from "./fixtures/Bytes.ts"

describe("the module, given random bytes", () => {
  it("answers or says what is wrong, ten million times", { timeout: 3_600_000 }, () => {
    const [, , , , fatal, closed] = throwBytes({ inputs: 10_000_000, seed: 2 })
    expect([fatal, closed]).toEqual([0, 0])
  })
})
