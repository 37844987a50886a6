/**
 * A question to a chain, written `yield* question` in a generator. One loop serves chains that
 * answer at once and chains that answer later: on the first kind a Step is answered when it is
 * made and its iterator is done at its first `next`; on the second it suspends exactly once.
 *
 * A Step that was made and never taken is a mistake (somebody forgot `yield*`); `Untaken` counts
 * them so that both kinds of chain report it alike.
 */
import { ScenarioError } from "../Errors.ts"

declare const kind: unique symbol

/** What a suspended generator yields: the driver answers it. Only this file makes one. */
export interface Ask {
  readonly [kind]: "ask"
  /** Settles with what `yield*` shall return, or with what it shall throw. */
  answer(): Promise<unknown>
}

/** A question whose answer is an `A`; taken by `yield*`. */
export interface Step<out A> {
  readonly [kind]: "step" | "read"
  // biome-ignore lint/suspicious/noExplicitAny: what a driver sends back is not known to the type system
  [Symbol.iterator](): Iterator<Ask, A, any>
}

/** A read of a contract or of the chain: changes nothing. */
export interface Read<out A> extends Step<A> {
  readonly [kind]: "read"
}

/** A generator that asks: what `act`, `setup` and the engine's own loop are. */
// biome-ignore lint/suspicious/noExplicitAny: what a driver sends back is not known to the type system
export type Asking<A> = Generator<Ask, A, any>

/** Counts Steps made and not taken. One per run. */
export class Untaken {
  count = 0

  /**
   * Call when an asker has returned.
   * @throws ScenarioError LazyStep when a Step was made and not taken.
   */
  check(where: string): void {
    if (this.count === 0) return
    this.count = 0
    throw new ScenarioError({
      reason: "LazyStep",
      message: `${where} made a read, deploy or send and did not take its answer`,
      fix: "Write yield* before the read, deploy or send."
    })
  }
}

class Answered<A> {
  readonly done = true
  readonly value: A
  readonly #untaken: Untaken
  constructor(value: A, untaken: Untaken) {
    this.value = value
    this.#untaken = untaken
    untaken.count++
  }
  [Symbol.iterator](): this {
    this.#untaken.count--
    return this
  }
  next(): this {
    return this
  }
  map<B>(f: (value: A) => B): Answered<B> | Failed {
    this.#untaken.count--
    try {
      return new Answered(f(this.value), this.#untaken)
    } catch (error) {
      return new Failed(error, this.#untaken)
    }
  }
}

class Failed {
  readonly #error: unknown
  readonly #untaken: Untaken
  constructor(error: unknown, untaken: Untaken) {
    this.#error = error
    this.#untaken = untaken
    untaken.count++
  }
  [Symbol.iterator](): this {
    this.#untaken.count--
    return this
  }
  next(): never {
    throw this.#error
  }
  map(): this {
    return this
  }
}

class Suspended<A> {
  readonly #ask: () => Promise<A>
  readonly untaken: Untaken
  #asked = false
  #answer: unknown
  constructor(ask: () => Promise<A>, untaken: Untaken) {
    this.#ask = ask
    this.untaken = untaken
    untaken.count++
  }
  [Symbol.iterator](): this {
    this.untaken.count--
    return this
  }
  next(value?: unknown): { readonly done: boolean; readonly value: unknown } {
    if (!this.#asked) {
      this.#asked = true
      return { done: false, value: this }
    }
    // Kept, so that a Step taken twice gives the same answer twice, as on a chain that answers at once.
    if (value !== undefined) this.#answer = value
    return { done: true, value: this.#answer }
  }
  /** What `yield*` hands the driver's `throw` on to: there was no answer. */
  throw(error: unknown): never {
    throw error
  }
  answer(): Promise<A> {
    return this.#ask()
  }
  map<B>(f: (value: A) => B): Suspended<B> {
    const { untaken } = this
    untaken.count--
    return new Suspended(async () => f(await this.#ask()), untaken)
  }
}

/** A Step whose answer is known already. */
export function answered<A>(value: A, untaken: Untaken): Read<A> {
  // The brand exists in types only.
  return new Answered(value, untaken) as unknown as Read<A>
}

/** A Step that throws where it is taken. */
export function failed(error: unknown, untaken: Untaken): Read<never> {
  return new Failed(error, untaken) as unknown as Read<never>
}

/** A Step that suspends once; `ask` is called when the driver answers it. */
export function suspended<A>(ask: () => Promise<A>, untaken: Untaken): Read<A> {
  return new Suspended(ask, untaken) as unknown as Read<A>
}

/** The Step that answers with what `f` makes of this one's answer; this one counts as taken. */
export function mapped<A, B>(step: Step<A>, f: (value: A) => B): Read<B> {
  // Every Step is one of the three classes above.
  return (step as unknown as { map(f: (value: A) => B): unknown }).map(f) as Read<B>
}

/**
 * The Step that an asking generator makes: on a chain that answers at once it is done when it is made, on one that
 * answers later it suspends once, whatever it asks for on its way.
 */
export function stepOf<A>(asking: Asking<A>, untaken: Untaken): Step<A> {
  try {
    const first = asking.next()
    if (first.done === true) return answered(first.value, untaken)
    return suspended(() => driveFrom(asking, first), untaken)
  } catch (error) {
    return failed(error, untaken)
  }
}

/** Runs an asking generator on a chain that answers at once. */
export function driveSync<A>(asking: Asking<A>): A {
  const step = asking.next()
  if (step.done !== true) throw new Error("a chain that answers at once suspended: this is a bug in mesocosm")
  return step.value
}

/** Runs an asking generator on a chain that answers later. */
export async function driveAsync<A>(asking: Asking<A>): Promise<A> {
  return driveFrom(asking, asking.next())
}

async function driveFrom<A>(asking: Asking<A>, first: IteratorResult<Ask, A>): Promise<A> {
  let step = first
  while (step.done !== true) {
    let answer: unknown
    try {
      answer = await step.value.answer()
    } catch (error) {
      step = asking.throw(error)
      continue
    }
    step = asking.next(answer)
  }
  return step.value
}
