/** A scenario whose calls run out of gas says so in every command that makes its runs; one that has enough says nothing of it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readTable } from "../store/RunFolder.ts"
import { type Ended, mesocosm, workspace } from "./fixtures/Command.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
  mkdirSync(join(cwd, "scenarios"))
  writeFileSync(join(cwd, "scenarios", "dry.ts"), SOURCE)
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

/** Thirteen days long an allowance, which takes about 46,000 gas the first time, and a call that the token refuses. */
const SOURCE = `
import { Behaviour, Param, Population, Scenario, Trait } from "mesocosm"
const giver = Behaviour.make("giver", {
  needs: { token: "DataToken" },
  traits: { amount: Trait.constant(1, { unit: "base units" }) },
  deviations: { more: { amount: 2 } },
  init: () => ({}),
  wake: () => 86400,
  *act({ world, self, traits }) {
    return [
      world.token.tx.approve(self.identity(1), BigInt(traits.amount)),
      world.token.tx.grantMinter(self.address)
    ]
  }
})
export default Scenario.make("dry", {
  horizon: "2 weeks",
  block: { every: "1 hour" },
  params: { limit: Param.count(25_000, { source: "T1", domain: [21_000, 200_000] }) },
  arms: { enough: { limit: 100_000 } },
  gas: ({ params }) => ({ price: 0n, limit: params.limit }),
  *setup({ deploy }) {
    return { token: yield* deploy("DataToken", ["Data", "DATA"]) }
  },
  populations: () => ({ givers: Population.of(giver, { count: 1 }) }),
  metrics: {
    approved: {
      unit: "count",
      every: "1 week",
      matters: { by: 1, better: "higher" },
      sample: ({ ledger }) => BigInt(ledger.calls("givers", "approve"))
    }
  }
})
`

const SAYS = "token.approve ran out of its 25,000 gas 13 times"
const FIX = "give the scenario's gas a higher limit, or its intents one"
const WARNS = (runs: string): string => `! calls ran out of gas in ${runs}: what came of them may come of that`

const call = (...args: readonly string[]): Promise<Ended> => mesocosm(cwd, [...args, "--quiet", "--chain", "revm"])
const json = async (...args: readonly string[]): Promise<{ readonly [key: string]: unknown }> =>
  JSON.parse((await call(...args, "--json")).stdout)

const REVERTS = [
  { contract: "token", fn: "approve", times: 13, outOfGas: 13, limits: [25_000, 25_000] },
  { contract: "token", fn: "grantMinter", times: 13, outOfGas: 0, limits: null }
]

describe("calls that run out of gas", () => {
  it("are named in a run's summary, with what helps, in its JSON and in its report", async () => {
    const { stdout, code } = await call("run", "dry", "--out", "dry")
    expect(code).toBe(0)
    expect(stdout).toContain("26 reverted")
    expect(stdout).toContain("\n  reverted: token.grantMinter 13\n")
    expect(stdout).toContain(`\n  ${SAYS}: ${FIX}\n`)
    expect(readFileSync(join(cwd, "dry", "report.html"), "utf8")).toContain(SAYS)
    expect((await json("run", "dry", "--out", "dry"))["reverts"]).toEqual(REVERTS)
  })

  it("are no part of a run that had enough", async () => {
    const { stdout } = await call("run", "dry", "--arm", "enough", "--out", "enough")
    expect(stdout).toContain("\n  reverted: token.grantMinter 13\n")
    expect(stdout).not.toContain("out of")
  })

  it("are told by explain with their limit, of an agent and of a block", async () => {
    await call("run", "dry", "--no-report", "--out", "told")
    const told = await mesocosm(cwd, ["explain", "told", "givers/0", "--quiet"])
    expect(told.stdout).toContain("token.approve: reverted: ran out of gas, at its limit of 25,000, 25,000 gas")
    expect(told.stdout).toMatch(/token\.grantMinter: reverted \w+, /)
    const block = (await readTable(join(cwd, "told"), "transactions")).at(-1)?.block
    const { stdout } = await mesocosm(cwd, ["explain", "told", String(block), "--quiet"])
    expect(stdout).toMatch(/token\.approve\(.*\) +reverted: ran out of gas, at its limit of 25,000 +25,000 gas/)
  })

  it("are warned of by behaviours", async () => {
    const asked = ["behaviours", "dry", "--seeds", "2", "--episodes", "1"]
    const [{ stdout }, found] = await Promise.all([call(...asked, "--out", "checked"), json(...asked)])
    // Two seeds, each with the behaviour as it is and with its deviation.
    expect(stdout).toContain(WARNS("4 runs"))
    expect(stdout).toContain(`token.approve ran out of its 25,000 gas 52 times: ${FIX}`)
    expect(readFileSync(join(cwd, "checked", "behaviours.html"), "utf8")).toContain(
      "Out of gas: in 4 runs token.approve"
    )
    expect(found["outOfGas"]).toMatchObject({ runs: 4, functions: [{ outOfGas: 52 }] })
  })

  it("are warned of by compare, whose report says it, and whose table keeps it", async () => {
    const asked = ["compare", "dry", "--arms", "baseline,enough", "--seeds", "3", "--audit", "0", "--out", "compared"]
    const { stdout } = await call(...asked)
    expect(stdout).toContain(WARNS("3 of 6 runs"))
    expect(stdout).toContain(`token.approve ran out of its 25,000 gas 39 times: ${FIX}`)
    expect(readFileSync(join(cwd, "compared", "report.html"), "utf8")).toContain("Out of gas: in 3 runs token.approve")
    const asks = "select arm, count(out_of_gas) as dry from runs group by arm order by arm"
    const rows = await mesocosm(cwd, ["query", "compared", asks, "--json"])
    const told = [
      { arm: "baseline", dry: 3 },
      { arm: "enough", dry: 0 }
    ]
    expect(JSON.parse(rows.stdout)).toMatchObject({ rows: told })
  })

  it("are warned of by sweep, at whichever point", async () => {
    const asked = ["sweep", "dry", "--vary", "limit=25000,100000", "--seeds", "2", "--audit", "0", "--out", "swept"]
    const { outOfGas } = await json(...asked)
    expect(outOfGas).toEqual({ runs: 2, of: 4, functions: [{ ...REVERTS[0], times: 26, outOfGas: 26 }] })
  })

  it("are warned of by baseline and check", async () => {
    const asked = ["baseline", "dry", "--arms", "baseline,enough", "--seeds", "2", "--file", "baseline.json"]
    expect((await call(...asked)).stdout).toContain(WARNS("2 of 4 runs"))
    const checked = await call("check", "dry", "--file", "baseline.json", "--markdown", "check.md", "--github")
    const says = "Out of gas: in 2 runs token.approve ran out of its 25,000 gas 26 times"
    expect(readFileSync(join(cwd, "check.md"), "utf8")).toContain(says)
    expect(checked.stdout).toMatch(new RegExp(`^::warning .*title=calls ran out of gas::dry: ${says}`, "m"))
    expect(checked.stdout).toContain(WARNS("2 of 4 runs"))
    expect(checked.stdout).toContain(`token.approve ran out of its 25,000 gas 26 times: ${FIX}`)
  })
})
