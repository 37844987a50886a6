/** What changed since a baseline was recorded, of all that its runs rested on. */
import type { Baseline } from "./Baseline.ts"

/** One thing that is not what it was. */
export interface Change {
  readonly what: "Param" | "bytecode" | "population" | "code" | "KPI" | "mesocosm"
  /** The Param, the contract, the population, the function, the KPI. */
  readonly name: string
  /** Undefined where it was not there. */
  readonly before: string | undefined
  /** Undefined where it is gone. */
  readonly now: string | undefined
  /** Arms in which it changed; undefined where it belongs to none. */
  readonly arms: readonly string[] | undefined
}

/** Everything that differs, Params first. */
export function changesBetween(before: Baseline, now: Baseline): readonly Change[] {
  const arms = Object.keys(before.arms)
  const numeraire = now.numeraire ?? before.numeraire ?? "money"
  const inArms = (what: Change["what"], part: "params" | "contracts" | "populations"): readonly Change[] => {
    const found = new Map<string, Change & { readonly arms: readonly string[] }>()
    for (const arm of arms) {
      // An arm of which no run came to its end says nothing of what it rested on.
      if (Object.keys(now.arms[arm]?.params ?? {}).length === 0) continue
      for (const [name, then, current] of differing(before.arms[arm]?.[part] ?? {}, now.arms[arm]?.[part] ?? {})) {
        const key = JSON.stringify([name, then, current])
        const known = found.get(key)
        const [was, is] = [then, current].map((each) => (what === "Param" ? counted(each, numeraire) : each))
        found.set(key, { what, name, before: was, now: is, arms: [...(known?.arms ?? []), arm] })
      }
    }
    return [...found.values()]
  }
  const plain = (what: Change["what"], then: Words, current: Words): readonly Change[] =>
    differing(then, current).map(([name, a, b]) => ({ what, name, before: a, now: b, arms: undefined }))
  const declared = ({ kpis }: Baseline): Words =>
    Object.fromEntries(
      Object.entries(kpis).map(([name, { by, better, unit }]) => [
        name,
        `${better} is better, by ${by} ${unit === "money" ? numeraire : unit}`
      ])
    )
  return [
    ...inArms("Param", "params"),
    ...inArms("bytecode", "contracts"),
    ...inArms("population", "populations"),
    ...plain("code", before.code, now.code),
    ...plain("KPI", declared(before), declared(now)),
    ...plain("mesocosm", { version: before.mesocosm }, { version: now.mesocosm })
  ]
}

/** A Param's value with the name of what money is counted in. */
function counted(value: string | undefined, numeraire: string): string | undefined {
  return value?.replace(/ numeraire$/, () => ` ${numeraire}`)
}

type Words = { readonly [name: string]: string }

function differing(before: Words, now: Words): readonly (readonly [string, string | undefined, string | undefined])[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...names].flatMap((name) => {
    const [then, current] = [before[name], now[name]]
    return then === current ? [] : [[name, then, current] as const]
  })
}
