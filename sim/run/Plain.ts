/**
 * Plain data as text: JSON with the three things JSON lacks (bigint, Map, and numbers that are not
 * finite), and canonical JSON, whose keys are sorted, for hashing.
 */

const TAG = "$"

/** Plain data as JSON text. `undefined` members are left out. */
export function toText(value: unknown): string {
  return JSON.stringify(value, encode)
}

/** The inverse of `toText`. */
export function fromText(text: string): unknown {
  return JSON.parse(text, decode)
}

/** The same text for equal data, whatever the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value), encode)
}

function encode(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return { [TAG]: "bigint", value: value.toString() }
  if (value instanceof Map) return { [TAG]: "map", value: [...value] }
  if (typeof value === "number" && !Number.isFinite(value)) return { [TAG]: "number", value: String(value) }
  return value
}

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(TAG in value)) return value
  const tagged = value as { readonly $: unknown; readonly value: unknown }
  if (tagged.$ === "bigint") return BigInt(String(tagged.value))
  if (tagged.$ === "map") return new Map(tagged.value as readonly [unknown, unknown][])
  if (tagged.$ === "number") return Number(tagged.value)
  return value
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== "object" || value === null || value instanceof Map) return value
  const source = value as { readonly [key: string]: unknown }
  return Object.fromEntries(
    Object.keys(source)
      .sort()
      .map((key) => [key, sorted(source[key])])
  )
}
