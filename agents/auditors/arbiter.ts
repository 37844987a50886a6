/**
 * The lab's auditor: judges each challenge by looking at all of the data. It upholds one against data that inform of
 * nothing, and one against data that are nearly those of an earlier data set which the evidence names.
 */
import { Behaviour, type Intent, Trait } from "mesocosm"
import { distance, informedness, phenomenonOf, signalsOf } from "../parts/signals.ts"

export const arbiter = Behaviour.make("arbiter", {
  needs: { registry: "IDataSetRegistry", stakes: "IListingStake" },
  senses: ["phenomenon"],
  watches: { stakes: ["Challenged"] },
  traits: {
    base: Trait.constant(0.7, { unit: "probability" }),
    threshold: Trait.constant(0.25, { unit: "informedness" }),
    same: Trait.constant(26, { unit: "signals" }),
    /** How often it errs, whatever the data say. */
    error: Trait.constant(0.02, { unit: "probability" }),
    /** What a verdict costs whoever pays it. */
    cost: Trait.constant(0n, { unit: "numeraire per verdict" })
  },
  init: () => ({ verdicts: 0, upheld: 0 }),
  wake: () => null,
  *act({ world, self, traits, state, draw, environment, events }) {
    const intents: Intent[] = []
    let upheld = 0
    for (const { args } of events) {
      const errs = draw.bernoulli(traits.error)
      const id = args["dataSet"] as bigint
      const content = signalsOf((yield* world.registry.read.dataSet(id)).locator)
      const named = BigInt(args["reason"] as string)
      const copied =
        named > 0n &&
        named - 1n < id &&
        distance(signalsOf((yield* world.registry.read.dataSet(named - 1n)).locator), content) < traits.same
      const guilty =
        (copied || informedness(content, phenomenonOf(environment.phenomenon, traits.base)) < traits.threshold) !== errs
      if (guilty) upheld += 1
      self.spend("verdicts", traits.cost)
      intents.push(world.stakes.tx.resolve(id, guilty))
    }
    return { intents, state: { verdicts: state.verdicts + intents.length, upheld: state.upheld + upheld } }
  },
  gauges: { verdicts: (state) => state.verdicts, upheld: (state) => state.upheld }
})
