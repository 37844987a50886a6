/**
 * What somebody probably meant to write: the nearest of the names there are.
 */

/** Insertions, deletions and replacements between two texts. Source: Levenshtein, 1966, by Wagner and Fischer's table. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** The name at the least distance, case left aside, if that is at most a third of its length; the first of equals. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < least && distance * 3 <= candidate.length) {
      best = candidate
      least = distance
    }
  }
  return best
}
