/** Which runs a verifier does again, and how likely that is to catch one that was changed. */
import type { Hex } from "../../chain/Contracts.ts"
import { Stream } from "../../kernel/Stream.ts"

/** Draws `count` of the runs, each set of so many being equally likely; all where there are no more. */
export function sampleOf(runs: readonly Hex[], count: number, seed: string): ReadonlySet<Hex> {
  const stream = Stream.open(`verify/${seed}`)
  const left = [...runs].sort()
  const drawn = new Set<Hex>()
  while (drawn.size < count && left.length > 0) {
    const at = Math.floor(stream.double() * left.length)
    // `at` is below the length.
    drawn.add(left[at] as Hex)
    left.splice(at, 1)
  }
  return drawn
}

/** The probability that a sample of `count` of `of` runs, without replacement, holds at least one of `changed`. */
export function chanceOf({ count, of, changed }: { count: number; of: number; changed: number }): number {
  let missed = 1
  for (let nth = 0; nth < changed; nth++) missed *= Math.max(0, of - count - nth) / (of - nth)
  return of === 0 || count >= of ? 1 : 1 - missed
}
