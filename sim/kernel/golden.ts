/**
 * Fingerprints of the kernel's numbers: of each function of `Mathematics.ts` and each draw, the hash
 * of the bits of many values.
 *
 * Invariant: pure, so that two engines that disagree in one bit anywhere give different records.
 * `golden.json` holds the record that every engine must give.
 */

import { Draw } from "./Draw.ts"
import { cos, exp, expm1, log, log1p, log2, pow, sin, sqrt } from "./Mathematics.ts"
import { Stream } from "./Stream.ts"

/** Hashes the IEEE 754 bits of numbers, low word first: two MurmurHash3 x86_32 lanes (Appleby 2011), 64 bits. */
class BitHash {
  readonly #float = new Float64Array(1)
  readonly #words = new Int32Array(this.#float.buffer)
  readonly #low: number
  #a = 0
  #b = 0x2545f491

  constructor() {
    this.#float[0] = 1
    this.#low = this.#words[0] === 0 ? 0 : 1
  }

  add(value: number): void {
    this.#float[0] = value
    this.#word(this.#words[this.#low] as number)
    this.#word(this.#words[1 - this.#low] as number)
  }

  /** The hash so far, 16 hexadecimal digits. */
  hex(): string {
    return [this.#a, this.#b].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("")
  }

  #word(word: number): void {
    let k = Math.imul(word, 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    k = Math.imul(k, 0x1b873593)
    const a = this.#a ^ k
    this.#a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0
    const b = this.#b ^ k
    this.#b = (Math.imul((b << 13) | (b >>> 19), 5) + 0xe6546b64) | 0
  }
}

const ITEMS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const WEIGHTS: readonly number[] = [0.5, 0, 3, 1.25, 7]

/** What is hashed, by name: each gives value number i from a stream of its own. */
const SOURCES: Readonly<Record<string, (draw: Draw, i: number) => number | readonly number[]>> = {
  log: (draw, i) => log(positive(draw, i)),
  log1p: (draw, i) => log1p(i % 2 === 0 ? draw.uniform(-1, 1) : positive(draw, i)),
  log2: (draw, i) => log2(positive(draw, i)),
  exp: (draw, i) => exp(i % 2 === 0 ? draw.uniform(-2, 2) : draw.uniform(-745, 709)),
  expm1: (draw, i) => expm1(i % 2 === 0 ? draw.uniform(-2, 2) : draw.uniform(-60, 709)),
  pow: (draw, i) => pow(positive(draw, i), draw.uniform(-30, 30)),
  sin: (draw, i) => sin(angle(draw, i)),
  cos: (draw, i) => cos(angle(draw, i)),
  sqrt: (draw, i) => sqrt(positive(draw, i)),
  uniform: (draw) => draw.uniform(-3, 11),
  integer: (draw) => draw.integer(-1_000_000, 2_000_000),
  bernoulli: (draw) => Number(draw.bernoulli(0.3)),
  exponential: (draw) => draw.exponential(604_800),
  normal: (draw) => draw.normal({ mean: 2, sd: 3 }),
  lognormal: (draw) => draw.lognormal({ median: 2, sigma: 0.4 }),
  poisson: (draw, i) => draw.poisson(i % 2 === 0 ? 3.5 : 80.25),
  binomial: (draw, i) => (i % 2 === 0 ? draw.binomial(20, 0.3) : draw.binomial(400, 0.6)),
  categorical: (draw) => draw.categorical(WEIGHTS),
  shuffle: (draw) => draw.shuffle(ITEMS),
  pick: (draw) => draw.pick(ITEMS)
}

/** The hash of the first `count` values of each function and each draw, by name. */
export function golden(count = 1_000_000): Readonly<Record<string, string>> {
  const record: Record<string, string> = {}
  for (const [name, source] of Object.entries(SOURCES)) {
    const draw = new Draw(Stream.open(`golden/${name}`))
    const hash = new BitHash()
    for (let i = 0; i < count; ) {
      const values = source(draw, i)
      if (typeof values === "number") {
        hash.add(values)
        i += 1
      } else {
        for (const value of values) hash.add(value)
        i += values.length
      }
    }
    record[name] = hash.hex()
  }
  return record
}

/** Numbers around 1, and of all sizes. */
function positive(draw: Draw, i: number): number {
  const u = draw.uniform()
  if (i % 3 === 0) return u * 4
  return i % 3 === 1 ? u * u * u * u * 1e-300 : 1e5 / (u + 1e-9)
}

/** Angles of every kind of reduction: none, medium, large. */
function angle(draw: Draw, i: number): number {
  if (i % 100 === 0) return draw.uniform(-1e22, 1e22)
  return i % 2 === 0 ? draw.uniform(-1, 1) : draw.uniform(-1e6, 1e6)
}
