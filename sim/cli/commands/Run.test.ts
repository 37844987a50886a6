/** `run`: what it stores and says, and how a run that fails or is interrupted ends. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Digests } from "../../run/Digest.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { holdRun, readManifest, readTable } from "../../store/RunFolder.ts"
import type { ErrorDocument } from "../Failure.ts"
import { type Ended, mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"

interface RunDocument {
  readonly status: Manifest["status"]
  readonly spec: Manifest["spec"]
  readonly specHash: string
  readonly digest: Digests
  readonly checks: readonly { readonly claim: string; readonly held: boolean | null }[]
  readonly metrics: { readonly [metric: string]: { readonly unit: string; readonly value: string | null } }
  readonly counts: Manifest["counts"]
  readonly folder: string
  readonly report: string | null
  readonly error: ErrorDocument | null
}

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

function document({ stdout }: Ended): RunDocument {
  return JSON.parse(stdout) as RunDocument
}

const small = ["run", "open-pool", "--set", "honest=5", "--set", "operators=0", "--quiet", "--no-report"]

describe("a run", () => {
  it("is the same in two processes at once, and another by another seed", async () => {
    const random = [...small, "--json", "--set", "arrivals=random"]
    const [one, two, other] = (
      await Promise.all([
        mesocosm(cwd, [...random, "--out", "one"]),
        mesocosm(cwd, [...random, "--out", "two"]),
        mesocosm(cwd, [...random, "--out", "other", "--seed", "8"])
      ])
    ).map(document)
    expect(one?.digest).toEqual(two?.digest)
    expect(one?.specHash).toBe(two?.specHash)
    expect(other?.digest.economy).not.toBe(one?.digest.economy)
    expect(other?.digest.trace).not.toBe(one?.digest.trace)
  })

  it("goes beside a folder that another run writes to, and says so; one that was named is refused", async () => {
    const words = [...small.filter((word) => word !== "--quiet"), "--json", "--seed", "11"]
    const alone = document(await mesocosm(cwd, words))
    const releases = await Promise.all([alone.folder, "here"].map((folder) => holdRun(join(cwd, folder))))
    const { code, stdout } = await mesocosm(cwd, [...words, "--out", "here"])
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { error: { tag: "ScenarioError", reason: "Busy", offending: { name: "folder", value: "here" } } }
    ])
    const beside = await mesocosm(cwd, words)
    for (const release of releases) release()
    expect(document(beside)).toMatchObject({ folder: `${alone.folder}.2`, digest: alone.digest })
    expect(beside.stderr).toContain(`Another run writes to ${alone.folder}; this one goes to ${alone.folder}.2.`)
    expect((await readManifest(join(cwd, `${alone.folder}.2`))).digest).toEqual(alone.digest)
  })

  it("is made again where a process died while it put the run in its place", async () => {
    const words = [...small, "--json", "--out", "died"]
    const { digest } = document(await mesocosm(cwd, words))
    rmSync(join(cwd, "died/manifest.json"))
    writeFileSync(join(cwd, "died/report.html"), "of the run before")
    expect(document(await mesocosm(cwd, words))).toMatchObject({ folder: "died", digest })
    expect((await readManifest(join(cwd, "died"))).digest).toEqual(digest)
    expect(existsSync(join(cwd, "died/report.html"))).toBe(false)
  })

  it("leaves a whole run however many begin at once", { timeout: 120_000 }, async () => {
    const random = [...small, "--json", "--seed", "12"]
    const ended = await Promise.all(
      [random, random, [...random, "--out", "here"], [...random, "--out", "here"]].map((words) => mesocosm(cwd, words))
    )
    const made = ended.filter(({ code }) => code === 0).map(document)
    const refused = ended.filter(({ code }) => code !== 0).map(({ stdout }) => JSON.parse(stdout))
    expect(refused).toEqual(refused.map(() => ({ error: expect.objectContaining({ reason: "Busy" }) })))
    expect(made.length).toBeGreaterThanOrEqual(3)
    expect(new Set(made.map(({ digest }) => digest.trace)).size).toBe(1)
    for (const { folder, digest } of made) {
      expect((await readManifest(join(cwd, folder))).digest).toEqual(digest)
      expect(readdirSync(join(cwd, folder)).filter((name) => /tmp|^lock/.test(name))).toEqual([])
    }
  })

  it("prints one JSON document that says what the manifest says", async () => {
    const ended = await mesocosm(cwd, [...small, "--json"])
    const said = document(ended)
    const manifest = await readManifest(join(cwd, said.folder))
    expect([ended.code, ended.stderr]).toEqual([0, ""])
    expect(said.folder).toBe(`runs/open-pool/baseline-7-${manifest.specHash.slice(2, 10)}`)
    expect(said).toMatchObject({ status: "complete", report: null, error: null })
    expect(said.digest).toEqual(manifest.digest)
    expect(said.counts).toEqual(manifest.counts)
    expect(said.checks.map(({ held }) => held)).toEqual([true, true])
    expect(said.metrics["paid"]).toEqual({
      unit: "tokens",
      ...manifest.metrics.find(({ name }) => name === "paid")?.last
    })
  })

  it("tells a person what was measured, what held, who earned what, and where to go on", async () => {
    const { code, stdout, stderr } = await mesocosm(cwd, [...small, "--arm", "honest", "--seed", "3"])
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toContain("open-pool, arm honest, seed 3: complete")
    expect(stdout).toMatch(/^ {2}paid +[\d,.]+ tokens/m)
    expect(stdout).toMatch(/^ {2}✓ {2}the pool never pays more than it was given$/m)
    expect(stdout).toMatch(/^ {2}honest +5 +5 /m)
    expect(stdout).toContain("mesocosm explain runs/open-pool/honest-3-")
  })

  it("names an agent to explain of those who gained or lost most", async () => {
    const spender = `${thrower.replaceAll("thrower", "spender").replace('throw new TypeError("lost its way")', "self.spend('tea', 5n); return []").replace("act()", "act({ self })")}`
    writeScenario(cwd, "spends", {
      above: spender + thrower.replaceAll("thrower", "idle").replace("7200", "9e9"),
      populations: "{ one: Population.of(spender, { count: 2 }), two: Population.of(idle, { count: 1 }) }"
    })
    const { code, stdout } = await mesocosm(cwd, ["run", "spends", "--quiet", "--no-report"])
    expect(code).toBe(0)
    expect(stdout).toContain("explain runs/spends/baseline-7 one/0")
  })

  it("writes the report beside its tables, and takes it away when a later run does not", async () => {
    writeScenario(cwd, "plain", {})
    const first = await mesocosm(cwd, ["run", "plain", "--json", "--quiet"])
    const html = join(cwd, "runs/plain/baseline-7/report.html")
    expect(document(first)).toMatchObject({ status: "complete", report: "runs/plain/baseline-7/report.html" })
    expect(existsSync(html)).toBe(true)
    const again = await mesocosm(cwd, ["run", "plain", "--json", "--quiet", "--no-report"])
    expect(document(again).report).toBe(null)
    expect(existsSync(html)).toBe(false)
    const report = await mesocosm(cwd, ["report", "plain/baseline-7"])
    expect([report.code, report.stdout.split("\n")[0]]).toEqual([0, "runs/plain/baseline-7/report.html"])
    expect(readFileSync(html, "utf8")).toContain("plain")
  })

  it("says which lines of the register are cited and not there, and its report does", async () => {
    const param = (source: string): string => `Param.count(1, { source: "${source}" })`
    const above = (...sources: readonly string[]): string =>
      `import { Param } from "mesocosm"\nconst params = { ${sources.map((source, nth) => `p${nth}: ${param(source)}`).join(", ")} }`
    const folder = join(cwd, "lines")
    const file = writeScenario(folder, "cites", {
      above: above("CB1", "CB2", "CB3", "CB4", "DIP-2, https://x.example")
    })
    const free = writeScenario(folder, "free", { above: above("our plan") })
    for (const each of [file, free]) {
      writeFileSync(each, readFileSync(each, "utf8").replace("params: {},", "params,"))
    }
    const run = (at: string): Promise<Ended> => mesocosm(folder, ["run", at, "--quiet", "--no-rerun"])
    const report = (id: string): string => readFileSync(join(folder, `runs/${id}/baseline-7/report.html`), "utf8")
    // No register at all, and the form of a line cited: nobody said where these come from.
    expect(await run("cites")).toMatchObject({
      code: 0,
      stderr: "CB1 to CB4 have no line in scenarios/ASSUMPTIONS.md.\n"
    })
    expect(report("cites")).toContain("<p>CB1 to CB4 have no line in ASSUMPTIONS.md.</p>")
    expect(await run("free")).toMatchObject({ code: 0, stderr: "" })
    const register = join(folder, "scenarios/ASSUMPTIONS.md")
    writeFileSync(register, "| CB2 | p1 | 1 | chosen | to see |\n| CB4 | p3 | 1 | chosen | to see |\n")
    expect(await run("cites")).toMatchObject({
      code: 0,
      stderr: "CB1 and CB3 have no line in scenarios/ASSUMPTIONS.md.\n"
    })
    // What is published is verified beside another register, and is taken as it was said.
    writeFileSync(register, [1, 2, 3, 4].map((nth) => `| CB${nth} | p | 1 | chosen | to see |\n`).join(""))
    const verified = await mesocosm(folder, ["verify", "runs/cites/baseline-7", "--quiet"])
    expect([verified.code, verified.stdout]).toEqual([
      0,
      expect.stringContaining("which lines ASSUMPTIONS.md had then")
    ])
    expect(await run("cites")).toMatchObject({ code: 0, stderr: "" })
    expect(report("cites")).not.toContain("no line in")
  })

  it("lets the report run itself again, unless told otherwise", async () => {
    writeScenario(cwd, "again", {})
    const page = (): string => readFileSync(join(cwd, "runs/again/baseline-7/report.html"), "utf8")
    const first = await mesocosm(cwd, ["run", "again", "--json", "--quiet"])
    expect([first.code, first.stderr]).toEqual([0, ""])
    expect(page()).toContain("Run it again in this page")
    await mesocosm(cwd, ["run", "again", "--json", "--quiet", "--no-rerun"])
    expect(page()).not.toContain("Run it again in this page")
    expect(existsSync(join(cwd, "runs/again/baseline-7/rerun.json"))).toBe(false)
  })

  it("says in the report and on stderr why a page cannot run a scenario, and takes nothing from the run", async () => {
    writeScenario(cwd, "node-only", { above: 'import { sep } from "node:path"\nexport const separator = sep' })
    const { code, stderr, stdout } = await mesocosm(cwd, ["run", "node-only", "--json", "--quiet"])
    expect([code, JSON.parse(stdout).status]).toEqual([0, "complete"])
    const { code: told, stderr: words } = await mesocosm(cwd, ["run", "node-only", "--quiet"])
    expect([told, stderr]).toEqual([0, ""])
    expect(words).toMatch(
      /^The report cannot run itself again: .*node-only\.ts:3 imports node:path, which only Node has\.\n {2}fix: Take/
    )
    const page = readFileSync(join(cwd, "runs/node-only/baseline-7/report.html"), "utf8")
    expect(page).toContain("This page cannot run the scenario")
  })

  it("ends with 1 when a check failed, and says when", async () => {
    const claim = { checks: '{ "no week passes": { always: ({ now }) => now.weeks < 1n } }' }
    const file = writeScenario(cwd, "broken-claim", claim)
    const { code, stdout, stderr } = await mesocosm(cwd, ["run", file, "--no-report", "--quiet"])
    expect([code, stderr]).toEqual([1, ""])
    expect(stdout).toContain("✗  no week passes  (failed after 1 week)")
  })
})

const thrower = `
const thrower = Behaviour.make("thrower", {
  needs: { token: "DataToken" },
  traits: {},
  init: () => ({}),
  wake: () => 7200,
  *act() { throw new TypeError("lost its way") }
})`
const needy = thrower.replace("token:", "pool:").replace('"DataToken"', '"IRewardPool"').replaceAll("thrower", "needy")

/** What is wrong, the parts of the scenario, the exit code, the error, and whether anything ran. */
const failures: readonly (readonly [
  string,
  Parameters<typeof writeScenario>[2],
  number,
  Partial<ErrorDocument>,
  RegExp
])[] = [
  [
    "throws",
    { above: thrower, populations: "{ lost: Population.of(thrower, { count: 1 }) }" },
    3,
    { tag: "AgentError", reason: "Threw" },
    /Mend thrower at throws\.ts:\d+/
  ],
  [
    "no-bytecode",
    { setup: 'const pool = yield* deploy("IRewardPool" as never, [] as never)\n    return { pool }' },
    3,
    { tag: "ChainError", reason: "NoBytecode" },
    /./
  ],
  [
    "lacks",
    { above: needy, populations: "{ lost: Population.of(needy, { count: 1 }) } as never" },
    2,
    { tag: "ScenarioError", reason: "WorldLacks" },
    /return it as pool/
  ],
  [
    "no-such-contract",
    { setup: 'yield* deploy("DataTokn" as never, [] as never)\n    return {}' },
    2,
    { reason: "UnknownContract" },
    /./
  ],
  [
    "asks-for-nothing",
    { sample: 'at.ledger.locked("curators")' },
    3,
    {
      reason: "MetricFailed",
      message: 'metric weeks: ledger.locked("curators") lacks its contract and its token',
      offending: { name: "contract", value: "undefined" }
    },
    /ledger\.locked\(population, contract, token\)/
  ],
  [
    "asks-for-nobody",
    {
      above: thrower.replace("7200", "9e9"),
      populations: "{ herd: Population.of(thrower, { count: 1 }) }",
      sample: 'at.ledger.profit("hurd")'
    },
    3,
    { reason: "MetricFailed", message: 'metric weeks: the ledger is asked for "hurd", which is no population' },
    /^Did you mean herd\?/
  ],
  [
    "asks-of-no-contract",
    { sample: 'at.ledger.received("herd", "token", "tokn")' },
    2,
    { reason: "WorldLacks", message: 'metric weeks: ledger.received: the World has no contract "tokn"' },
    /^Did you mean token\?/
  ],
  [
    "prices-no-contract",
    { checks: "{}, numeraire: () => ({ name: 'USD', ether: 0n, tokens: { tokn: 1n } })" },
    2,
    { reason: "WorldLacks", message: 'numeraire.tokens: the World has no contract "tokn"' },
    /^Did you mean token\?/
  ]
]

