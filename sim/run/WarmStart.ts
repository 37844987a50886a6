/**
 * Set-up done once for many runs. Where nothing in it hangs on the seed, the World and what the agents are given are
 * the same in every run of a scenario under the same Params: later runs go back to the chain's snapshot of it, and
 * only enter its blocks in their own books.
 *
 * `setup` draws nothing (it is given no stream), identities follow from names, and what agents hold from Params. The
 * one thing of the seed that set-up can see is PREVRANDAO; where a contract may ask for it, nothing is kept.
 */
import type { Chain, SnapshotId } from "../chain/Chain.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import type { Asking } from "../chain/Step.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { MadeBlock } from "./BlockBuilder.ts"
import { Journal } from "./Journal.ts"
import { canonical } from "./Plain.ts"
import { asksRandao } from "./Randao.ts"
import type { RunOptions } from "./RunOptions.ts"
import { randaoOf, type SetUp } from "./Setup.ts"

/** A set-up that is done, endowments included. */
export interface WarmSetUp {
  readonly setup: SetUp
  readonly endowed: readonly MadeBlock[]
}

interface Kept extends WarmSetUp {
  readonly scenario: Scenario
  readonly chain: Chain
  /** What decides it, beside the scenario. */
  readonly key: string
  readonly snapshot: SnapshotId
}

export class WarmStart {
  #kept: Kept | undefined
  /** How many runs began from what was kept. */
  used = 0

  /** Whether a run on that chain can begin from what is kept. */
  fits(chain: Chain, { scenario, resolved }: Pick<RunOptions, "scenario" | "resolved">): boolean {
    const kept = this.#kept
    return kept?.scenario === scenario && kept.chain === chain && kept.key === keyOf(resolved)
  }

  /** Puts the chain where set-up left it; undefined when it must be done (anew), on a fresh chain. */
  *begin(options: RunOptions): Asking<WarmSetUp | undefined> {
    const kept = this.#kept
    if (kept === undefined || !this.fits(options.chain, options)) {
      this.#kept = undefined
      return undefined
    }
    const { chain } = options
    yield* chain.revert(kept.snapshot)
    // Of a run that failed on this chain.
    chain.untaken.count = 0
    kept.setup.reader.forget()
    kept.setup.reader.observer = undefined
    this.used++
    const dated = ({ environment, ...entry }: MadeBlock): MadeBlock => ({
      ...entry,
      environment: { ...environment, prevRandao: randaoOf(options, environment.number) }
    })
    const [entries, endowed] = [kept.setup.entries.map(dated), kept.endowed.map(dated)]
    const journal = new Journal(options.journal)
    journal.entered(entries)
    return { setup: { ...kept.setup, entries, journal }, endowed }
  }

  /** Keeps a set-up that was just done, if the seed has no part in it. */
  *keep(options: RunOptions, { setup, endowed }: WarmSetUp): Asking<void> {
    const { scenario, resolved, chain, artifacts } = options
    for (const { name, address } of setup.world.contracts) {
      if (asksRandao(artifacts(name).bytecode) || asksRandao(yield* chain.code(address))) return
    }
    this.#kept = {
      scenario,
      chain,
      key: keyOf(resolved),
      snapshot: yield* chain.snapshot(),
      setup: { ...setup },
      endowed
    }
  }
}

/** A spec without its seed. */
function keyOf({ spec }: RunOptions["resolved"]): string {
  const { seed: _, ...rest } = spec
  return keccakText(canonical(rest))
}
