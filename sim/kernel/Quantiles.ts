/**
 * Quantile functions: the value below which a given fraction of a distribution lies.
 *
 * Invariant: each is pure and never falls when the fraction rises, up to rounding of the cumulative
 * sums (about 1e-15). Arguments are checked by the callers.
 */

import { exp, log, log1p, sqrt } from "./Mathematics.ts"

/** 2π. */
const TAU = 6.283185307179586
/** Below this mean the search begins at 0, above it at the mode: there the chance of 0 is still a normal double. */
const NEAR = 30

/**
 * The standard normal quantile of u in [0, 1), within 1e-15 relative: Wichura (1988), Algorithm AS 241,
 * PPND16. u = 0 is read as 2^−54, half of the smallest fraction a stream gives, so the result lies in
 * [−8.3, 8.3].
 */
export function normalQuantile(u: number): number {
  const p = u === 0 ? 5.551115123125783e-17 : u
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q
    return (
      (q *
        (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
          13731.69376550946) *
          r +
          1971.5909503065513) *
          r +
          133.14166789178438) *
          r +
          3.3871328727963665)) /
      (((((((5226.495278852546 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
        1)
    )
  }
  let r = sqrt(-log(q < 0 ? p : 1 - p))
  let z: number
  if (r <= 5) {
    r -= 1.6
    z =
      (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r +
        3.6478483247632045) *
        r +
        5.769497221460691) *
        r +
        4.630337846156546) *
        r +
        1.4234371107496835) /
      (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) *
        r +
        0.6897673349851) *
        r +
        1.6763848301838038) *
        r +
        2.053191626637759) *
        r +
        1)
  } else {
    r -= 5
    z =
      (((((((2.0103343992922881e-7 * r + 0.000027115555687434876) * r + 0.0012426609473880784) * r +
        0.026532189526576124) *
        r +
        0.29656057182850487) *
        r +
        1.7848265399172913) *
        r +
        5.463784911164114) *
        r +
        6.657904643501103) /
      (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 0.000018463183175100548) * r +
        0.0007868691311456133) *
        r +
        0.014875361290850615) *
        r +
        0.1369298809227358) *
        r +
        0.599832206555888) *
        r +
        1)
  }
  return q < 0 ? -z : z
}

/**
 * The Poisson quantile of u in [0, 1): the smallest k with P(X ≤ k) > u, by sequential search
 * (Devroye 1986, X.3).
 *
 * From a mean of 30 on the search begins at the mode, whose probability is Loader's (2000) saddle-point
 * form and whose cumulative probability is the sum below it; it takes about 10 · √mean steps and stays
 * exact up to the rounding of that sum.
 */
export function poissonQuantile(u: number, mean: number): number {
  if (mean < NEAR) {
    let k = 0
    let mass = exp(-mean)
    let sum = mass
    while (u >= sum && sum + mass > sum) {
      k += 1
      mass *= mean / k
      sum += mass
    }
    return k
  }
  const mode = Math.floor(mean)
  const peak = exp(-stirlingError(mode) - deviance(mode, mean)) / sqrt(TAU * mode)
  let sum = 0
  let mass = peak
  for (let k = mode; sum + mass > sum; k--) {
    sum += mass
    mass *= k / mean
  }
  let k = mode
  mass = peak
  if (u < sum) {
    // Down: k is the answer as long as P(X ≤ k − 1) ≤ u.
    while (k > 0 && u < sum - mass && sum - mass < sum) {
      sum -= mass
      mass *= k / mean
      k -= 1
    }
    return k
  }
  do {
    k += 1
    mass *= mean / k
    sum += mass
  } while (u >= sum && sum + mass > sum)
  return k
}

/**
 * The binomial quantile of u in [0, 1): the smallest k with P(X ≤ k) > u among n trials of chance p,
 * by the same search as `poissonQuantile`; for p > ½ the failures are searched, from the other end.
 */
export function binomialQuantile(u: number, n: number, p: number): number {
  return p > 0.5 ? n - binomialSearch(1 - u, n, 1 - p) : binomialSearch(u, n, p)
}

function binomialSearch(u: number, n: number, p: number): number {
  if (p === 0 || n === 0) return 0
  const odds = p / (1 - p)
  if (n * p < NEAR) {
    let k = 0
    let mass = exp(n * log1p(-p))
    let sum = mass
    while (k < n && u >= sum && sum + mass > sum) {
      mass *= ((n - k) / (k + 1)) * odds
      k += 1
      sum += mass
    }
    return k
  }
  const mode = Math.floor((n + 1) * p)
  const rest = n - mode
  const error = stirlingError(n) - stirlingError(mode) - stirlingError(rest)
  const peak = exp(error - deviance(mode, n * p) - deviance(rest, n * (1 - p))) * sqrt(n / (TAU * mode * rest))
  let sum = 0
  let mass = peak
  for (let k = mode; sum + mass > sum; k--) {
    sum += mass
    mass *= k / ((n - k + 1) * odds)
  }
  let k = mode
  mass = peak
  if (u < sum) {
    while (k > 0 && u < sum - mass && sum - mass < sum) {
      sum -= mass
      mass *= k / ((n - k + 1) * odds)
      k -= 1
    }
    return k
  }
  do {
    mass *= ((n - k) / (k + 1)) * odds
    k += 1
    sum += mass
  } while (k < n && u >= sum && sum + mass > sum)
  return k
}

/** log(k!) − log(√(2πk) (k/e)^k) for k ≥ 15, by Stirling's series (Loader 2000): 1/12k − 1/360k³ + … */
function stirlingError(k: number): number {
  const s = 1 / (k * k)
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - s / 1188) * s) * s) * s) / k
}

/** k log(k / m) + m − k, Loader's (2000) deviance, for k near m, by the series in (k − m) / (k + m). */
function deviance(k: number, m: number): number {
  const v = (k - m) / (k + m)
  let sum = (k - m) * v
  let term = 2 * k * v
  for (let j = 3; ; j += 2) {
    term *= v * v
    const next = sum + term / j
    if (next === sum) return sum
    sum = next
  }
}
