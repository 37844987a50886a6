/**
 * A scenario in which single agents differ from what the file declares: other traits, another state to begin with.
 *
 * Invariant: everybody else, and every stream, is as before, so that a run pairs by seed with one of the scenario
 * as declared; and the difference stands in the RunSpec, so that equal specs still give equal digests.
 */
import { keccakText } from "../chain/codec/Keccak.ts"
import { ScenarioError } from "../Errors.ts"
import { canonical, toText } from "../run/Plain.ts"
import type { Different } from "../scenario/Population.ts"
import type { Scenario } from "../scenario/Scenario.ts"

/** An agent by its population and its place there. */
export interface Subject {
  readonly population: string
  readonly place: number
}

/** The id of the subject's agent. */
export function agentId({ population, place }: Subject): string {
  return `${population}/${place}`
}

/** Who differs, and how: plain data. */
export interface Variant {
  readonly subject: Subject
  readonly different: Different
}

/** The scenario with one agent made different, over what an earlier variant changed. @throws ScenarioError MalformedDeclaration for a trait it does not have. */
export function variant(scenario: Scenario, { subject, different }: Variant): Scenario {
  const { population: name, place } = subject
  const id = agentId(subject)
  const written: { [what: string]: string } = {}
  for (const [trait, value] of Object.entries(different.traits ?? {})) written[trait] = toText(value)
  if (different.state !== undefined) written["state"] = keccakText(canonical(different.state))
  return {
    ...scenario,
    different: { ...scenario.different, [id]: { ...scenario.different?.[id], ...written } },
    populations(at) {
      const populations = scenario.populations(at)
      const population = populations[name]
      if (population === undefined) return populations
      for (const trait of Object.keys(different.traits ?? {})) {
        if (!Object.hasOwn(population.behaviour.traits, trait)) throw unknownTrait(population.behaviour.name, trait)
      }
      const before = population.agents?.[place]
      const now = { ...before, ...different, traits: { ...before?.traits, ...different.traits } }
      return { ...populations, [name]: { ...population, agents: { ...population.agents, [place]: now } } }
    }
  }
}

function unknownTrait(behaviour: string, trait: string): ScenarioError {
  return new ScenarioError({
    reason: "MalformedDeclaration",
    message: `${behaviour} is to be tried with the trait "${trait}", which it does not have`,
    fix: `Mend the deviations and learns of ${behaviour}.`,
    offending: { name: "trait", value: trait }
  })
}
