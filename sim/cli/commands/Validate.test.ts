/** `validate`: known answers of the caller's own beside the checkout's, what is said of them, and how it ends. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mesocosm, workspace } from "../fixtures/Command.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
  mkdirSync(join(cwd, "scenarios/known-answers"), { recursive: true })
  write("own-supply", "expected: 5_000_000_000_000_000_000n")
  write("own-more", "expected: 6_000_000_000_000_000_000n")
  write(
    "own-refusal",
    "expected: 5_000_000_000_000_000_000n",
    "yield* send({ ...token.tx.mint(account('x'), 1n), as: account('x') })"
  )
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

/** Five tokens are minted, whatever is expected. */
function write(id: string, expected: string, more = "", file = id): void {
  const source = `
import { KnownAnswer, ONE } from "mesocosm"
export default KnownAnswer.make("${id}", {
  claim: "Five are minted",
  setting: "Somebody mints five tokens",
  source: "Counted by hand",
  ${expected},
  tolerance: "exact",
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, account }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    yield* send(token.tx.mint(account("somebody"), 5n * ONE))
    ${more}
    return yield* token.read.totalSupply()
  }
})
`
  writeFileSync(join(cwd, "scenarios/known-answers", `${file}.ts`), source)
}

describe("validate", { timeout: 60_000 }, () => {
  it("says of each what was expected and got, with setting, source and tolerance, and ends with 0", async () => {
    const { code, stdout, stderr } = await mesocosm(cwd, ["validate", "own-supply", "--chain", "both", "--quiet"])
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toContain("✓ own-supply  Five are minted\n")
    expect(stdout).toContain("    setting  Somebody mints five tokens\n    source   Counted by hand\n")
    expect(stdout).toMatch(/^ {4}on {7}revm, \d+\.\d s$/m)
    expect(stdout).toMatch(/^ {4}on {7}hardhat, \d+\.\d s$/m)
    expect(stdout).toMatch(/^ {4}in tokens +expected +got +tolerance\n +5 +5 +exact +✓$/m)
    expect(stdout).toMatch(/\nknown answers passed: 2 of 2\n$/)
  })

  it("ends with 1 when one misses or cannot be measured, and measures the others", async () => {
    const [words, json] = await Promise.all([
      mesocosm(cwd, ["validate", "own"]),
      mesocosm(cwd, ["validate", "own", "--json"])
    ])
    expect([words.code, json.code]).toEqual([1, 1])
    expect(words.stdout).toMatch(/✗ own-more .*\n(?:.*\n)+? +6 +5 +exact +✗\n/)
    expect(words.stdout).toContain("ScenarioError MeasureFailed: known answer own-refusal: DataToken.mint reverted: ")
    expect(words.stdout).toMatch(/\nknown answers passed: 1 of 3\n$/)
    expect(JSON.parse(json.stdout)).toMatchObject({
      passed: 1,
      of: 3,
      interrupted: false,
      outcomes: [
        { id: "own-more", held: false, chain: "revm", values: [{ expected: "6", got: "5", held: false }] },
        { id: "own-refusal", held: false, values: [], error: { reason: "MeasureFailed" } },
        { id: "own-supply", held: true, unit: "tokens", source: "Counted by hand", error: null }
      ]
    })
  })

  it("takes numbers for all that begin with them, the checkout's too", async () => {
    const { code, stdout } = await mesocosm(cwd, ["validate", "O26", "own-supply", "own-supply", "--json"])
    const { outcomes } = JSON.parse(stdout) as { readonly outcomes: readonly { readonly id: string }[] }
    expect([code, outcomes.map(({ id }) => id)]).toEqual([0, expect.arrayContaining(["o26-uniswap-v2", "own-supply"])])
    expect(outcomes.filter(({ id }) => id === "own-supply").length).toBe(1)
    // `o2` is not the beginning of `o26`.
    const two = await mesocosm(cwd, ["validate", "o2", "--json"])
    expect(two.stdout).not.toContain("o26-")
  })

  it("refuses an unknown one with the nearest, before anything is measured", async () => {
    const { code, stdout } = await mesocosm(cwd, ["validate", "own-supply", "own-suply", "--json"])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        tag: "ScenarioError",
        reason: "UnknownAnswer",
        fix: expect.stringMatching(/^Did you mean own-supply\? The known answers are .*o1-dimo-issue/),
        offending: { name: "known answer", value: "own-suply" }
      }
    })
    expect((await mesocosm(cwd, ["validate", "--chain", "anvil"])).code).toBe(2)
  })

  it("refuses a file that declares nothing, too little, or another id", async () => {
    const bad = join(cwd, "scenarios/known-answers")
    writeFileSync(join(bad, "bad-empty.ts"), "export default 5")
    write("good-name", "expected: 1n", "", "bad-name")
    write("bad-few", "replications: 3, expected: 1")
    const reasons = await Promise.all(
      ["bad-empty", "bad-name", "bad-few"].map((id) => mesocosm(cwd, ["validate", id, "--json"]))
    )
    for (const { code, stdout } of reasons) {
      expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { reason: "MalformedDeclaration" } }])
    }
    for (const file of ["bad-empty", "bad-name", "bad-few"]) rmSync(join(bad, `${file}.ts`))
  })
})

describe("list --known", () => {
  it("names them with their claims", async () => {
    const [words, json] = await Promise.all([
      mesocosm(cwd, ["list", "--known"]),
      mesocosm(cwd, ["list", "--known", "--json"])
    ])
    expect([words.code, json.code]).toEqual([0, 0])
    expect(words.stdout).toMatch(/^own-supply +Five are minted$/m)
    expect(JSON.parse(json.stdout)).toMatchObject({
      knownAnswers: expect.arrayContaining([
        {
          id: "own-supply",
          claim: "Five are minted",
          setting: "Somebody mints five tokens",
          source: "Counted by hand",
          slow: false,
          replications: 1
        }
      ])
    })
  })
})
