/**
 * Scores what is contributed to a quality pool: looks at a part of it, against what it can observe itself, and gives
 * nothing for what it has seen before in the same edition. The pool's owner pays for its time.
 */
import { amountOf, Behaviour, type Hex, type Intent, Trait } from "mesocosm"
import { distance, informedness, phenomenonOf, signalsOf, someOf } from "../parts/signals.ts"

export const qualityCurator = Behaviour.make("quality-curator", {
  needs: { registry: "IDataSetRegistry", scoring: "IQualityPool" },
  senses: ["phenomenon"],
  watches: { scoring: ["Contributed"] },
  traits: {
    base: Trait.constant(0.7, { unit: "probability" }),
    /** It observes a share of 1 / 2^halvings of the signals itself. */
    halvings: Trait.constant(2, { unit: "halvings" }),
    same: Trait.constant(26, { unit: "signals" }),
    /** What it finds less informative is worth nothing: chance alone may look like this. */
    floor: Trait.constant(0.25, { unit: "informedness" }),
    cost: Trait.constant(0n, { unit: "numeraire per score" })
  },
  init: () => ({ seed: 0, seen: [] as readonly Hex[], scored: 0 }),
  wake: () => null,
  *act({ world, self, traits, state, draw, environment, events }) {
    const seed = environment.phenomenon
    let seen = seed === state.seed ? state.seen : []
    const intents: Intent[] = []
    for (const { args } of events) {
      const among = someOf(traits.halvings, draw)
      const [registered, id] = yield* world.registry.read.find(args["dataHash"] as Hex)
      if (!registered) continue
      const { locator } = yield* world.registry.read.dataSet(id)
      const content = signalsOf(locator)
      const known = seen.some((other) => distance(signalsOf(other), content) < traits.same)
      const informs = informedness(content, phenomenonOf(seed, traits.base), among)
      const quality = known || informs < traits.floor ? 0 : informs
      if (!known) seen = [...seen, locator]
      self.spend("scoring", traits.cost)
      intents.push(world.scoring.tx.score(args["contribution"] as bigint, amountOf(quality)))
    }
    return { intents, state: { seed, seen, scored: state.scored + intents.length } }
  },
  gauges: { scored: (state) => state.scored }
})
