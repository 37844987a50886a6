/**
 * A stranger's project, from the package to its gate: installed in an empty folder, it passes as it is; of twelve changes
 * of a line, six harmful and six harmless, `check` fails on just the six, from three base seeds and on fresh ones, naming
 * KPI and change, and a seed whose explanation works.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { ROOT } from "../fixtures/conducted.ts"

const FIXTURE = join(import.meta.dirname, "fixtures/meadow")
const MEADOW = "contracts/Meadow.sol"
const SCENARIO = "scenarios/meadow.ts"

interface Change {
  readonly what: string
  readonly file: string
  readonly from: string | RegExp
  readonly to: string
  /** The KPI that it harms, and what is said to have changed; undefined where it harms none. */
  readonly harms?: readonly [kpi: string, changed: RegExp]
}

const CHANGES: readonly Change[] = [
  {
    what: "half of what grows is lost",
    file: MEADOW,
    from: "* SCALE) / grazing",
    to: "* SCALE) / (2 * grazing)",
    harms: ["income", /bytecode pool: Meadow/]
  },
  {
    what: "who leaves loses a fiftieth",
    file: MEADOW,
    from: "clover.safeTransfer(msg.sender, amount);",
    to: "clover.safeTransfer(msg.sender, amount - amount / 50);",
    harms: ["income", /bytecode pool: Meadow/]
  },
  {
    what: "large herds are paid twice",
    file: MEADOW,
    from: "uint256 amount = _owed[msg.sender];",
    to: "uint256 amount = herdOf[msg.sender] > 200 ether ? 2 * _owed[msg.sender] : _owed[msg.sender];",
    harms: ["largeShare", /bytecode pool: Meadow/]
  },
  {
    what: "small herds are rounded away",
    file: MEADOW,
    from: "_owed[who] += (herdOf[who] *",
    to: "_owed[who] += ((herdOf[who] / 150 ether) * 150 ether *",
    harms: ["income", /bytecode pool: Meadow/]
  },
  {
    what: "votes count by the square",
    file: "contracts/Moot.sol",
    from: "uint256 weight = meadow.herdOf(msg.sender);",
    to: "uint256 weight = meadow.herdOf(msg.sender) ** 2 / 1 ether;",
    harms: ["loudVote", /bytecode moot: Moot/]
  },
  {
    what: "a Param beyond what is allowed",
    file: SCENARIO,
    from: 'Param.tokens("500"',
    to: 'Param.tokens("900"',
    harms: ["largeShare", /Param large: 500 \S+ → 900/]
  },
  { what: "a rename", file: MEADOW, from: /_owed/g, to: "_due" },
  {
    what: "less gas",
    file: MEADOW,
    from: "_owed[who] += (herdOf[who] *",
    to: "uint256 herd = herdOf[who];\n        if (herd > 0) _owed[who] += (herd *"
  },
  {
    what: "a comment",
    file: MEADOW,
    from: "uint256 private _perUnit;",
    to: "/// Grown.\n    uint256 private _perUnit;"
  },
  {
    what: "an event more",
    file: MEADOW,
    from: "emit Grazed(msg.sender, amount);",
    to: "emit Grazed(msg.sender, amount);\n        emit Strayed(msg.sender, 0);"
  },
  { what: "another compiler", file: "hardhat.config.ts", from: "", to: "" },
  { what: "a Param within what is allowed", file: SCENARIO, from: "Param.ratio(0.8", to: "Param.ratio(0.79" }
]

let project = ""

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "stranger-"))
  execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: ROOT, stdio: "ignore" })
  project = join(folder, "meadow")
  cpSync(FIXTURE, project, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"))
  manifest.dependencies.mesocosm = `file:${join(folder, `mesocosm-${manifest.dependencies.mesocosm}.tgz`)}`
  manifest.dependencies["solc-older"] = "npm:solc@0.8.36"
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest))
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: project, stdio: "ignore" })
}, 300_000)

function hardhat(...args: readonly string[]): { readonly code: number | null; readonly says: string } {
  const { status, stdout, stderr } = spawnSync("npx", ["hardhat", "mesocosm", ...args], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, CI: "1", NO_COLOR: "1" }
  })
  return { code: status, says: stdout + stderr }
}

function changed({ file, from, to, what }: Change): () => void {
  const path = join(project, file)
  const before = readFileSync(path, "utf8")
  const after =
    what === "another compiler"
      ? before.replace('"solc/soljson.js"', '"solc-older/soljson.js"').replace('"0.8.37"', '"0.8.36"')
      : before.replace(from, to)
  expect(after, what).not.toBe(before)
  writeFileSync(path, after)
  return () => writeFileSync(path, before)
}

/** Makes each change, checks, and takes it back. */
function tellsApart(...args: readonly string[]): void {
  for (const change of CHANGES) {
    const back = changed(change)
    const { code, says } = hardhat("check", "meadow", "--quiet", ...args)
    back()
    expect([change.what, code, says]).toEqual([change.what, change.harms === undefined ? 0 : 1, says])
    if (change.harms !== undefined) {
      const [kpi, what] = change.harms
      expect(says).toContain(`${kpi} is worse in arm baseline`)
      expect(says).toMatch(what)
      expect(says).toMatch(/best seen at seed \d+/)
    }
  }
}

describe("a stranger's project", () => {
  it("passes as it is committed", { timeout: 120_000 }, () => {
    const { code, says } = hardhat("check", "--quiet")
    expect(says).toContain("passes: all 3 KPIs are kept")
    expect(code).toBe(0)
  })

  it.each([1, 1000, 5_000_000])("fails on just the harmful changes, from seed %d", { timeout: 900_000 }, (seed) => {
    expect(hardhat("baseline", "meadow", "--force", "--seeds", "10", "--seed", String(seed), "--quiet").code).toBe(0)
    tellsApart()
  })

  it("fails on just the harmful changes on fresh seeds, too, against the committed baseline", {
    timeout: 900_000
  }, () => {
    cpSync(join(FIXTURE, "baselines"), join(project, "baselines"), { recursive: true })
    tellsApart("--seed", "1000")
  })

  it("names commands that show the harm", { timeout: 120_000 }, () => {
    const [change] = CHANGES
    const back = changed(change as Change)
    const { says } = hardhat("check", "meadow", "--quiet")
    expect(says).toContain("income is worse in arm baseline")
    const [, run = ""] = /hardhat mesocosm (run .*)/.exec(says) ?? []
    const [, explain = ""] = /hardhat mesocosm (explain .*)/.exec(says) ?? []
    expect(hardhat(...run.split(" "), "--quiet").code).toBe(0)
    expect(hardhat(...explain.split(" "), "--quiet").says).toContain("Done again, with the recorded digests")
    back()
  })
})
