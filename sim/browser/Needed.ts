/** Which contracts a page must carry, so that it can do the runs that its reader may ask for. */
import { RevmChain } from "../chain/revm/RevmChain.ts"
import type { CompiledModule } from "../chain/revm/Wasm.ts"
import { driveSync } from "../chain/Step.ts"
import { Run } from "../run/Run.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Artifacts } from "../run/World.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Carried } from "./Protocol.ts"

/** What is looked through. */
export interface NeededOptions {
  readonly module: CompiledModule
  readonly artifacts: Artifacts
  /** Params that every run shall have besides its arm. */
  readonly set?: { readonly [param: string]: string }
}

/**
 * The artifacts that runs of a scenario ask for: of every arm, and of every choice that a Param lists. Found by
 * setting each of those Worlds up and writing down the names; a combination of choices that asks for yet another
 * contract is not found, and fails in the page as UnknownContract.
 * @throws ScenarioError, ChainError, AgentError as setting up does.
 */
export function neededArtifacts(scenario: Scenario, { module, artifacts, set = {} }: NeededOptions): Carried {
  const needed = new Map<string, Carried[string]>()
  const note: Artifacts = (name) => {
    const artifact = artifacts(name)
    needed.set(name, { name: artifact.name, abi: artifact.abi, bytecode: artifact.bytecode })
    return artifact
  }
  for (const [arm, choice] of asked(scenario)) {
    const resolved = resolve(scenario, { arm, seed: 0, set: { ...set, ...choice } })
    const chain = RevmChain.open({ hardfork: resolved.spec.hardfork, module })
    driveSync(Run.begin({ scenario, resolved, chain, artifacts: note }))
  }
  return Object.fromEntries([...needed].sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Choice = { readonly [param: string]: string }

function asked({ arms, params }: Scenario): readonly (readonly [arm: string, set: Choice])[] {
  const choices = Object.entries(params).flatMap(([name, { kind, domain = [], value }]) =>
    kind === "choice" ? domain.filter((each) => each !== value).map((each) => ({ [name]: String(each) })) : []
  )
  return [
    ...Object.keys(arms).map((arm): readonly [string, Choice] => [arm, {}]),
    ...choices.map((choice): readonly [string, Choice] => ["baseline", choice])
  ]
}
