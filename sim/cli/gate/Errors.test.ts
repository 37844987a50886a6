/** What goes wrong with a project's own contracts, as its maker meets it: each has its tag, what is wrong, and what to do. */
import { execFileSync } from "node:child_process"
import { cpSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import type { ErrorDocument } from "../Failure.ts"
import { type Ended, mesocosm } from "../fixtures/Command.ts"
import { HARDHAT, strangersProject } from "../fixtures/Project.ts"

const TOKEN = `const token = yield* deploy("Clover", [1000n * ONE])`

/** What differs between scenarios. */
interface Parts {
  readonly needs?: string
  readonly setup: string
  readonly act?: string
  readonly sample?: string
}

const scenario = ({ needs = "", setup, act = "return []", sample = "BigInt(time)" }: Parts): string =>
  `import { adapt, Behaviour, DAY, ONE, Population, Scenario, SENDER } from "mesocosm"

const actor = Behaviour.make("actor", {
  needs: { ${needs} },
  traits: {},
  init: () => ({}),
  wake: () => DAY,
  *act({ world }) { ${act} }
})

export default Scenario.make("trouble", {
  horizon: "1 week",
  block: { every: "1 hour" },
  params: {},
  *setup({ deploy, at, send }) { ${setup} },
  populations: () => ({ some: Population.of(actor, { count: 1 }) }),
  metrics: {
    seen: { unit: "count", every: "1 day", matters: { by: 1, better: "higher" }, *sample({ time, world }) { return ${sample} } }
  }
})
`

/** The fixture with what makes trouble. */
function project(): string {
  const folder = strangersProject("meadow")
  cpSync(join(import.meta.dirname, "fixtures/Troubles.sol"), join(folder, "contracts/Troubles.sol"))
  return folder
}

function ran(folder: string, parts: Parts, ...args: readonly string[]): Promise<Ended> {
  writeFileSync(join(folder, "scenarios/trouble.ts"), scenario(parts))
  const words = args.length > 0 ? args : ["run", "trouble", "--no-report"]
  return mesocosm(folder, [...words, "--json", "--quiet"])
}

async function failed(
  ...given: Parameters<typeof ran>
): Promise<{ readonly code: number | null; readonly error: ErrorDocument }> {
  const { code, stdout } = await ran(...given)
  return { code, error: JSON.parse(stdout).error }
}

let folder = ""
beforeAll(() => {
  folder = project()
  execFileSync(process.execPath, [HARDHAT, "build"], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, CI: "1" }
  })
}, 120_000)

const adapted = (getReward: string): string => `${TOKEN}
  const bare = yield* deploy("Meadow", [token.address, 1n])
  const read = { earned: "ripe", balanceOf: "herdOf" }
  const pool = adapt("IStakingRewards", bare, { read, tx: { stake: "graze", withdraw: "stray", getReward: ${getReward} } })
  return { token, pool }`
const POOL = 'pool: "IStakingRewards"'
const LOTS: Parts = {
  needs: 'lots: "Lots"',
  setup: `return { lots: yield* deploy("Lots", []) }`,
  act: "return [world.lots.tx.draw()]"
}
const TAXED: Parts = {
  needs: 'token: "Taxed"',
  setup: `return { token: yield* deploy("Taxed", [1000n * ONE]) }`
}

