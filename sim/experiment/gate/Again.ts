/**
 * Recorded runs, made again. On seeds of its own a check has two samples that are not paired, and these say little: of
 * what did not change most such checks are undecided, some call a KPI worse by chance. But a run is determined by what
 * it rests on. So where nothing changed of all that a baseline records of that, recorded seeds are run again, and their
 * digests answer what fresh seeds cannot: whether it is still the same economy.
 *
 * How many is a matter of what they are to outweigh:
 * - *undecided* says nothing against the code, and two seeds of every arm are asked: a change of what is called in other
 *   files, which no record shows, moves the digest of nearly every run that it touches;
 * - *fails* is a statement against the code, and every recorded seed is asked: then the paired check, the sharper of the
 *   two, has been made after all and found no difference at all, so that what was called worse is the luck of one of
 *   the two sets of seeds. To let it stand would fail every later check against a baseline whose seeds were lucky, far
 *   more often than is stated. The rate of false alarms can only fall by this: nothing is called worse that was not.
 *
 * A claim that breaks, or a run that fails, on a fresh seed is a fact about the economy and no estimate: it stands.
 */
import { Draw } from "../../kernel/Draw.ts"
import { Stream } from "../../kernel/Stream.ts"
import { seedsOf } from "../Planning.ts"
import type { Baseline } from "./Baseline.ts"
import { isAgain, type Judged } from "./Judge.ts"
import type { Runs, RunsAsked } from "./Record.ts"

/** What came of recorded runs that were made again; plain data. */
export interface Again {
  /** Recorded seeds that were run again, in every arm, in their order. */
  readonly seeds: readonly number[]
  /** *same*: all left the recorded digests and KPIs; *differ*: some did not; *unfinished*: time was up before they were through. */
  readonly says: "same" | "differ" | "unfinished"
  /** Those that did not. */
  readonly differing: readonly { readonly arm: string; readonly seed: number }[]
}

/** Seeds of each arm that answer for what is undecided. */
const FEW = 2

/** Whether recorded runs should be asked: the seeds are others, and some KPI is not kept by them. */
export function isDoubtful({ paired, kpis }: Judged): boolean {
  return !paired && kpis.some(({ says }) => says !== "passes")
}

/** Makes recorded runs again, as many as what was judged asks for; undefined where no recorded run has a digest. */
export async function runAgain(
  baseline: Baseline,
  judged: Judged,
  { runs, ...asked }: Omit<RunsAsked, "seeds"> & { readonly runs: Runs }
): Promise<Again | undefined> {
  const all = seedsOf(baseline.seeds)
  const digestOf = (arm: string, seed: number) => baseline.arms[arm]?.digests[seed - baseline.seeds.from] ?? null
  const known = all.filter((seed) => asked.arms.every((arm) => digestOf(arm, seed) !== null))
  if (known.length === 0) return undefined
  const seeds = judged.kpis.some(({ says }) => says === "fails") ? known : few(known, baseline, judged.seeds[0] ?? 0)
  await runs.make({ ...asked, seeds })
  const differing = asked.arms.flatMap((arm) => {
    const now = runs.of(arm, seeds, Object.keys(baseline.kpis))
    return seeds.flatMap((seed, at) =>
      runs.has([arm], seed) && !isAgain(baseline, arm, seed, now, at) ? [{ arm, seed }] : []
    )
  })
  const through = seeds.every((seed) => runs.has(asked.arms, seed))
  return { seeds, says: differing.length > 0 ? "differ" : through ? "same" : "unfinished", differing }
}

/**
 * Two of the recorded seeds, drawn by a stream that is named for the scenario and the check's first seed: the same check
 * asks the same two, and checks on other seeds come upon others.
 */
function few(known: readonly number[], { scenario }: Baseline, first: number): readonly number[] {
  const draw = new Draw(Stream.open(`gate/${scenario}/again/${first}`))
  const drawn = draw.shuffle(known).slice(0, FEW)
  return drawn.sort((a, b) => a - b)
}

/** What was judged, where the recorded runs came again: every KPI passes, and keeps what its own seeds said of it. */
export function cleared(judged: Judged): Judged {
  const kpis = judged.kpis.map((each) =>
    each.says === "passes" ? each : { ...each, says: "passes" as const, onItsSeeds: each.says }
  )
  const harmed = judged.arms.some(({ failed, broken }) => failed.length > 0 || broken.length > 0)
  return { ...judged, says: harmed ? "fails" : "passes", kpis }
}
