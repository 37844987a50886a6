/**
 * Any value as one short line for a message. It never throws, whatever it is given.
 */

const LONGEST = 80

function text(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "bigint") return `${value}n`
  if (typeof value === "function") return "a function"
  if (typeof value === "symbol") return "a symbol"
  if (typeof value !== "object" || value === null) return String(value)
  if (depth === 3) return "…"
  if (Array.isArray(value))
    return `[${value
      .slice(0, 8)
      .map((each) => text(each, depth + 1))
      .join(", ")}${value.length > 8 ? ", …" : ""}]`
  const entries = Object.entries(value).slice(0, 8)
  return `{ ${entries.map(([key, each]) => `${key}: ${text(each, depth + 1)}`).join(", ")} }`
}

/** The value as a person would write it, at most 80 characters of it. */
export function show(value: unknown): string {
  let shown: string
  try {
    shown = text(value, 0)
  } catch {
    // A getter threw; the message it was for matters more than why.
    shown = "an object that cannot be shown"
  }
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
}
