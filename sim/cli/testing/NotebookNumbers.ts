/** What a notebook shows, as numbers: what is compared where words and images may differ. */

/** What is read of a notebook's JSON (nbformat 4). */
export interface Notebook {
  readonly cells: readonly Cell[]
}

interface Cell {
  readonly cell_type: string
  readonly outputs?: readonly Output[]
}

interface Output {
  readonly output_type: string
  /** Of a stream: `stdout` or `stderr`. */
  readonly name?: string
  readonly text?: Words
  readonly data?: { readonly [mime: string]: unknown }
}

/** One text, or its lines. */
type Words = string | readonly string[]

/** Where two executions of a notebook show other numbers, a line each; none where they agree. */
export function differences(committed: Notebook, computed: Notebook): readonly string[] {
  return committed.cells.flatMap((cell, at) => {
    if (cell.cell_type !== "code") return []
    const [before, now] = [shown(cell), shown(computed.cells[at])]
    if (before.length === 0 && now.length === 0) return []
    const first = before.findIndex((number, index) => number !== now[index])
    if (first < 0 && before.length === now.length) return []
    const place = first < 0 ? before.length : first
    return [
      `  cell ${at + 1}, number ${place + 1}: committed ${before[place] ?? "none"}, computed ${now[place] ?? "none"} (${before.length} and ${now.length} numbers)`
    ]
  })
}

/** Numbers of text and of charts' data; hexadecimal words count as one. */
const NUMBER = /0x[0-9a-f]+|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi

/** What goes to stderr is a runtime's own, such as a warning of its version. */
function shown(cell: Cell | undefined): readonly string[] {
  return (cell?.outputs ?? []).flatMap((output) => {
    const { data = {}, text, name } = output
    const spec = Object.entries(data).find(([mime]) => mime.startsWith("application/vnd.vegalite"))?.[1]
    const words = [joined(data["text/plain"]), name === "stderr" ? "" : joined(text)]
    return [...words, spec === undefined ? "" : JSON.stringify(spec)].flatMap((each) => each.match(NUMBER) ?? [])
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLOUR = /\u001b\[[\d;]*m/g

/** A text without colours, whose codes are numbers too. */
function joined(words: unknown): string {
  const text = Array.isArray(words) ? words.join("") : words
  return typeof text === "string" ? text.replaceAll(COLOUR, "") : ""
}
