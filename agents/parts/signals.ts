/**
 * Data as this lab trades it: 256 yes-or-no signals about something that is so or is not, in 32 bytes. The bytes lie at
 * a data set's `locator`, as the identity hash of a CID inlines its content: what a reader finds there is the data.
 *
 * What is so follows from the number of a process, the phenomenon. Who senses the process can go and look; who does
 * not, can only guess. A buyer that uses data sees in some of the signals whether they came true: that is how quality is
 * learnt here. No Truth is read.
 */
import type { Draw, Hex } from "mesocosm"

/** 256 signals in eight words of 32. */
export type Signals = readonly number[]

const WORDS = 8

/** How many signals a data set has. */
export const SIGNALS = 256

/** What is so while the process stands at `seed`: each signal with probability `base`, independently. */
export function phenomenonOf(seed: number, base: number): Signals {
  const bound = Math.floor(base * 4_294_967_296)
  return words((word, bit) => mixed(seed, word * 32 + bit) < bound)
}

/** What someone reports that sees each signal rightly with probability `accuracy`. */
export function observed(signals: Signals, accuracy: number, draw: Draw): Signals {
  return words((word, bit) => draw.bernoulli(accuracy) === has(signals, word, bit))
}

/** Signals drawn blindly, each with probability `base`. */
export function guessed(base: number, draw: Draw): Signals {
  return words(() => draw.bernoulli(base))
}

/** About 256 / 2^`halvings` of the signals, chosen at random. */
export function someOf(halvings: number, draw: Draw): Signals {
  const mask: number[] = []
  for (let word = 0; word < WORDS; word++) {
    let bits = -1
    for (let nth = 0; nth < halvings; nth++) bits &= draw.integer(0, 4_294_967_295) | 0
    mask.push(bits >>> 0)
  }
  return mask
}

/**
 * How informative `report` is about what `is`, over the signals of `among` (all when left out): the share of what is so
 * that it calls so, plus the share of what is not that it calls not, less one (Youden's J). Between −1 and 1; 0 for
 * whatever was reported blindly, however well it matches the frequencies.
 */
export function informedness(report: Signals, is: Signals, among?: Signals): number {
  let so = 0
  let not = 0
  let hits = 0
  let rejections = 0
  for (let word = 0; word < WORDS; word++) {
    const mask = among?.[word] ?? 0xffffffff
    const said = report[word] ?? 0
    const true_ = is[word] ?? 0
    so += ones(true_ & mask)
    not += ones(~true_ & mask)
    hits += ones(said & true_ & mask)
    rejections += ones(~said & ~true_ & mask)
  }
  return so === 0 || not === 0 ? 0 : hits / so + rejections / not - 1
}

/** In how many signals two reports differ. */
export function distance(one: Signals, other: Signals): number {
  let sum = 0
  for (let word = 0; word < WORDS; word++) sum += ones((one[word] ?? 0) ^ (other[word] ?? 0))
  return sum
}

/** As 32 bytes. */
export function hexOf(signals: Signals): Hex {
  return `0x${signals.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("")}`
}

/** From 32 bytes. */
export function signalsOf(hex: Hex): Signals {
  return Array.from({ length: WORDS }, (_, word) => Number.parseInt(hex.slice(2 + word * 8, 10 + word * 8), 16))
}

function words(is: (word: number, bit: number) => boolean): Signals {
  return Array.from({ length: WORDS }, (_, word) => {
    let bits = 0
    for (let bit = 0; bit < 32; bit++) bits = (bits << 1) | (is(word, bit) ? 1 : 0)
    return bits >>> 0
  })
}

/** Whether the signal stands; bits count from the highest, as `words` writes them. */
function has(signals: Signals, word: number, bit: number): boolean {
  return (((signals[word] ?? 0) >>> (31 - bit)) & 1) === 1
}

function ones(bits: number): number {
  let left = bits - ((bits >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** A 32-bit number that two numbers decide and that looks like neither: the finalizer of MurmurHash3 (Appleby, 2011). */
function mixed(seed: number, place: number): number {
  let hash = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b)) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
