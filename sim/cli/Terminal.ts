/**
 * What a terminal may be given. Scenarios, runs and errors carry foreign text, which may hold characters that move the
 * cursor, colour what follows, or turn the direction of a line.
 *
 * Invariant: of control characters only newlines and tabs reach a terminal, and the colours that `paint` asked for.
 */
import { styleText } from "node:util"
import { visible } from "../../reports/format/Visible.ts"

/** Stands for ESC until `terminal` has looked at the text: a private character that nobody draws. */
const MARK = "\u{f01b}"

/** What `paint` leaves: a mark, and the number of a colour or a weight. Foreign text that looks so can colour, no more. */
const PAINT = /\u{f01b}(?=\[\d{1,2}m)/gu

/** Coloured where the stream is a terminal and `NO_COLOR` does not forbid it; goes through `terminal` before it is seen. */
export function paint(
  format: "red" | "green" | "yellow" | "bold" | "dim",
  text: string,
  stream: NodeJS.WriteStream
): string {
  const [begin = "", end = ""] = styleText(format, "\n", { stream }).replaceAll("\u001b", MARK).split("\n")
  return begin + text + end
}

/** The text without what `paint` put there: for a file, or to know how wide it is. */
export function unpainted(text: string): string {
  return text.replaceAll(/\u{f01b}\[\d{1,2}m/gu, "")
}

/** The text as a terminal may have it. */
export function terminal(text: string): string {
  return visible(text).replace(PAINT, "\u001b").replaceAll(MARK, "\ufffd")
}

/** Foreign text in one line: what holds newlines could pass for lines of ours. */
export function flat(text: string): string {
  return text.replace(/\s*[\r\n\t]+\s*/g, " ")
}
