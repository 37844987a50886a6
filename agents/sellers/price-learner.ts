/**
 * Learns what to charge by charging it: each day one price of an even grid, by the upper confidence bound of what a day
 * at that price brings (UCB1: Auer, Cesa-Bianchi, Fischer 2002). It knows how many buyers pass, and nothing of what
 * they would pay.
 */
import { amountOf, Behaviour, DAY, type Draw, type Intent, Mathematics, Trait, WEEK, wholeUnits } from "mesocosm"

interface Arm {
  readonly tries: number
  /** Mean revenue of a day at this price, per buyer who passes, in the numeraire. */
  readonly mean: number
}

/** The price of an arm: the grid runs from nothing to the top. */
const priceOf = (arm: number, { grid, top }: { readonly grid: number; readonly top: number }): number =>
  (arm * top) / (grid - 1)

/** The arm of the greatest bound; one never tried comes first, from the middle outwards. */
function choose(arms: readonly Arm[], explore: number): number {
  const middle = (arms.length - 1) / 2
  const tries = arms.reduce((sum, arm) => sum + arm.tries, 0)
  let best = 0
  let bound = Number.NEGATIVE_INFINITY
  for (const [index, arm] of arms.entries()) {
    const value =
      arm.tries === 0
        ? 1e6 - Math.abs(index - middle)
        : arm.mean + explore * Math.sqrt(Mathematics.log(tries) / arm.tries)
    if (value > bound) [best, bound] = [index, value]
  }
  return best
}

function next(
  { arms }: { readonly arms: readonly Arm[] },
  traits: { readonly explore: number; readonly policy: "learnt" | "lot" | "first"; readonly grid: number },
  draw: Draw
): number {
  const any = draw.integer(0, traits.grid - 1)
  if (traits.policy === "lot") return any
  return traits.policy === "first" ? traits.grid - 1 - Math.floor(traits.grid / 4) : choose(arms, traits.explore)
}

export const priceLearner = Behaviour.make("price-learner", {
  needs: { posted: "IPostedPrice" },
  traits: {
    grid: Trait.constant(21, { unit: "prices" }),
    top: Trait.constant(1, { unit: "numeraire per copy" }),
    audience: Trait.constant(120, { unit: "buyers per day" }),
    /** Weight of what is not known: about the deviation of a day's revenue per buyer. */
    explore: Trait.constant(0.03, { unit: "numeraire per buyer" }),
    /** `learnt`: by the bounds; `lot`: any price with equal chance; `first`: always about three quarters of the top. */
    policy: Trait.oneOf(["learnt", "lot", "first"], { unit: "how it chooses" }),
    learns: Trait.constant(true, { unit: "whether it learns" })
  },
  deviations: { "explores twice as much": { explore: 0.06 }, "explores not at all": { explore: 0 } },
  init: ({ traits }) => ({
    arms: Array.from({ length: traits.grid }, (): Arm => ({ tries: 0, mean: 0 })),
    day: 0,
    /** The arm that is posted; none before it listed. */
    arm: -1,
    /** Revenue of the offer when the arm was posted, in the numeraire. */
    seen: 0,
    listed: false,
    near: 0,
    days: 0
  }),
  learns: {
    carries: ({ arms }) => ({ arms, day: 0, arm: -1, seen: 0, listed: false, near: 0, days: 0 }),
    frozen: { explore: 0, learns: false },
    against: { "prices by lot": { policy: "lot" }, "its first guess": { policy: "first" } }
  },
  wake: ({ state, now }) => state.day * DAY - now,
  *act({ world, self, traits, state, draw }) {
    const { posted } = world
    if (!state.listed) {
      const arm = next(state, traits, draw)
      const intents = [posted.tx.list(self.data(), amountOf(priceOf(arm, traits)), self.address)]
      return { intents, state: { ...state, day: 1, arm, listed: true } }
    }
    const seen = wholeUnits(yield* posted.read.revenueOf(0n))
    const earned = (seen - state.seen) / traits.audience
    const arms = traits.learns
      ? state.arms.map((arm, index) =>
          index === state.arm ? { tries: arm.tries + 1, mean: arm.mean + (earned - arm.mean) / (arm.tries + 1) } : arm
        )
      : state.arms
    const arm = next({ arms }, traits, draw)
    const intents: Intent[] = arm === state.arm ? [] : [posted.tx.setPrice(0n, amountOf(priceOf(arm, traits)))]
    const due = state.day % (WEEK / DAY) === 0 ? yield* posted.read.creditOf(self.address) : 0n
    if (due > 0n) intents.push(posted.tx.withdraw(self.address))
    const near = Math.abs(priceOf(state.arm, traits) / traits.top - 0.5) <= 0.1 ? 1 : 0
    return {
      intents,
      state: { ...state, arms, arm, seen, day: state.day + 1, days: state.days + 1, near: state.near + near }
    }
  },
  gauges: {
    days: (state) => state.days,
    /** Days on which its price was within a tenth of the top from half of it. */
    near: (state) => state.near
  }
})
