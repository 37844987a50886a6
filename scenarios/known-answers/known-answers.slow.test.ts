/** The known answers that `known-answers.test.ts` leaves out, and those of runs on Hardhat too. */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../../sim/chain/artifact/ArtifactStore.ts"
import { validate } from "../../sim/experiment/Validate.ts"
import type { KnownAnswer } from "../../sim/scenario/KnownAnswer.ts"

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
const answers = await Promise.all(
  files.map(
    async (file) => ((await import(join(import.meta.dirname, file))) as { readonly default: KnownAnswer }).default
  )
)

describe("the slow known answers", { timeout: 600_000 }, () => {
  it.each(answers.filter(({ slow, runs }) => slow || runs !== undefined))("$id: $claim", async (answer) => {
    const outcomes = await validate([answer], { chains: ["revm", "hardhat"], artifacts })
    expect(outcomes.map(({ error, values }) => ({ error, missed: values.filter(({ held }) => !held) }))).toEqual([
      { error: null, missed: [] },
      { error: null, missed: [] }
    ])
    expect(outcomes[0]?.values).toEqual(outcomes[1]?.values)
  })
})
