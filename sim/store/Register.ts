/** Sources that cite a line of the register, ASSUMPTIONS.md beside a scenario, and which of them it does not have. */

/** The name of a line: `OP5`. Any other source is a text of its own, and cites no line. */
const LINE = /^([A-Z]+)(\d+)$/

/** Whether a text is the name of a line. */
export function isLine(source: string): boolean {
  return LINE.test(source)
}

/** The lines that are cited and not there, each once, by their letters and numbers. */
export function withoutLine(sources: readonly string[], has: (line: string) => boolean): readonly string[] {
  const missing = [...new Set(sources)].filter((source) => isLine(source) && !has(source))
  return missing.sort((a, b) => {
    const [one, other] = [parts(a), parts(b)]
    return one.letters === other.letters ? one.number - other.number : one.letters < other.letters ? -1 : 1
  })
}

/** What is said of lines that `withoutLine` found: `CB2 to CB10 and XY1 have no line in ASSUMPTIONS.md`. */
export function withoutLineWords(lines: readonly string[], register = "ASSUMPTIONS.md"): string {
  const rows: string[][] = []
  for (const line of lines) {
    const row = rows.at(-1)
    const [last, next] = [parts(row?.at(-1) ?? ""), parts(line)]
    if (row !== undefined && last.letters === next.letters && next.number === last.number + 1) row.push(line)
    else rows.push([line])
  }
  const told = rows.flatMap((row) => (row.length > 2 ? [`${row[0] ?? ""} to ${row.at(-1) ?? ""}`] : row))
  const all = told.length < 2 ? told.join("") : `${told.slice(0, -1).join(", ")} and ${told.at(-1) ?? ""}`
  return `${all} ${lines.length === 1 ? "has" : "have"} no line in ${register}`
}

function parts(line: string): { readonly letters: string; readonly number: number } {
  const [, letters = "", number = ""] = LINE.exec(line) ?? []
  return { letters, number: Number(number) }
}
