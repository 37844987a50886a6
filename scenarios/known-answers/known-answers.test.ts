/** Every known answer that is quick: those on contracts on both chains, those of runs on the fast one. */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../../sim/chain/artifact/ArtifactStore.ts"
import { validate } from "../../sim/experiment/Validate.ts"
import type { KnownAnswer } from "../../sim/scenario/KnownAnswer.ts"

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
const answers = await Promise.all(
  files.map(async (file) => {
    const { default: answer } = (await import(join(import.meta.dirname, file))) as { readonly default: KnownAnswer }
    return { file, answer }
  })
)

it("there are some", () => {
  expect(answers.filter(({ answer }) => !answer.slow).length).toBeGreaterThan(5)
})

it.each(answers)("$file is named as its id", ({ file, answer }) => {
  expect(`${answer.id}.ts`).toBe(file)
})

describe("the quick known answers", { timeout: 60_000 }, () => {
  it.each(answers.filter(({ answer }) => !answer.slow))("$answer.id: $answer.claim", async ({ answer }) => {
    // Golden digests hold runs equal on both chains, and on Hardhat they take seconds: the slow test has them there.
    const chains = answer.runs === undefined ? (["revm", "hardhat"] as const) : (["revm"] as const)
    const outcomes = await validate([answer], { chains, artifacts })
    expect(outcomes.map(({ error, values }) => ({ error, missed: values.filter(({ held }) => !held) }))).toEqual(
      chains.map(() => ({ error: null, missed: [] }))
    )
    expect(new Set(outcomes.map(({ values }) => JSON.stringify(values))).size).toBe(1)
  })
})
