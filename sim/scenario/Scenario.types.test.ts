/**
 * What must and must not compile. Each mistake is one change to the fixture; all are compiled in one
 * go, and the first message of each is what an author will read.
 */
import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const root = new URL("../..", import.meta.url).pathname
const fixture = readFileSync(new URL("fixtures/reward-pool.ts", import.meta.url), "utf8")

/** What is replaced, by what, and what the first message says. */
const mistakes: { readonly [name: string]: readonly [from: string, to: string, says: RegExp] } = {
  "a population whose contract the World lacks": [
    "return { token, pool }",
    "return { token }",
    /contributor needs world\.pool \(IRewardPool\), which setup does not return/
  ],
  "a population whose contract is another one": [
    "return { token, pool }",
    "return { token, pool: token }",
    /contributor needs world\.pool to be IRewardPool, but it is DataToken/
  ],
  "yield* forgotten on deploy": [
    "const token = yield* deploy(",
    "const token = deploy(",
    /Property 'address' does not exist on type 'Step<Contract<"DataToken">>'/
  ],
  "yield* forgotten on a read": [
    "yield* world.pool.read.claimable",
    "world.pool.read.claimable",
    /'Read<bigint>' is not assignable to parameter of type 'bigint'/
  ],
  "yield instead of yield*": ["yield* world.pool.read.claimable", "yield world.pool.read.claimable", /not assignable/],
  "an unknown view": [
    "world.pool.read.totalPaid() },",
    "world.pool.read.totalPayed() },",
    /Did you mean 'totalPaid'\?/
  ],
  "an unknown metric in a check": ["now.sybilShare < 0.1", "now.sybilSharee < 0.1", /Did you mean 'sybilShare'\?/],
  "a chart of an unknown metric": [
    '{ line: "sybilShare", by',
    '{ line: "sybilshare", by',
    /Did you mean '"sybilShare"'\?/
  ],
  "a chart by a Param without a domain": [
    'by: "stake"',
    'by: "honest"',
    /'"honest"' is not assignable to type '"arrivals" \| "stake"'/
  ],
  "an arm that sets an unknown Param": [
    'stake: "50"',
    'stke: "50"',
    /'stke' does not exist|Did you mean to write 'stake'/
  ],
  "an arm outside a choice": ['proposal: { stake: "50"', 'proposal: { arrivals: "rndom"', /Did you mean '"random"'\?/],
  "an unknown population in the ledger": [
    'ledger.share("farm", "pool")',
    'ledger.share("farms", "pool")',
    /Argument of type '"farms"' is not assignable to parameter of type '"farm" \| "honest"'/
  ],
  "an unknown gauge": [
    'gauge("farm", "claims")',
    'gauge("farm", "clams")',
    /'"clams"' is not assignable to parameter of type '"claims"'/
  ],
  "a ratio that gives an amount": [
    'unit: "tokens", every: "1 week", sample',
    'unit: "ratio", every: "1 week", sample',
    /Read<bigint>' is not assignable to type '(Answer<number>|number)/
  ],
  "an amount compared with a number": [
    "params.weekly * week",
    "params.weekly * 2",
    /Operator '\*' cannot be applied to types 'bigint' and 'number'/
  ],
  "deploying an interface": [
    'deploy("RewardPool", [token.address, params.weekly, 604_800n, ZERO])',
    'deploy("IRewardPool", [])',
    /'"IRewardPool"' is not assignable to parameter of type/
  ],
  "a constructor argument of a wrong type": [
    "params.weekly, 604_800n, ZERO",
    "params.weekly, 604_800, ZERO",
    /'number' is not assignable to type 'bigint'/
  ],
  "a trait the behaviour lacks": [
    "traits: { effort: 20 }",
    "traits: { efort: 20 }",
    /'efort' does not exist|Did you mean to write 'effort'/
  ],
  "a need that is no contract": [
    'needs: { pool: "IRewardPool" }',
    'needs: { pool: "IRewardPol" }',
    /Did you mean '"IRewardPool"'\?/
  ],
  "a behaviour that reads Truth": [
    "*act({ world, self, market }) {",
    '*act({ world, self, market, tally }) {\n    tally("honest", () => true)',
    /"honest"' is not assignable to parameter of type '"Truth is for metrics alone: use tally in a metric's sample"'/
  ],
  "a behaviour that reads the Truth of a receipt": [
    'r.intent.fn === "claim"',
    "r.intent.truth",
    /Property 'truth' does not exist on type 'IntentWithoutTruth'/
  ],
  "a sense that the Environment lacks": [
    'needs: { pool: "IRewardPool" },',
    'needs: { pool: "IRewardPool" },\n  senses: ["demand"],',
    /contributor senses environment\.demand, which the scenario's environment does not have/
  ],
  "a misspelt section": ["checks: {", "cheks: {", /Did you mean to write 'checks'\?/],
  "act that returns one intent": ["? [world.pool.tx.claim()]", "? world.pool.tx.claim()", /not assignable/],
  "an event that the contract with locked capital lacks": [
    "moves: { RewardClaimed:",
    "moves: { RewardClaimd:",
    /RewardClaimd.*has no properties in common with type '\{ readonly Contributed\?/s
  ],
  "an argument that an event lacks": [
    "({ who, amount }) => [{ to: who, amount }]",
    "({ whom, amount }) => [{ to: whom, amount }]",
    /Property 'whom' does not exist on type/
  ],
  "capital locked in a token that the World lacks": [
    'token: "token", moves',
    'token: "tokn", moves',
    /'"tokn"' is not assignable to type '"token" \| "pool"'|Did you mean '"token"'/
  ],
  "a numeraire that prices what is no contract": [
    "tokens: { token: 1n }",
    "tokens: { tokn: 1n }",
    /'tokn' does not exist|'\{ tokn: bigint; \}' has no properties in common/
  ]
}

describe("the types of a scenario file", { timeout: 60_000 }, () => {
  // Inside the checkout, so that "mesocosm" resolves as it does for an author.
  const folder = join(root, ".mesocosm", `types-${process.pid}`)
  const first = new Map<string, string>()

  beforeAll(() => {
    mkdirSync(folder, { recursive: true })
    const names = ["right", ...Object.keys(mistakes)]
    writeFileSync(join(folder, "0.ts"), fixture)
    for (const [index, [name, [from, to]]] of Object.entries(mistakes).entries()) {
      const changed = fixture.replace(from, to)
      if (changed === fixture) throw new Error(`the fixture has no "${from}" for "${name}"`)
      writeFileSync(join(folder, `${index + 1}.ts`), changed)
    }
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.json", include: ["*.ts", "../../contracts/contracts.gen.ts"] })
    )
    const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "..", "bin", "tsc")
    let printed = ""
    try {
      printed = execFileSync(process.execPath, [tsc, "--noEmit", "--pretty", "false", "-p", folder], {
        encoding: "utf8"
      })
    } catch (error) {
      // tsc exits 1 when it has something to say.
      printed = String((error as { readonly stdout: unknown }).stdout)
    }
    for (const line of printed.split(/\n(?=\S)/)) {
      const match = /(\d+)\.ts\(\d+,\d+\): error [\s\S]*/.exec(line)
      const name = names[Number(match?.[1])]
      if (match !== null && name !== undefined && !first.has(name)) first.set(name, match[0])
    }
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true }))

  it("accept the fixture as it stands", () => {
    expect(first.get("right")).toBeUndefined()
  })

  it.each(Object.entries(mistakes))("refuse %s", (name, [, , says]) => {
    expect(first.get(name)).toMatch(says)
  })
})
