/** Names of drawings: plain file names that may be ids in a page, no two alike. */

/** Gives each chart its name, from words; none of those that are taken. */
export type Namer = (words: readonly string[]) => string

/** A namer of its own for each report. */
export function namer(): Namer {
  const taken = new Set<string>()
  return (words) => {
    const plain = words
      .join("-")
      .replaceAll(/[^A-Za-z0-9]+/g, "-")
      .replaceAll(/^-+|-+$/g, "")
      .slice(0, 60)
    const stem = plain === "" ? "chart" : plain
    let name = stem
    // File systems may not tell A from a.
    for (let again = 2; taken.has(name.toLowerCase()); again++) name = `${stem}-${again}`
    taken.add(name.toLowerCase())
    return name
  }
}
