/**
 * Foreign text made visible: what a run recorded was written by others, and may hold characters that
 * reorder or hide their neighbours.
 *
 * Invariant: what comes out is well-formed Unicode that XML 1.0 allows, without control characters other
 * than newline and tab, and without characters that set the direction of what follows.
 */

/** Characters that reorder or hide their neighbours, or that XML refuses. */
// C0 and C1 controls save tab and newline; marks, embeddings, overrides and isolates of direction; line and
// paragraph separators; noncharacters that XML refuses.
export const HIDDEN: RegExp =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g

/** Writes each hidden character as its code, `‹U+202E›`, and each lone surrogate as U+FFFD. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(HIDDEN, (hidden) => `‹U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}›`)
}

/** `visible`, applied to every string of plain data, names of fields included. */
export function visibleDeep<T>(data: T): T {
  // The shape is kept: strings become strings, and all else is copied.
  return walk(data) as T
}

function walk(data: unknown): unknown {
  if (typeof data === "string") return visible(data)
  if (Array.isArray(data)) return data.map(walk)
  if (typeof data === "object" && data !== null) {
    return Object.fromEntries(Object.entries(data).map(([name, value]) => [visible(name), walk(value)]))
  }
  return data
}
