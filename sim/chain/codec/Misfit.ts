/**
 * What the codec throws inside itself. Everything public makes a ChainError of it.
 */

/**
 * A value that does not fit its type, or data that is no encoding of it. It never leaves the codec,
 * which makes a ChainError of it; it is no Error, because trying overloads throws it away and a
 * stack would be the dearest part.
 */
export class Misfit {
  /** Where in the value, innermost first: `amount`, `[3]`. */
  readonly path: string[] = []
  readonly type: string
  readonly value: unknown
  /** A half sentence that goes after the type's name. */
  readonly why: string
  constructor(type: string, value: unknown, why: string) {
    this.type = type
    this.value = value
    this.why = why
  }
}

/** Adds a step to the path of a Misfit on its way out; anything else passes through. */
export function within(error: unknown, step: string): unknown {
  if (error instanceof Misfit) error.path.push(step)
  return error
}
