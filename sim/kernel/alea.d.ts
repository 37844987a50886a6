/** What `seedrandom` ships without types: Alea, and its saved position. */
declare module "seedrandom/lib/alea.js" {
  /** The position of a generator: three fractions of 32 bits and a carry. */
  export interface AleaState {
    readonly c: number
    readonly s0: number
    readonly s1: number
    readonly s2: number
  }
  /** A generator; called, it gives a multiple of 2^−32 in [0, 1). */
  export interface Alea {
    (): number
    /** A multiple of 2^−53 in [0, 1). */
    double(): number
    state(): AleaState
  }
  export default function alea(seed: string, options: { readonly state: true | AleaState }): Alea
}
