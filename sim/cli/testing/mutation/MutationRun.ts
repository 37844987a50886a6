/**
 * Runs the tests beside a contract against its mutants, in a copy of the repository that is thrown away.
 *
 * Invariant: the working tree is only read. Survivors are mutants with which every test passed.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { ScenarioError } from "../../../Errors.ts"
import { runScript } from "../Suite.ts"
import { type Mutant, mutantsOf } from "./Mutants.ts"

/** What became of a mutant: noticed by a test, not compiled, or noticed by nobody. */
export type Fate = "killed" | "stillborn" | "survived"

/** A mutant and what became of it. */
export interface Judged {
  readonly mutant: Mutant
  readonly fate: Fate
}

export interface MutationOptions {
  /** Called after each mutant. */
  readonly onJudged?: (judged: Judged, done: number, of: number) => void
  /** Of all mutants, those from `from` on, every `every`th: a sample. */
  readonly every?: number
}

const hardhat = "node_modules/hardhat/dist/src/cli.js"

/**
 * Judges the mutants of one contract.
 * @param root The repository.
 * @param contract Its path in the repository, such as `contracts/access/DataMarket.sol`.
 * @throws ScenarioError Usage when no tests stand beside it, or they fail without a mutant.
 */
export async function judge(
  root: string,
  contract: string,
  { onJudged, every = 1 }: MutationOptions = {}
): Promise<readonly Judged[]> {
  const name = basename(contract, ".sol")
  const folder = dirname(contract)
  const tests = readdirSync(join(root, folder))
    .filter((file) => file.startsWith(name) && file.endsWith(".t.sol"))
    .map((file) => join(folder, file))
    .filter((file) => /\bfunction (?:test|invariant_)/.test(readFileSync(join(root, file), "utf8")))
  if (tests.length === 0) throw unusable(contract, "no tests stand beside it", "Name a contract with tests beside it.")

  const copy = mkdtempSync(join(tmpdir(), "mesocosm-mutants-"))
  try {
    for (const part of ["contracts", "hardhat.config.ts", "package.json", "tsconfig.json"]) {
      cpSync(join(root, part), join(copy, part), { recursive: true })
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
    const run = () => runScript(copy, hardhat, ["test", "solidity", ...tests])
    const source = readFileSync(join(root, contract), "utf8")
    const unchanged = await run()
    if (!unchanged.ok)
      throw unusable(contract, `its tests fail as it is:\n${unchanged.output}`, "Mend the tests first.")
    const mutants = mutantsOf(source).filter((_, index) => index % every === 0)
    const judged: Judged[] = []
    for (const mutant of mutants) {
      writeFileSync(join(copy, contract), mutant.source)
      const { ok, output } = await run()
      const fate = ok ? "survived" : /Compilation failed/.test(output) ? "stillborn" : "killed"
      judged.push({ mutant, fate })
      onJudged?.({ mutant, fate }, judged.length, mutants.length)
    }
    return judged
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function unusable(contract: string, why: string, fix: string): ScenarioError {
  return new ScenarioError({
    reason: "Usage",
    message: `${contract} cannot be mutated: ${why}`,
    fix,
    offending: { name: "contract", value: contract }
  })
}
