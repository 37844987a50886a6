/** What a change of Params did to each metric, seed by seed: shown, not judged. */
import { counted } from "../format/Quantity.ts"
import { mean } from "../run/Mean.ts"

/** A run's metrics, and its seed. */
export interface Valued {
  readonly seed: number
  readonly metrics: { readonly [metric: string]: number }
}

/** A metric in two sets of runs. */
export interface Effect {
  /** Mean of the one; undefined without a value. */
  readonly before: number | undefined
  readonly after: number | undefined
  /** Mean of the differences of seeds that both have. */
  readonly difference: number | undefined
  readonly pairs: number
  /** Of the pairs, how many went up, and how many down. */
  readonly up: number
  readonly down: number
}

/**
 * Which way the pairs went: `up`, `down in each of 3 seeds`; empty where none moved. Never *better* or *worse*: those are
 * verdicts, which a handful of runs without an interval does not give.
 */
export function ways({ pairs, up, down }: Effect): string {
  if (up + down === 0) return ""
  if (pairs === 1) return up === 1 ? "up" : "down"
  if (up === pairs || down === pairs) return `${up === pairs ? "up" : "down"} in each of ${counted(pairs, "seed")}`
  return `up in ${up} and down in ${down} of ${counted(pairs, "seed")}`
}

/** The effect on a metric of going from `before` to `after`. */
export function effectOn(metric: string, before: readonly Valued[], after: readonly Valued[]): Effect {
  const valuesOf = (runs: readonly Valued[]): readonly number[] => runs.flatMap(({ metrics }) => metrics[metric] ?? [])
  const differences = after.flatMap(({ seed, metrics }) => {
    const [here, there] = [metrics[metric], before.find((run) => run.seed === seed)?.metrics[metric]]
    return here === undefined || there === undefined ? [] : [here - there]
  })
  return {
    before: mean(valuesOf(before)),
    after: mean(valuesOf(after)),
    difference: mean(differences),
    pairs: differences.length,
    up: differences.filter((each) => each > 0).length,
    down: differences.filter((each) => each < 0).length
  }
}