describe("a stranger's trouble", { timeout: 60_000 }, () => {
  it("contracts that are not compiled", async () => {
    const { code, error } = await failed(project(), { setup: `${TOKEN}; return { token }` })
    expect([code, error.tag, error.reason]).toEqual([2, "ScenarioError", "UnknownContract"])
    expect(error.offending?.value).toBe("Clover")
    expect(error.fix).toBe("Run `npx hardhat build`: nothing has been compiled yet.")
  })

  it("a contract that is nowhere, and an artifact that is listed and not installed", async () => {
    const typo = await failed(folder, { setup: `const token = yield* deploy("Clovr", [1n]); return { token }` })
    expect(typo.error).toMatchObject({ reason: "UnknownContract", offending: { value: "Clovr" } })
    expect(typo.error.message).toContain("did you mean Clover?")
    const listed = project()
    writeFileSync(join(listed, "contracts/foreign.json"), '{ "Vault": "@nobody/vaults/Vault.json" }')
    const lacks = await failed(listed, { setup: `return { vault: yield* deploy("Vault", []) }` })
    expect(lacks.error).toMatchObject({
      reason: "MalformedArtifact",
      offending: { value: "@nobody/vaults/Vault.json" }
    })
    expect(lacks.error.fix).toBe("Install the package with npm, or correct contracts/foreign.json.")
  })

  it.each([
    [
      `"gather"`,
      "is Meadow.gather, which takes (address) and would be given ()",
      "getReward: (at, …) => at.tx.gather(…)"
    ],
    [`(at) => at.tx.gather()`, "with (), which takes (address)", "SENDER stands for"],
    [`(at) => at.tx.gather(7n)`, "with (bigint), which takes (address)", "SENDER stands for"],
    [`(at) => at.tx.gathr(SENDER)`, "Meadow.gathr, which Meadow does not have", "Did you mean gather?"],
    [`(at) => { at.tx.gather(SENDER) }`, "answers with no Intent", "without braces"]
  ])("a mapping that does not fit: %s", async (map, says, fix) => {
    const { code, error } = await failed(folder, { needs: POOL, setup: adapted(map) })
    expect([code, error.tag, error.reason]).toEqual([2, "ScenarioError", "WorldLacks"])
    expect(error.offending).toMatchObject({ name: "getReward" })
    expect(error.message).toContain(says)
    expect(error.fix).toContain(fix)
  })

  it("a constructor that reverts", async () => {
    const { code, error } = await failed(folder, { setup: `return { barren: yield* deploy("Barren", [0n]) }` })
    expect([code, error.tag, error.reason]).toEqual([2, "ScenarioError", "SetupFailed"])
    expect(error.offending).toMatchObject({ value: "NothingGrows(growth: 0)" })
    expect(error.fix).toContain("Mend the arguments of deploying Barren")
  })

  it("a view that reverts: asked by a behaviour, by a metric, and by setup", async () => {
    const foggy: Parts = { needs: 'foggy: "Foggy"', setup: `return { foggy: yield* deploy("Foggy", []) }` }
    const acting = await failed(folder, { ...foggy, act: "yield* world.foggy.read.visible(); return []" })
    expect([acting.code, acting.error.tag, acting.error.reason]).toEqual([3, "AgentError", "Threw"])
    const sampled = await failed(folder, { ...foggy, sample: "yield* world.foggy.read.visible()" })
    expect([sampled.code, sampled.error.tag, sampled.error.reason]).toEqual([3, "ScenarioError", "MetricFailed"])
    const early = await failed(folder, {
      setup: `const foggy = yield* deploy("Foggy", []); yield* foggy.read.visible(); return { foggy }`
    })
    for (const { error } of [acting, sampled, early]) {
      expect(error.message).toContain("reading Foggy.visible reverted: too foggy")
      expect(error.offending?.value).toContain("too foggy")
      expect(error.fix).toContain("Ask Foggy whether visible can be answered")
    }
  })

  it("a contract that needs BLOCKHASH: on the fast chain, in a baseline, and not on Hardhat's", async () => {
    const fast = await failed(folder, LOTS, "run", "trouble", "--no-report", "--chain", "revm")
    expect([fast.code, fast.error.tag, fast.error.reason]).toEqual([3, "ChainError", "Unsupported"])
    expect(fast.error.offending).toEqual({ name: "call", value: "lots.draw" })
    expect(fast.error.message).toMatch(/asks for BLOCKHASH.*: lots\.draw, sent by some\/0$/)
    expect(fast.error.fix).toContain("--chain hardhat")
    const recorded = await failed(folder, LOTS, "baseline", "trouble", "--seeds", "2")
    expect([recorded.code, recorded.error.reason]).toEqual([2, "MeasureFailed"])
    expect(recorded.error.fix).toContain("Run it with --chain hardhat, or do without it. See it with")
    expect((await ran(folder, LOTS)).code).toBe(0)
  })

  it("a token with a fee on transfer that its events do not tell", async () => {
    const moved = `const token = yield* deploy("Taxed", [1000n * ONE]); yield* send(token.tx.transfer(token.address, 100n)); return { token }`
    const { code, error } = await failed(folder, { ...TAXED, setup: moved })
    expect([code, error.tag, error.reason]).toEqual([3, "ChainError", "Conservation"])
    expect(error.offending).toMatchObject({ name: "token, block 2", unit: "base units" })
    expect(error.fix).toContain("leave that token out of the World")
  })

  it("a behaviour that asks for a contract which its needs do not name", async () => {
    const { code, error } = await failed(folder, { ...LOTS, needs: "" })
    expect([code, error.tag, error.reason]).toEqual([3, "AgentError", "Threw"])
    expect(error.fix).toContain("those contracts alone that its needs name")
  })

  it("an upgradeable proxy is none: it is seen as what stands behind it", async () => {
    // start(5)
    const data = `0x95805dad${"5".padStart(64, "0")}`
    const { code, stdout } = await ran(folder, {
      needs: 'tally: "Tally"',
      setup: `const behind = yield* deploy("Tally", [])
        const proxy = yield* deploy("TallyProxy", [behind.address, "${data}"])
        return { tally: at("Tally", proxy.address) }`,
      act: "return [world.tally.tx.add()]",
      sample: "yield* world.tally.read.count()"
    })
    expect(code).toBe(0)
    // Five at its start, and one more on each of six days; the last day's is mined after the last sample.
    expect(JSON.parse(stdout).metrics.seen.value).toBe("11")
  })
})