describe("a run that fails", () => {
  it.each(failures)("%s: says so once, and leaves a record", async (id, parts, code, error, fix) => {
    writeScenario(cwd, id, parts)
    const [json, words] = await Promise.all([
      mesocosm(cwd, ["run", id, "--json", "--quiet"]),
      mesocosm(cwd, ["run", id, "--quiet", "--out", `words/${id}`])
    ])
    const said = document(json)
    expect([json.code, words.code, json.stderr]).toEqual([code, code, ""])
    expect(said).toMatchObject({ status: "failed", report: null, error })
    expect(said.error?.fix).toMatch(fix)
    expect(words.stderr).toBe(
      `${said.error?.tag} ${said.error?.reason}: ${said.error?.message}\nfix: ${said.error?.fix}\n`
    )
    // Of a run that went nowhere nothing is measured, and nobody is to be explained.
    const went = id === "throws"
    expect(words.stdout.includes("metrics, at the last sample")).toBe(went)
    expect(/explain/.test(words.stdout)).toBe(went)
    if (!went) expect(words.stdout).toContain(`Nothing had happened yet; its record is in words/${id}.`)
    const manifest = await readManifest(join(cwd, said.folder))
    expect([manifest.status, manifest.error?.reason]).toEqual(["failed", said.error?.reason])
  })

  it("is our mistake when it throws past every guard: 4, with its stack", async () => {
    const file = writeScenario(cwd, "unguarded", {
      populations: "{ get bad() { throw new TypeError('not ours to see') } }"
    })
    const { code, stderr } = await mesocosm(cwd, ["run", file, "--quiet"])
    expect(code).toBe(4)
    expect(stderr).toMatch(/^\s+at .*:\d+/m)
    expect(stderr).toMatch(/^Bug TypeError: .+\nfix: Report it/m)
  })

  it("names the file and line of a scenario that cannot be loaded", async () => {
    const file = writeScenario(cwd, "unloadable", { above: "\nundefined.x" })
    const { code, stdout } = await mesocosm(cwd, ["run", file, "--json"])
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect(code).toBe(2)
    expect(error).toMatchObject({ tag: "ScenarioError", reason: "MalformedDeclaration" })
    expect(error.fix).toBe("Mend scenarios/unloadable.ts:4.")
  })
})

