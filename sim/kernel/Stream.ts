/**
 * Named random streams, each an Alea generator of its own, seeded by its name.
 *
 * Invariant: what a stream gives depends on its name and on how often it was asked, and on nothing
 * else. A new consumer opens a new stream and shifts nobody else's numbers.
 *
 * Alea is by Johannes Baagøe (2010), as `seedrandom` ships it: 96 bits of state, exact operations
 * only, so it gives the same numbers in every engine. It is not for secrets.
 */

import alea, { type Alea } from "seedrandom/lib/alea.js"

/** A stream as plain data: its name and the position of its generator. */
export interface StreamState {
  readonly name: string
  readonly c: number
  readonly s0: number
  readonly s1: number
  readonly s2: number
}

/** One named source of random numbers. */
export class Stream {
  readonly name: string
  readonly #alea: Alea

  private constructor(name: string, generator: Alea) {
    this.name = name
    this.#alea = generator
  }

  /** Opens the stream of this name at its beginning. */
  static open(name: string): Stream {
    return new Stream(name, alea(name, { state: true }))
  }

  /** A stream that goes on exactly as the saved one. */
  static restore(state: StreamState): Stream {
    return new Stream(state.name, alea(state.name, { state }))
  }

  /** The next 32-bit fraction: a multiple of 2^−32 in [0, 1). */
  next(): number {
    return this.#alea()
  }

  /** The next 53-bit fraction: a multiple of 2^−53 in [0, 1), made of two 32-bit ones. */
  double(): number {
    return this.#alea.double()
  }

  /** The name and the position, as plain data. */
  save(): StreamState {
    const { c, s0, s1, s2 } = this.#alea.state()
    return { name: this.name, c, s0, s1, s2 }
  }
}

/** One stream of a run, with the two parts of its name. */
export interface StreamEntry {
  readonly agent: string
  readonly purpose: string
  readonly state: StreamState
}

/** The streams of a run as plain data, sorted by name in code-unit order. */
export interface StreamsState {
  readonly root: string
  readonly streams: readonly StreamEntry[]
}

/**
 * The streams of one run, named `root/agent/purpose`; `root` is what tells runs apart (the seed).
 *
 * A purpose holds no `/`, so that no two pairs of agent and purpose share a name.
 */
export class Streams {
  readonly root: string
  // By agent, then by purpose: asking again builds no string.
  readonly #agents = new Map<string, Map<string, Stream>>()

  constructor(root: string) {
    this.root = root
  }

  /** The stream of this agent for this purpose, opened when first asked for; RangeError if the purpose holds a `/`. */
  get(agent: string, purpose: string): Stream {
    const known = this.#agents.get(agent)?.get(purpose)
    if (known !== undefined) return known
    if (purpose.includes("/")) {
      throw new RangeError(`the purpose of a stream holds no "/", and "${purpose}" does`)
    }
    return this.#keep(agent, purpose, Stream.open(`${this.root}/${agent}/${purpose}`))
  }

  /** Every opened stream with its position, as plain data; equal runs give equal data. */
  save(): StreamsState {
    const streams: StreamEntry[] = []
    for (const [agent, purposes] of this.#agents) {
      for (const [purpose, stream] of purposes) streams.push({ agent, purpose, state: stream.save() })
    }
    // Names are unique, so the order is total; code units, since a locale differs between machines.
    streams.sort((a, b) => (a.state.name < b.state.name ? -1 : 1))
    return { root: this.root, streams }
  }

  /** Streams that go on exactly as the saved ones; those not yet opened begin at their beginning. */
  static restore(state: StreamsState): Streams {
    const streams = new Streams(state.root)
    for (const entry of state.streams) streams.#keep(entry.agent, entry.purpose, Stream.restore(entry.state))
    return streams
  }

  #keep(agent: string, purpose: string, stream: Stream): Stream {
    let purposes = this.#agents.get(agent)
    if (purposes === undefined) {
      purposes = new Map()
      this.#agents.set(agent, purposes)
    }
    purposes.set(purpose, stream)
    return stream
  }
}
