/**
 * What a buyer of data wants each day: one copy, which is worth something to it, at hours of its own. Every kind of
 * buyer makes the same three draws a day in the same order, so that buyers of a seed want the same under any pricing.
 */
import { DAY, type Draw, HOUR, Trait } from "mesocosm"

/** What one copy is worth to it that day, in the numeraire, and when it acts first and second, as shares of a phase. */
export interface Want {
  readonly value: number
  readonly first: number
  readonly second: number
}

/** What buyers have in common: days are counted from the beginning of the run. */
export interface Buying {
  readonly day: number
  readonly want: Want
  /** Worth of all that it wanted so far, and of what it got; what it paid; in the numeraire. */
  readonly wanted: number
  readonly value: number
  readonly paid: number
  readonly bought: number
}

/** What `init` begins with. */
export interface Beginning {
  readonly traits: { readonly top: number }
  readonly draw: Draw
}

export const BUYER_TRAITS = {
  /** Values are drawn evenly between nothing and this. */
  top: Trait.constant(1, { unit: "numeraire per copy" })
}

/** Of buyers that see a price before they buy. */
export const PRICE_TAKER_TRAITS = {
  ...BUYER_TRAITS,
  /** What it pays at most. */
  upTo: Trait.constant(1, { unit: "share of the worth" })
}

export const PRICE_TAKER_DEVIATIONS = {
  "pays a fifth less than the worth at most": { upTo: 0.8 },
  "pays a fifth more than the worth": { upTo: 1.2 }
}

export const BUYER_GAUGES = {
  /** Worth of all copies it wanted, in the numeraire. */
  wanted: (state: Buying): number => state.wanted,
  /** Worth of the copies it got, in the numeraire. */
  value: (state: Buying): number => state.value,
  /** What it paid, in the numeraire. */
  paid: (state: Buying): number => state.paid,
  /** Copies. */
  bought: (state: Buying): number => state.bought
}

/** Three draws: a day's want. */
export function want(draw: Draw, top: number): Want {
  return { value: draw.uniform(0, top), first: draw.uniform(), second: draw.uniform() }
}

/** A buyer that has bought nothing yet. */
export function newBuying(draw: Draw, top: number): Buying {
  return { day: 0, want: want(draw, top), wanted: 0, value: 0, paid: 0, bought: 0 }
}

/** The next day, with a new want; what it wanted today is counted. */
export function nextDay<S extends Buying>(state: S, draw: Draw, top: number): S {
  return { ...state, day: state.day + 1, want: want(draw, top), wanted: state.wanted + state.want.value }
}

/** Seconds until so far into a phase of the day that is the buyer's, in hours after midnight. */
export function until(day: number, share: number, from: number, to: number, now: number): number {
  return Math.max(0, day * DAY + Math.floor(from * HOUR + share * (to - from) * HOUR) - now)
}
