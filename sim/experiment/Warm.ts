/**
 * A fast chain kept from run to run, with the set-up of the last scenario on it where the seed has no part in that:
 * the next run of it, under another seed, begins from there. One per thread.
 */
import type { Chain } from "../chain/Chain.ts"
import type { Resolved } from "../run/RunSpec.ts"
import { WarmStart } from "../run/WarmStart.ts"
import type { Scenario } from "../scenario/Scenario.ts"

export class Warm {
  readonly start: WarmStart = new WarmStart()
  #chain: Chain | undefined

  /** The chain kept, where the run can begin from what is on it; else a fresh one, kept from now on. */
  async chain(
    run: { readonly scenario: Scenario; readonly resolved: Resolved },
    open: () => Promise<Chain>
  ): Promise<Chain> {
    if (this.#chain !== undefined && this.start.fits(this.#chain, run)) return this.#chain
    await this.#chain?.close()
    this.#chain = await open()
    return this.#chain
  }
}
