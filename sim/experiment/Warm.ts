/**
 * Fast chains kept from run to run, each with a set-up on it where the seed has no part in that: the next run of the
 * same scenario and Params, under another seed, begins from there. An experiment goes from arm to arm with each seed,
 * so that a few are kept at once. One per thread.
 */
import type { Chain } from "../chain/Chain.ts"
import type { Resolved } from "../run/RunSpec.ts"
import { WarmStart } from "../run/WarmStart.ts"
import type { Scenario } from "../scenario/Scenario.ts"

/** Chains kept; each holds the memory of a whole state. */
const KEPT = 4

interface Place {
  readonly start: WarmStart
  readonly chain: Chain
}

export class Warm {
  /** The least lately used first. */
  readonly #places: Place[] = []

  /** A chain kept, where the run can begin from what is on it; else a fresh one, kept from now on. */
  async place(
    run: { readonly scenario: Scenario; readonly resolved: Resolved },
    open: () => Promise<Chain>
  ): Promise<Place> {
    const at = this.#places.findIndex(({ start, chain }) => start.fits(chain, run))
    if (at >= 0) {
      const [place] = this.#places.splice(at, 1) as [Place]
      this.#places.push(place)
      return place
    }
    if (this.#places.length === KEPT) await this.#places.shift()?.chain.close()
    const place = { start: new WarmStart(), chain: await open() }
    this.#places.push(place)
    return place
  }

  /** How many runs began from what was kept. */
  get used(): number {
    return this.#places.reduce((sum, { start }) => sum + start.used, 0)
  }
}
