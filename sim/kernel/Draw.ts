/**
 * Draws from a stream: numbers of the usual distributions, and choices among items.
 *
 * Invariant: `uniform`, `bernoulli`, `exponential`, `normal`, `lognormal`, `poisson`, `binomial` and
 * `categorical` take exactly one 53-bit fraction each, by inversion: the value never falls when the
 * fraction rises, so arms that draw from equal streams stay coupled even where their parameters
 * differ. `integer`, `pick` and each step of `shuffle` take one, and again only where a fraction has
 * to be rejected (at most span / 2^53 of the time).
 *
 * Arguments out of range throw a RangeError that names the value, before anything is drawn.
 */

import { exp, log1p } from "./Mathematics.ts"
import { binomialQuantile, normalQuantile, poissonQuantile } from "./Quantiles.ts"
import type { Stream } from "./Stream.ts"

const TWO_53 = 9_007_199_254_740_992

/** The largest mean of a Poisson draw, and the largest variance of a binomial one: the search takes about its root. */
const LARGEST_SEARCH = 1e9

/** Draws numbers and choices from one stream. */
export class Draw {
  readonly #stream: Stream

  constructor(stream: Stream) {
    this.#stream = stream
  }

  /** A real number, evenly from [low, high); `high` itself appears only where rounding leads there. */
  uniform(low = 0, high = 1): number {
    if (!(low <= high && high - low < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`uniform needs finite low ≤ high, not ${low} and ${high}`)
    }
    return low + (high - low) * this.#stream.double()
  }

  /** A whole number, evenly from [low, high], both included; safe integers, high − low < 2^53. */
  integer(low: number, high: number): number {
    const span = high - low + 1
    if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && low <= high && span <= TWO_53)) {
      throw new RangeError(`integer needs safe integers low ≤ high, less than 2^53 apart, not ${low} and ${high}`)
    }
    return low + this.#below(span)
  }

  /** True with probability `p`, in [0, 1]. */
  bernoulli(p: number): boolean {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`bernoulli needs a probability in [0, 1], not ${p}`)
    return this.#stream.double() < p
  }

  /**
   * A waiting time in [0, ∞) of the exponential distribution, in the unit of `mean`, which is finite
   * and above 0. Inversion: −mean · log(1 − u) (Devroye 1986, II.2).
   */
  exponential(mean: number): number {
    if (!(mean > 0 && mean < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`exponential needs a finite mean above 0, not ${mean}`)
    }
    return -mean * log1p(-this.#stream.double())
  }

  /** A real number of the normal distribution, in the unit of `mean`; `sd` is finite and ≥ 0. See `normalQuantile`. */
  normal({ mean, sd }: { readonly mean: number; readonly sd: number }): number {
    if (!Number.isFinite(mean)) throw new RangeError(`normal needs a finite mean, not ${mean}`)
    if (!(sd >= 0 && sd < Number.POSITIVE_INFINITY)) throw new RangeError(`normal needs a finite sd ≥ 0, not ${sd}`)
    return mean + sd * normalQuantile(this.#stream.double())
  }

  /**
   * A positive number whose logarithm is normal: median · exp(sigma · z), in the unit of `median`,
   * which is above 0; `sigma` ≥ 0 has no unit. The mean is median · exp(sigma² / 2).
   */
  lognormal({ median, sigma }: { readonly median: number; readonly sigma: number }): number {
    if (!(median > 0 && median < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`lognormal needs a finite median above 0, not ${median}`)
    }
    if (!(sigma >= 0 && sigma < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`lognormal needs a finite sigma ≥ 0, not ${sigma}`)
    }
    return median * exp(sigma * normalQuantile(this.#stream.double()))
  }

  /** A count of the Poisson distribution; `mean` in [0, 10^9]. See `poissonQuantile`. */
  poisson(mean: number): number {
    if (!(mean >= 0 && mean <= LARGEST_SEARCH)) throw new RangeError(`poisson needs a mean in [0, 10^9], not ${mean}`)
    return poissonQuantile(this.#stream.double(), mean)
  }

  /** How many of `n` trials succeed, each with probability `p`; n · p · (1 − p) ≤ 10^9. See `binomialQuantile`. */
  binomial(n: number, p: number): number {
    if (!(Number.isSafeInteger(n) && n >= 0)) throw new RangeError(`binomial needs a whole number of trials, not ${n}`)
    if (!(p >= 0 && p <= 1)) throw new RangeError(`binomial needs a probability in [0, 1], not ${p}`)
    if (n * p * (1 - p) > LARGEST_SEARCH) {
      throw new RangeError(`binomial needs a variance up to 10^9, not that of ${n} trials at ${p}`)
    }
    return binomialQuantile(this.#stream.double(), n, p)
  }

  /** The index of one weight, with probability proportional to it; weights are finite, ≥ 0, not all 0. */
  categorical(weights: readonly number[]): number {
    let total = 0
    for (const weight of weights) {
      if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
        throw new RangeError(`categorical needs finite weights ≥ 0, not ${weight}`)
      }
      total += weight
    }
    if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`categorical needs weights of a finite sum above 0, not ${total}`)
    }
    const target = total * this.#stream.double()
    let sum = 0
    let last = 0
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number
      sum += weight
      if (target < sum) return i
      // Only where rounding carries the target to the total: then it is the last that may be chosen.
      if (weight > 0) last = i
    }
    return last
  }

  /** The items in random order, every order equally likely, as a new array (Fisher–Yates, Durstenfeld 1964). */
  shuffle<T>(items: readonly T[]): T[] {
    const out = items.slice()
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.#below(i + 1)
      const held = out[i] as T
      out[i] = out[j] as T
      out[j] = held
    }
    return out
  }

  /** One of the items, each equally likely; RangeError when there is none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("pick needs at least one item, not 0")
    return items[this.#below(items.length)] as T
  }

  /**
   * A whole number from [0, span), span ≤ 2^53, without bias: the 2^53 fractions are cut into `span`
   * bins of equal width, and what is left over is drawn again.
   */
  #below(span: number): number {
    const width = Math.floor(TWO_53 / span)
    for (;;) {
      const bin = Math.floor((this.#stream.double() * TWO_53) / width)
      if (bin < span) return bin
    }
  }
}
