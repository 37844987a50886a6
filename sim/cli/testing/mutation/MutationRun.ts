/**
 * Runs the tests beside a contract against its mutants.
 *
 * Invariant: the working tree is only read. Survivors are mutants with which every test passed.
 */
import { readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { ScenarioError } from "../../../Errors.ts"
import { type Mutant, mutantsOf } from "./Mutants.ts"
import { type Answer, solidityTester } from "./SolidityTester.ts"

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

const fates = { passed: "survived", failed: "killed", uncompiled: "stillborn" } as const satisfies Record<
  Answer["fate"],
  Fate
>

/**
 * Judges the mutants of one contract by the tests named for it, or where there are none, by those beside it that
 * import it.
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
  const text = (file: string): string => readFileSync(join(root, file), "utf8")
  const beside = readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".t.sol"))
    .map((file) => join(folder, file))
    .filter((file) => /\bfunction (?:test|invariant_)/.test(text(file)))
  const named = beside.filter((file) => basename(file).startsWith(name))
  // One that is tested under the name of what it has in common with others.
  const tests = named.length > 0 ? named : beside.filter((file) => text(file).includes(`from "./${name}.sol"`))
  if (tests.length === 0) throw unusable(contract, "no tests stand beside it", "Name a contract with tests beside it.")

  const tester = await solidityTester(root, contract, tests)
  const source = text(contract)
  const unchanged = await tester.run(source)
  if (unchanged.fate !== "passed")
    throw unusable(contract, `its tests fail as it is:\n${unchanged.says}`, "Mend the tests first.")
  const mutants = mutantsOf(source).filter((_, index) => index % every === 0)
  const judged: Judged[] = []
  for (const mutant of mutants) {
    const { fate: answer } = await tester.run(mutant.source)
    const each: Judged = { mutant, fate: fates[answer] }
    judged.push(each)
    onJudged?.(each, judged.length, mutants.length)
  }
  return judged
}

function unusable(contract: string, why: string, fix: string): ScenarioError {
  return new ScenarioError({
    reason: "Usage",
    message: `${contract} cannot be mutated: ${why}`,
    fix,
    offending: { name: "contract", value: contract }
  })
}
