/** The gate as a developer meets it: record, change, check; and every wrong way to ask. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { ErrorDocument } from "../Failure.ts"
import { mesocosm } from "../fixtures/Command.ts"

const SCENARIO = `import { ONE, Param, Population, Scenario } from "mesocosm"
import { contributor, identityFarm } from "mesocosm/behaviours"

const WEEK = 604_800n

export default Scenario.make("pool", {
  horizon: "6 weeks",
  block: { every: "1 hour" },
  params: {
    honest: Param.count(10, { source: "T1", domain: [0, 100] }),
    identities: Param.count(2, { source: "T2", domain: [0, 100] }),
    presence: Param.ratio(0.7, { source: "T3", domain: [0, 1] })
  },
  *setup({ deploy, send }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    const vault = yield* deploy("StakeVault", [token.address, 0n, WEEK])
    const pool = yield* deploy("RewardPool", [token.address, 1000n * ONE, WEEK, "0x0000000000000000000000000000000000000000"])
    yield* send(token.tx.grantMinter(pool.address))
    return { token, vault, pool }
  },
  populations: ({ params }) => ({
    honest: Population.of(contributor, { count: params.honest, traits: { presence: params.presence } }),
    farm: Population.of(identityFarm, { count: 1, traits: { identities: params.identities, adapts: false } })
  }),
  numeraire: () => ({ name: "USD", ether: 0n, tokens: { token: ONE } }),
  metrics: {
    share: {
      unit: "ratio",
      every: "1 week",
      matters: { by: 0.02, better: "lower" },
      sample: ({ ledger }) => ledger.share("farm", "pool")
    },
    paid: { unit: "tokens", every: "1 week", sample: ({ world }) => world.pool.read.totalPaid() }
  },
  checks: { "six weeks are paid at most": { finally: ({ now }) => now.paid <= 6000n * ONE } }
})
`

function project(): { readonly folder: string; readonly write: (text: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), "gate-"))
  mkdirSync(join(folder, "scenarios"))
  const write = (text: string): void => writeFileSync(join(folder, "scenarios", "pool.ts"), text)
  write(SCENARIO)
  return { folder, write }
}

const SEEDS = ["--seeds", "8", "--quiet"]

describe("mesocosm baseline and check", { timeout: 120_000 }, () => {
  it("record, pass what is unchanged and what is harmless, and fail what is harmful, saying what and where", async () => {
    const { folder, write } = project()
    const recorded = await mesocosm(folder, ["baseline", "pool", ...SEEDS])
    expect(recorded).toMatchObject({ code: 0, stderr: "" })
    expect(recorded.stdout).toContain("baselines/pool.json")

    const same = await mesocosm(folder, ["check", "--quiet"])
    expect(same).toMatchObject({ code: 0 })
    expect(same.stdout).toContain("Every run left the digest that was recorded")

    // A comment, a name, and a Param that changes who shares by less than matters.
    write(
      SCENARIO.replace("const WEEK = 604_800n", "/** A week. */\nconst WEEK = 604_800n").replace(
        "Param.ratio(0.7",
        "Param.ratio(0.71"
      )
    )
    const harmless = await mesocosm(folder, ["check", "pool", "--quiet"])
    expect(harmless.stdout).toMatch(/Param presence: 0\.7\S* ratio → 0\.71\S* ratio/)
    expect(harmless).toMatchObject({ code: 0 })

    write(SCENARIO.replace("Param.count(2", "Param.count(4"))
    const harmful = await mesocosm(folder, [
      ...["check", "pool", "--quiet", "--github", "--markdown", "out/summary.md", "--junit", "out/check.xml"]
    ])
    expect(harmful.code).toBe(1)
    expect(harmful.stdout).toContain("Param identities: 2 → 4 (arm baseline)")
    expect(harmful.stdout).toContain("share is worse in arm baseline")
    expect(harmful.stdout).toContain("::error file=baselines/pool.json,title=share fails::")
    expect(readFileSync(join(folder, "out/summary.md"), "utf8")).toContain("### ❌ pool: fails")
    expect(readFileSync(join(folder, "out/check.xml"), "utf8")).toContain('tests="2" failures="1"')
    const [, seed] = /best seen at seed (\d+)/.exec(harmful.stdout) ?? []
    const again = `run pool --arm baseline --seed ${seed} --out runs/gate/baseline-${seed}`
    expect(harmful.stdout).toContain(`mesocosm ${again}`)
    // The commands that it names work.
    expect((await mesocosm(folder, [...again.split(" "), "--quiet", "--no-report"])).code).toBe(0)
    const explained = await mesocosm(folder, ["explain", `runs/gate/baseline-${seed}`, "farm/0", "--quiet"])
    expect(explained).toMatchObject({ code: 0 })

    for (const args of [
      ["--seed", "500"],
      ["--until", "decided"]
    ]) {
      expect((await mesocosm(folder, ["check", "pool", "--quiet", ...args])).code).toBe(1)
    }

    const updated = await mesocosm(folder, ["check", "pool", "--update", "--quiet"])
    expect(updated.stdout).toContain("recorded anew: baselines/pool.json")
    expect((await mesocosm(folder, ["check", "--quiet"])).code).toBe(0)
  })

  it("say what money is counted in, and means of which the effect is the difference", async () => {
    const { folder, write } = project()
    const earned = SCENARIO.replace(
      /unit: "ratio",([\s\S]*?)by: 0.02, better: "lower"([\s\S]*?)ledger.share\("farm", "pool"\)/,
      'unit: "money",$1by: 20, better: "higher"$2ledger.profit("honest")'
    )
    write(earned)
    const recorded = await mesocosm(folder, ["baseline", "pool", ...SEEDS])
    expect(recorded.stdout).toMatch(/share .* down by 20 USD$/m)
    const file = join(folder, "baselines/pool.json")
    const baseline = JSON.parse(readFileSync(file, "utf8"))
    expect(baseline.numeraire).toBe("USD")
    // As one that was recorded before this was kept.
    writeFileSync(file, JSON.stringify({ ...baseline, numeraire: undefined }))
    write(earned.replace("Param.count(2", "Param.count(6"))
    const { stdout } = await mesocosm(folder, ["check", "pool", "--quiet", "--github"])
    expect(stdout).toMatch(/share is worse in arm baseline: -\S+ USD \(.*\), where down by 20 USD is allowed/)
    expect(stdout).toMatch(/mean profit of an agent, in USD: /)
    expect(stdout).toMatch(/effect -\S+ USD/)
    expect(stdout).not.toContain("money")
    const row = /^ {2}share +(\S+) \(.*?\)\D*? +(\S+) \(.*?\)\D*? (-\S+) /m.exec(stdout)
    const [before, now, effect] = (row ?? []).slice(1).map((figure) => Number(figure.replaceAll(",", "")))
    expect((now as number) - (before as number)).toBeCloseTo(effect as number, 0)
  })

  it("fail a claim that breaks, and a run that fails", async () => {
    const { folder, write } = project()
    await mesocosm(folder, ["baseline", "pool", ...SEEDS])
    write(SCENARIO.replace("1000n * ONE, WEEK", "9000n * ONE, WEEK"))
    const broken = await mesocosm(folder, ["check", "pool", "--quiet"])
    expect(broken.code).toBe(1)
    expect(broken.stdout).toContain('"six weeks are paid at most" does not hold in arm baseline')
    write(SCENARIO.replace("1000n * ONE, WEEK", "1000n * ONE, 0n"))
    const fallen = await mesocosm(folder, ["check", "pool", "--quiet"])
    expect(fallen.code).toBe(1)
    expect(fallen.stdout).toMatch(/8 runs of arm baseline failed, and did not before: seed 1: /)
    const recorded = readFileSync(join(folder, "baselines/pool.json"), "utf8")
    const update = await mesocosm(folder, ["check", "pool", "--update", "--quiet"])
    expect(update.code).toBe(2)
    expect(update.stderr).toContain("8 runs failed, so baselines/pool.json stays as it was: arm baseline, seed 1")
    expect(readFileSync(join(folder, "baselines/pool.json"), "utf8")).toBe(recorded)
    expect(
      (await mesocosm(folder, ["check", "open-pool", "--file", "baselines/pool.json", "--quiet"])).stderr
    ).toContain("is of pool, and not of open-pool")
  })

  it("pass what is unchanged on seeds of their own, and say in words why", async () => {
    const { folder } = project()
    await mesocosm(folder, ["baseline", "pool", ...SEEDS])
    const args = ["check", "pool", "--quiet", "--seed", "500", "--github", "--markdown", "it.md", "--junit", "it.xml"]
    const fresh = await mesocosm(folder, args)
    expect(fresh.stdout).toMatch(
      /nothing that the runs rest on has changed: seeds [1-8] and [1-8] give the recorded digests again; new seeds/
    )
    expect(fresh.stdout).toContain("passes: the economy is the recorded one")
    expect(fresh.stdout).toContain("::notice file=baselines/pool.json,title=what changed::")
    expect(fresh.code).toBe(0)
    expect(readFileSync(join(folder, "it.md"), "utf8")).toMatch(/Nothing that the runs rest on has changed: seeds/)
    expect(readFileSync(join(folder, "it.xml"), "utf8")).toMatch(
      /tests="3" failures="0"[\s\S]*<system-out>nothing that/
    )
    const { stdout } = await mesocosm(folder, ["check", "pool", "--quiet", "--seed", "500", "--json"])
    const [only] = JSON.parse(stdout).checks
    expect(only).toMatchObject({ says: "passes", again: { says: "same" }, note: expect.stringContaining("new seeds") })
  })

  it("pass nothing on seeds of their own where a file that is imported changed, or something known", async () => {
    const { folder, write } = project()
    const counted = (share: number): void =>
      writeFileSync(join(folder, "scenarios", "counted.ts"), `export const COUNTED = ${share}\n`)
    counted(1)
    const imports = `import { COUNTED } from "./counted.ts"\n${SCENARIO.replace('ledger.share("farm", "pool")', 'COUNTED * ledger.share("farm", "pool")')}`
    write(imports)
    await mesocosm(folder, ["baseline", "pool", ...SEEDS])
    counted(1.0001)
    const hidden = await mesocosm(folder, ["check", "pool", "--quiet", "--seed", "500"])
    expect(hidden.stdout).toMatch(
      /yet \d recorded runs did not leave the recorded digest .*a file that the scenario imports/
    )
    expect(hidden.stdout).toContain("fix: leave --seed and --seeds out")
    expect(hidden.code).toBe(1)
    write(imports.replace("Param.ratio(0.7", "Param.ratio(0.71"))
    const known = await mesocosm(folder, ["check", "pool", "--quiet", "--seed", "500"])
    expect(known.stdout).not.toContain("recorded digest")
    expect(known.code).toBe(1)
    // As the fix says.
    expect((await mesocosm(folder, ["check", "pool", "--quiet"])).code).toBe(0)
  })

  it("pass nothing when time is up, and say so", async () => {
    const { folder, write } = project()
    await mesocosm(folder, ["baseline", "pool", ...SEEDS])
    write(SCENARIO.replace("Param.ratio(0.7", "Param.ratio(0.71"))
    const limited = ["check", "pool", "--seeds", "5000", "--budget", "2s", "--quiet", "--junit", "it.xml"]
    const cut = await mesocosm(folder, limited)
    expect(readFileSync(join(folder, "it.xml"), "utf8")).toMatch(
      /failures="1"[\s\S]*name="is decided"[\s\S]*time was up/
    )
    expect(cut.code).toBe(1)
    expect(cut.stdout).toContain("time was up before its seeds were through")
    expect((await mesocosm(folder, [...limited, "--allow-undecided"])).code).toBe(0)
    expect(readFileSync(join(folder, "it.xml"), "utf8")).toContain('failures="0"')
  })

  it.each([
    ["check", "Usage", /Record one first/],
    ["check pool", "Usage", /mesocosm baseline pool/],
    ["check --file nowhere.json", "Usage", /--file/],
    ["check --file scenarios/pool.ts", "MalformedDeclaration", /version control/],
    ["check pool --budget soon", "Usage", /--budget 90s/],
    ["check pool --confidence 95", "Usage", /--confidence 0\.95/],
    ["baseline pol", "UnknownScenario", /Did you mean pool/],
    ["baseline pool --seeds 1", "Usage", /from 2/],
    ["baseline pool --arms other", "UnknownArm", /baseline/],
    ["baseline pool --set honest=many", "WrongUnit", /./],
    ["baseline pool --seeds 2 --file /proc/baseline.json", "Unwritable", /--file/],
    ["baseline pool --seeds 2 --file /proc/no/baseline.json", "Unwritable", /--file/]
  ] as const)("%s is refused with %s and a fix", async (args, reason, fix) => {
    const { folder } = project()
    const ended = await mesocosm(folder, [...args.split(" "), "--json", "--quiet"])
    const { error } = JSON.parse(ended.stdout) as { readonly error: ErrorDocument }
    expect(error).toMatchObject({ reason })
    expect(error.fix).toMatch(fix)
    expect(ended).toMatchObject({ code: 2, stderr: "" })
  })

  it("does not write over a baseline unasked", async () => {
    const { folder } = project()
    await mesocosm(folder, ["baseline", "pool", "--seeds", "2", "--quiet"])
    const again = await mesocosm(folder, ["baseline", "pool", "--seeds", "2", "--quiet"])
    expect(again.code).toBe(2)
    expect(again.stderr).toContain("check pool --update")
    expect((await mesocosm(folder, ["baseline", "pool", "--seeds", "2", "--quiet", "--force"])).code).toBe(0)
  })
})
