/** Where two pieces of plain data part, in words a person can follow. */

/** One place at which what was published is not what came again. */
export interface Difference {
  readonly where: string
  readonly published: string
  readonly again: string
}

/** Members by which the items of a list are known, the first that they have. */
const NAMES = ["name", "arm", "metric", "kpi", "claim", "population", "key", "param", "hash", "index", "point"] as const

/** All places at which two values part; numbers are the same to the last bit, a member that is undefined is none. */
export function differencesOf(published: unknown, again: unknown, where: string): readonly Difference[] {
  const found: Difference[] = []
  compare(published, again, where, found)
  return found
}

function compare(one: unknown, other: unknown, where: string, found: Difference[]): void {
  if (Object.is(one, other)) return
  if (Array.isArray(one) && Array.isArray(other)) {
    for (let at = 0; at < Math.max(one.length, other.length); at++) {
      compare(one[at], other[at], `${where} › ${labelOf(one[at] ?? other[at], at)}`, found)
    }
    return
  }
  if (isRecord(one) && isRecord(other) && !Array.isArray(one) && !Array.isArray(other)) {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      compare(member(one, name), member(other, name), `${where} › ${name}`, found)
    }
    return
  }
  found.push({ where, published: words(one), again: words(other) })
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null
}

function member(of: { readonly [name: string]: unknown }, name: string): unknown {
  return Object.hasOwn(of, name) ? of[name] : undefined
}

function labelOf(item: unknown, at: number): string {
  if (!isRecord(item)) return String(at)
  const name = NAMES.find((each) => typeof item[each] === "string" || typeof item[each] === "number")
  return name === undefined ? String(at) : String(item[name])
}

function words(value: unknown): string {
  if (value === undefined) return "nothing"
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value))
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`
}
