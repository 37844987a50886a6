/** `explain`: the run done again is the recorded one, and an agent's story is what the tables say of it. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Manifest } from "../../store/Manifest.ts"
import { MANIFEST, readManifest, readTable } from "../../store/RunFolder.ts"
import type { AgentStory } from "../explain/AgentStory.ts"
import type { BlockStory } from "../explain/BlockStory.ts"
import type { ErrorDocument } from "../Failure.ts"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"

const SETS = ["honest=3", "strategy=fixed", "identities=3"].flatMap((set) => ["--set", set])
const RUN = ["run", "open-pool", ...SETS, "--no-report", "--quiet"]

let cwd = ""
let folder = ""
beforeAll(async () => {
  cwd = workspace()
  const { code } = await mesocosm(cwd, [...RUN, "--out", "run"])
  expect(code).toBe(0)
  folder = join(cwd, "run")
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

/** A copy of the run with another manifest. */
function forge(name: string, change: (manifest: Manifest) => Manifest): void {
  const other = join(cwd, name)
  cpSync(folder, other, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(other, MANIFEST), "utf8")) as Manifest
  writeFileSync(join(other, MANIFEST), JSON.stringify(change(manifest)))
}

async function story(...args: readonly string[]): Promise<AgentStory> {
  const { stdout } = await mesocosm(cwd, ["explain", "run", ...args, "--json", "--quiet"])
  return JSON.parse(stdout) as AgentStory
}

describe("explain of an agent", () => {
  it("finds the recorded run again, with every transaction, gas and outlay of the agent", async () => {
    const told = await story("farm/0", "--all")
    const transactions = (await readTable(folder, "transactions")).filter(({ agent }) => agent === "farm/0")
    const outlays = (await readTable(folder, "outlays")).filter(({ agent }) => agent === "farm/0")
    const got = told.decisions.flatMap((decision) => decision.got)
    expect(told).toMatchObject({ same: true, compared: "digests", differing: [], total: 52 })
    expect(got.map(({ status, gasUsed }) => [status, gasUsed])).toEqual(
      transactions.map(({ status, gas_used: gasUsed }) => [status, gasUsed])
    )
    expect(told.decisions.flatMap(({ wanted }) => wanted).length).toBe(transactions.length)
    expect(told.decisions.flatMap(({ spent }) => spent.map(({ amount }) => amount))).toEqual(
      outlays.map(({ amount }) => amount)
    )
    expect(told.decisions.map(({ week }) => week)).toEqual(Array.from({ length: 52 }, (_, at) => at + 1))
    // Each decision begins with the state that the one before it left.
    for (const [at, { became }] of told.decisions.entries()) {
      if (at > 0) expect(became?.from).toEqual(told.decisions[at - 1]?.became?.to)
    }
  })

  it("tells the first and last three unless told otherwise", async () => {
    const weeks = async (...args: readonly string[]): Promise<readonly number[]> =>
      (await story("honest/1", ...args)).decisions.map(({ week }) => week)
    const [some, middle, last] = await Promise.all([weeks(), weeks("--from", "5", "--to", "7"), weeks("--last", "2")])
    expect([some, middle, last]).toEqual([
      [1, 2, 3, 50, 51, 52],
      [5, 6, 7],
      [51, 52]
    ])
  })

  it("reads as lines, with names, whole tokens and counts", async () => {
    const { code, stdout } = await mesocosm(cwd, ["explain", "run", "farm/0", "--quiet"])
    expect(code).toBe(0)
    expect(stdout).toContain("Done again, with the recorded digests")
    expect(stdout).toMatch(/^ {2}saw +pool\.lastReward\(\) = 166.66666666… tokens$/m)
    expect(stdout).toMatch(/^ {2}wanted +pool\.contribute × 3 {2}as identities 0 to 2$/m)
    expect(stdout).toMatch(/^ {2}spent +6 USD on identities$/m)
    expect(stdout).toMatch(/^… 46 more$/m)
    expect(stdout).not.toMatch(/0x[0-9a-f]{13}/)
  })

  it("ends with 1 and names the table whose digest is not the recorded one", async () => {
    forge("forged", (manifest) => {
      const tables = { ...manifest.digest.tables, outlays: manifest.digest.tables.flows }
      return { ...manifest, digest: { ...manifest.digest, tables } }
    })
    const { code, stdout } = await mesocosm(cwd, ["explain", "forged", "farm/0", "--quiet"])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^The run, done again, is not the recorded one: what differs is outlays\./m)
  })

  it("ends with 1 and names the first row that differs, where rows do", async () => {
    forge("reseeded", (manifest) => ({ ...manifest, spec: { ...manifest.spec, seed: 8 } }))
    const [eight, ended] = await Promise.all([
      mesocosm(cwd, [...RUN, "--seed", "8", "--out", "eight"]),
      mesocosm(cwd, ["explain", "reseeded", "farm/0", "--json", "--quiet"])
    ])
    const told = JSON.parse(ended.stdout) as AgentStory
    const [recorded, other] = await Promise.all([
      readTable(folder, "transactions"),
      readTable(join(cwd, "eight"), "transactions")
    ])
    const row = recorded.findIndex((each, at) => JSON.stringify(each) !== JSON.stringify(other[at]))
    expect([eight.code, ended.code, told.same]).toEqual([0, 1, false])
    expect(told.differing).toContain(`transactions from row ${row} (block ${recorded[row]?.block})`)
  })
})

