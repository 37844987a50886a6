/**
 * What of a scenario is code: hashes of the functions it is declared with, so that a check can say which of them changed.
 * A function is known by its own text in one form (`SourceText`), so that comments and spaces are no change, nor who
 * loaded it; what it calls elsewhere is not seen.
 */
import { keccakText } from "../../chain/codec/Keccak.ts"
import { resolve } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import type { Sets } from "../../store/ExperimentManifest.ts"
import { canonical } from "../../store/SourceText.ts"

/** Part to the first eight bytes of its hash: `setup`, `behaviour vehicle-owner`, `metric sybilShare`, `check …`. */
export function partsOf(scenario: Scenario, arms: readonly string[], set: Sets): { readonly [part: string]: string } {
  const parts = new Map<string, unknown>([
    ["setup", scenario.setup],
    ["populations", scenario.populations],
    ["environment", scenario.environment],
    ["numeraire", scenario.numeraire],
    ["gas", scenario.gas],
    ["capital", scenario.capital]
  ])
  for (const { name, sample } of scenario.metrics) parts.set(`metric ${name}`, sample)
  // How a run's samples become its value; said where it is not the last of them.
  const readings = new Map(scenario.metrics.map(({ name, over }) => [`metric ${name}`, over === "last" ? "" : over]))
  for (const { claim, holds } of scenario.checks) parts.set(`check ${claim}`, holds)
  for (const arm of arms) {
    const { values } = resolve(scenario, { arm, seed: 0, set })
    for (const { behaviour } of Object.values(scenario.populations({ params: values }))) {
      parts.set(`behaviour ${behaviour.name}`, behaviour)
    }
  }
  const functions = [...parts].flatMap(([name, part]) => functionsOf(part).map((each) => ({ name, ...each })))
  const texts = canonical(functions.map(({ text }) => text))
  return Object.fromEntries(
    [...parts.keys()].map((name) => {
      const own = functions.flatMap((each, at) => (each.name === name ? [`${each.key}:${texts[at]}`] : []))
      return [name, keccakText(own.join("\n") + (readings.get(name) ?? "")).slice(0, 18)]
    })
  )
}

/** The texts of the functions in a value, in the order of its keys. */
function functionsOf(part: unknown): readonly { readonly key: string; readonly text: string }[] {
  if (typeof part === "function") return [{ key: "", text: String(part) }]
  if (typeof part !== "object" || part === null) return []
  return Object.entries(part)
    .filter(([, value]) => typeof value === "function")
    .map(([key, value]) => ({ key, text: String(value) }))
}
