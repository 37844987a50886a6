/** Looks at an action map with both ABIs at hand, at set-up, before any agent would stumble over it. */
import type { AbiCodec } from "../chain/codec/Codec.ts"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import type { Adapted } from "../scenario/Adapter.ts"
import { rehearse } from "./Rehearsal.ts"

/**
 * Every verb is one of the interface's, and a function that is named takes what the verb is given; a
 * function that acts is tried (`Rehearsal`).
 * @throws ScenarioError WorldLacks.
 */
export function checkMap(
  { need, verbs }: Adapted,
  ours: AbiCodec,
  deployed: { readonly name: string; readonly codec: AbiCodec }
): void {
  const { name, codec: theirs } = deployed
  for (const mapped of verbs) {
    const { kind, verb, fn } = mapped
    const of = (codec: AbiCodec, called: string): readonly string[] =>
      (codec.overloads.get(called) ?? [])
        .filter(({ mutates }) => mutates === (kind === "tx"))
        .map(({ signature }) => signature.slice(signature.indexOf("(")))
    const given = of(ours, verb)
    if (given.length === 0) {
      const known = [...ours.overloads]
        .filter(([, all]) => all.some(({ mutates }) => mutates === (kind === "tx")))
        .map(([each]) => each)
      const near = nearest(verb, known)
      throw misfit(
        verb,
        `the action map of ${name} has "${verb}", which ${need} does not ${kind === "tx" ? "do" : "read"}`,
        near === undefined ? `Map one of ${known.join(", ")}.` : `Did you mean ${near}?`
      )
    }
    if (fn === undefined) {
      const found = kind === "tx" ? rehearse(mapped, ours, deployed) : undefined
      if (found !== undefined) throw misfit(verb, `the action map of ${name}: "${verb}" ${found.says}`, found.fix)
      continue
    }
    const taken = of(theirs, fn)
    if (given.some((each) => taken.some((other) => alike(each) === alike(other)))) continue
    const call = kind === "tx" ? `at.tx.${fn}(…)` : `at.read.${fn}(…)`
    throw misfit(
      verb,
      `the action map says "${verb}" is ${name}.${fn}, which takes ${taken.join(" or ")} and would be given ${given.join(" or ")}`,
      `Say what it is given: ${verb}: (at, …) => ${call}.`
    )
  }
}

/** Whole numbers of any width are one: a value that does not fit is named when it comes. */
function alike(parameters: string): string {
  return parameters.replaceAll(/\b(u?int)\d+/g, "$1")
}

function misfit(verb: string, message: string, fix: string): ScenarioError {
  return new ScenarioError({ reason: "WorldLacks", message, fix, offending: { name: verb, value: verb } })
}