describe("explain of a block", () => {
  it("shows what the tables hold of it", async () => {
    const rows = await readTable(folder, "transactions")
    const claim = rows.find(({ fn }) => fn === "claim")
    const [json, words] = await Promise.all([
      mesocosm(cwd, ["explain", "run", String(claim?.block), "--json"]),
      mesocosm(cwd, ["explain", "run", String(claim?.block)])
    ])
    const told = JSON.parse(json.stdout) as BlockStory
    expect([json.code, words.code]).toEqual([0, 0])
    expect(told.transactions).toEqual(rows.filter(({ block }) => block === claim?.block))
    expect(told.flows.length).toBeGreaterThan(0)
    expect(words.stdout).toMatch(new RegExp(`^block ${claim?.block}: after .+, [\\d,]+ gas$`, "m"))
    expect(words.stdout).toMatch(/^ {2}mint\/burn +→ +pool +[\d.,…]+ +token$/m)
  })

  it("says that a block in between is empty", async () => {
    const { code, stdout } = await mesocosm(cwd, ["explain", "run", "5"])
    expect([code, stdout]).toEqual([0, "Block 5 is empty: nobody sent anything in it.\n"])
  })
})

describe("explain of what is not there", () => {
  it.each([
    ["frm/0", /Did you mean farm\/0\?/],
    ["farm/1", /honest\/0 to honest\/2, farm\/0/],
    ["farm", /farm\/0/],
    ["99999999", /blocks? of the run: 1 to \d+/]
  ])("%s", async (subject, fix) => {
    const { code, stdout } = await mesocosm(cwd, ["explain", "run", subject, "--json"])
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect([code, error.tag, error.reason]).toEqual([2, "ReportError", "UnknownSubject"])
    expect(error.fix).toMatch(fix)
  })

  it("finds the nearest of the runs there are", async () => {
    cpSync(folder, join(cwd, "runs/mine/baseline-7"), { recursive: true })
    const { stdout } = await mesocosm(cwd, ["explain", "runs/mine/baselin-7", "farm/0", "--json"])
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect(error.fix).toContain("Did you mean runs/mine/baseline-7?")
    expect((await readManifest(join(cwd, "runs/mine/baseline-7"))).spec.scenario).toBe("open-pool")
  })
})

describe("explain of a run whose scenario lies elsewhere", () => {
  it("asks for the file by name, loads none unasked, and explains with the command that it gives", async () => {
    const place = workspace()
    const own = writeScenario(join(place, "lab"), "apart", {
      above: `import { contributor } from "mesocosm/behaviours"; console.error("loaded")`,
      setup: `const token = yield* deploy("DataToken", ["Data", "DATA"])
    const vault = yield* deploy("StakeVault", [token.address, 0n, 604800n])
    const pool = yield* deploy("RewardPool", [token.address, 1n, 604800n, "0x0000000000000000000000000000000000000000"])
    return { token, vault, pool }`,
      populations: "{ honest: Population.of(contributor, { count: 1 }) }"
    })
    const made = await mesocosm(place, ["run", "lab/scenarios/apart.ts", "--no-report", "--quiet"])
    expect(made.stdout).toContain("explain runs/apart/baseline-7 honest/0 --scenario lab/scenarios/apart.ts")
    expect((await readManifest(join(place, "runs/apart/baseline-7"))).host.file).toBe("../../../lab/scenarios/apart.ts")

    const bare = await mesocosm(place, ["explain", "runs/apart/baseline-7", "honest/0", "--quiet"])
    expect(bare.code).toBe(2)
    expect(bare.stderr).not.toContain("loaded")
    const [, words = ""] = /fix: Name its file: \S*mesocosm (.*)\.$/m.exec(bare.stderr) ?? []
    expect(words).toBe("explain runs/apart/baseline-7 honest/0 --scenario lab/scenarios/apart.ts")
    const explained = await mesocosm(place, [...words.split(" "), "--quiet"])
    expect(explained.stdout).toContain("Done again, with the recorded digests")
    expect(explained.code).toBe(0)

    // Where its id finds it, nothing need be named.
    expect(
      (await mesocosm(join(place, "lab"), ["explain", "../runs/apart/baseline-7", "honest/0", "--quiet"])).code
    ).toBe(0)
    rmSync(own)
    const gone = await mesocosm(place, ["explain", "runs/apart/baseline-7", "honest/0", "--quiet"])
    expect(gone.stderr).toContain("there is no such file any more")
  })
})
