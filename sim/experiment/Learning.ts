/**
 * Learning: does an agent that learns earn more than one that does not? The first agent of its population is trained
 * over training seeds, what it learnt carried from run to run; then, frozen, it is raced on held-out seeds against
 * itself under each set of traits it must beat, paired by seed, everybody else as declared.
 *
 * Training and held-out seeds never meet: a learner that had seen the runs it is judged on would prove nothing.
 */
import { ScenarioError } from "../Errors.ts"
import type { BehaviourRuntime, LearnsRuntime } from "../scenario/Behaviour.ts"
import type { Different } from "../scenario/Population.ts"
import { type Interval, pairedT } from "../stats/PairedT.ts"
import { drawn, each, type Finish, type Leg, populationsOf, race, races, type Track } from "./Race.ts"
import type { Subject } from "./Variant.ts"

/** On which seeds. */
export interface LearningDesign {
  /** One episode each, in this order. */
  readonly training: readonly number[]
  /** Never trained on. */
  readonly heldOut: readonly number[]
  /** After so many episodes the learner is tried, frozen, on the first held-out seeds; never when left out. */
  readonly checkpointEvery?: number
  /** Held-out seeds of a checkpoint; 3 when left out. */
  readonly checkpointSeeds?: number
}

/** How many runs `learning` makes. */
export function learningRuns(track: Track, design: LearningDesign): number {
  const { training, heldOut } = design
  const tries = checkpointsOf(design).length * Math.min(heldOut.length, design.checkpointSeeds ?? CHECKPOINT_SEEDS)
  let runs = 0
  for (const [, , { against }] of learnersOf(track)) {
    runs += training.length + tries + heldOut.length * (1 + Object.keys(against).length)
  }
  return runs
}

const CHECKPOINT_SEEDS = 3

/** Episodes after which the learner is tried; its end is tried anyway. */
function checkpointsOf({ training, checkpointEvery }: LearningDesign): readonly number[] {
  if (checkpointEvery === undefined) return []
  return training.flatMap((_, at) => (at > 0 && at % checkpointEvery === 0 ? [at] : []))
}

/** Populations that have agents of a behaviour that learns. */
function learnersOf(track: Track): readonly (readonly [string, BehaviourRuntime, LearnsRuntime])[] {
  return Object.entries(populationsOf(track)).flatMap(([population, { behaviour, count }]) =>
    count > 0 && behaviour.learns !== undefined ? [[population, behaviour, behaviour.learns] as const] : []
  )
}

/** A point of the learning curve. */
export interface Checkpoint {
  /** Training episodes so far. */
  readonly episodes: number
  /** Profit of the frozen learner, over the checkpoint's held-out seeds. */
  readonly profit: Interval
}

/** The learner against one it must beat. */
export interface Contest {
  readonly opponent: string
  /** The opponent's own profit. */
  readonly profit: Interval
  /** Learner's profit less the opponent's, paired by held-out seed, in the numeraire. */
  readonly effect: Interval
  /** Whether the whole interval lies above zero. */
  readonly beaten: boolean
}

/** What came of one learner. */
export interface Learnt {
  readonly population: string
  readonly behaviour: string
  /** Profit of each training episode, exploring, in the numeraire. */
  readonly episodes: readonly number[]
  readonly checkpoints: readonly Checkpoint[]
  /** Profit of the frozen learner on the held-out seeds. */
  readonly profit: Interval
  readonly contests: readonly Contest[]
  /** Whether it beat all it must beat: only then is it called a learner. */
  readonly learns: boolean
  /** The state that training ended with: give it to `variant` to go on from there. */
  readonly state: unknown
}

/**
 * Trains and judges every learner that has agents.
 * @throws ScenarioError Usage when a seed is both trained on and held out, or there are none; Interrupted; what a run threw.
 */
export async function learning(track: Track, design: LearningDesign): Promise<readonly Learnt[]> {
  const { training, heldOut } = design
  const both = heldOut.find((seed) => training.includes(seed))
  if (both !== undefined || training.length === 0 || heldOut.length === 0) {
    throw new ScenarioError({
      reason: "Usage",
      message:
        both === undefined
          ? "learning needs seeds to train on and others held out"
          : `seed ${both} is both trained on and held out`,
      fix: "Give training seeds and held-out seeds that have none in common.",
      offending: { name: "seeds", value: String(both ?? "") }
    })
  }
  return each(track, learnersOf(track), ([population, behaviour, learns]) =>
    learnt(track, design, { population, place: 0 }, behaviour, learns)
  )
}

async function learnt(
  track: Track,
  design: LearningDesign,
  subject: Subject,
  behaviour: BehaviourRuntime,
  { carries, frozen, against }: LearnsRuntime
): Promise<Learnt> {
  const { training, heldOut, checkpointSeeds = CHECKPOINT_SEEDS } = design
  const due = new Set(checkpointsOf(design))
  const { population } = subject
  let state: unknown
  const episodes: number[] = []
  const checkpoints: Checkpoint[] = []
  const leg = (kind: string, different: Different): Leg => ({
    kind: `${population}: ${kind}`,
    variant: { subject, different },
    subjects: [subject]
  })
  const tried = async (traits: LearnsRuntime["frozen"], kind: string): Promise<readonly number[]> =>
    profitsOf(await races(track, leg(kind, { traits, state }), { seeds: heldOut }))
  const audited = drawn(`${population}: training`, training)
  for (const [at, seed] of training.entries()) {
    const says = `${population}: training, episode ${at + 1} of ${training.length}`
    // Each episode waits for the one before it, and nothing else of this learner can be done meanwhile.
    const heat = { seed, says, first: true, audit: seed === audited }
    const [finish] = await race(track, leg("training", { state }), heat)
    episodes.push(finish?.profit ?? 0)
    state = carries(finish?.state)
    const done = at + 1
    if (due.has(done)) {
      const seeds = heldOut.slice(0, checkpointSeeds)
      const tries = await races(track, leg(`after ${done} episodes`, { traits: frozen, state }), { seeds, first: true })
      checkpoints.push({ episodes: done, profit: pairedT(profitsOf(tries)) })
    }
  }
  const [own = [], ...others] = await each(
    track,
    [["what it learnt", frozen] as const, ...Object.entries(against)],
    ([kind, traits]) => tried(traits, kind)
  )
  const contests = Object.keys(against).map((opponent, nth): Contest => {
    const profits = others[nth] ?? []
    const effect = pairedT(own.map((profit, at) => profit - (profits[at] ?? 0)))
    return { opponent, profit: pairedT(profits), effect, beaten: effect.low > 0 }
  })
  checkpoints.push({ episodes: training.length, profit: pairedT(own) })
  return {
    population,
    behaviour: behaviour.name,
    episodes,
    checkpoints,
    profit: pairedT(own),
    contests,
    learns: contests.length > 0 && contests.every(({ beaten }) => beaten),
    state
  }
}

/** By seed, the profit of the one subject. */
function profitsOf(finishes: readonly (readonly Finish[])[]): readonly number[] {
  return finishes.map(([finish]) => finish?.profit ?? 0)
}