describe("a folder that holds something else", () => {
  it.each([
    ["own", "thesis.md, and no run"],
    ["experiment", "an experiment"]
  ])("is left alone: %s", async (name, words) => {
    writeScenario(cwd, "tidy", { horizon: "1 week" })
    mkdirSync(join(cwd, name))
    writeFileSync(join(cwd, name, name === "own" ? "thesis.md" : "experiment.json"), "{}")
    const { code, stderr } = await mesocosm(cwd, ["run", "tidy", "--out", name, "--quiet"])
    expect([code, readdirSync(join(cwd, name)).length]).toEqual([2, 1])
    expect(stderr).toContain(`AlreadyExists: ${name} holds ${words}`)
  })

  it("or no name is refused", async () => {
    const { code, stderr } = await mesocosm(cwd, ["run", "open-pool", "--out", "", "--quiet"])
    expect([code, stderr]).toEqual([2, expect.stringContaining("--out names no folder")])
  })
})

describe("Ctrl-C in mid-run", () => {
  const walker = `
const walker = Behaviour.make("walker", {
  needs: { token: "DataToken" },
  traits: {},
  init: () => ({}),
  wake: () => 3600,
  *act({ world, self }) { return [world.token.tx.approve(self.address, 1n)] }
})`

  it("leaves a complete run that stands in the folder where it is, and goes beside it", async () => {
    writeScenario(cwd, "brief", { horizon: "1 week" })
    expect((await mesocosm(cwd, ["run", "brief", "--chain", "revm", "--out", "both", "--quiet"])).code).toBe(0)
    const whole = await readManifest(join(cwd, "both"))
    writeScenario(cwd, "endless-beside", {
      above: walker,
      horizon: "20000 weeks",
      populations: "{ walkers: Population.of(walker, { count: 2 }) }",
      sample: 'if (at.time > 0) console.error("sampled")'
    })
    let sent = false
    const args = ["run", "endless-beside", "--chain", "revm", "--out", "both", "--quiet"]
    const ended = await mesocosm(cwd, args, (said, kill) => {
      if (sent || !said.includes("sampled")) return
      sent = true
      kill("SIGINT")
    })
    expect(ended.code).toBe(130)
    expect(ended.stderr).toContain("Kept in both.partial: ")
    expect(ended.stderr).toContain("The complete run in both stays as it was.")
    expect(await readManifest(join(cwd, "both"))).toEqual(whole)
    expect(await readManifest(join(cwd, "both.partial"))).toMatchObject({ status: "interrupted" })
    expect(readdirSync(join(cwd, "both"))).toContain("report.html")
    expect(readdirSync(join(cwd, "both")).filter((name) => name.endsWith(".tmp"))).toEqual([])
  })

  it.each(["hardhat", "revm"])(
    "on %s keeps what was recorded, says that it is partial, and ends with 130",
    async (chain) => {
      const id = `endless-${chain}`
      writeScenario(cwd, id, {
        above: walker,
        horizon: "20000 weeks",
        populations: "{ walkers: Population.of(walker, { count: 2 }) }",
        sample: 'if (at.time > 0) console.error("sampled")',
        checks: '{ "it ends": { finally: () => true } }'
      })
      let sent = false
      const ended = await mesocosm(cwd, ["run", id, "--chain", chain, "--quiet"], (said, kill) => {
        if (sent || !said.includes("sampled")) return
        sent = true
        kill("SIGINT")
      })
      const folder = join(cwd, `runs/${id}/baseline-7`)
      const manifest = await readManifest(folder)
      const transactions = await readTable(folder, "transactions")
      expect(ended.code).toBe(130)
      expect(ended.stderr).toContain(`Kept in runs/${id}/baseline-7: `)
      expect(ended.stderr).toContain("partial")
      expect(ended.stdout).toContain("it ends  (not tried")
      expect(manifest).toMatchObject({ status: "interrupted", error: null, checks: [{ claim: "it ends" }] })
      expect(manifest.endedAt).toBeGreaterThan(0)
      expect(manifest.endedAt).toBeLessThan(manifest.spec.horizon)
      expect(transactions.length).toBe(manifest.counts.transactions)
      expect(transactions.length).toBeGreaterThan(0)

      const again = await mesocosm(cwd, ["explain", `${id}/baseline-7`, "walkers/1", "--json", "--last", "1"])
      expect(again.code).toBe(0)
      expect(JSON.parse(again.stdout)).toMatchObject({ same: true, compared: "rows", differing: [] })
    }
  )
})
