/**
 * Lays text out in lines of a given width: a group stands on one line if it fits, else each of its
 * lines breaks. So that generated sources look as the formatter would leave them.
 *
 * Source: Wadler, "A prettier printer", 2003, in the variant of Prettier's documentation ("commands").
 */

/** A piece of text, pieces in a row, or something that may break. */
export type Doc = string | readonly Doc[] | Group | Indent | Line | IfBroken

interface Group {
  readonly kind: "group"
  readonly doc: Doc
}
interface Indent {
  readonly kind: "indent"
  readonly doc: Doc
}
interface Line {
  readonly kind: "line"
  readonly flat: string
}
interface IfBroken {
  readonly kind: "if"
  readonly broken: string
  readonly flat: string
}

/** A space, or a new line when the group breaks. */
export const line: Line = { kind: "line", flat: " " }
/** Nothing, or a new line when the group breaks. */
export const softline: Line = { kind: "line", flat: "" }

export function group(...doc: readonly Doc[]): Group {
  return { kind: "group", doc }
}

export function indent(...doc: readonly Doc[]): Indent {
  return { kind: "indent", doc }
}

/** One text when the group breaks, another when it does not. */
export function ifBroken(broken: string, flat: string): IfBroken {
  return { kind: "if", broken, flat }
}

/** Items with something between each two. */
export function join(separator: Doc, items: readonly Doc[]): Doc {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]))
}

interface Command {
  readonly depth: number
  readonly broken: boolean
  readonly doc: Doc
}

/** Whether the commands fit into `room` characters, up to the first line that has to break; groups need not. */
function fits(first: Command, rest: readonly Command[], room: number): boolean {
  const stack: Command[] = [first]
  let left = room
  let next = rest.length
  while (left >= 0) {
    const command = stack.pop() ?? rest[--next]
    if (command === undefined) return true
    const { depth, broken, doc } = command
    if (typeof doc === "string") left -= doc.length
    else if (isRow(doc))
      for (let index = doc.length - 1; index >= 0; index--) stack.push({ depth, broken, doc: doc[index] as Doc })
    else if (doc.kind === "line") {
      if (broken) return true
      left -= doc.flat.length
    } else if (doc.kind === "if") left -= (broken ? doc.broken : doc.flat).length
    else stack.push({ depth, broken: broken && doc.kind === "indent", doc: doc.doc })
  }
  return false
}

function isRow(doc: Exclude<Doc, string>): doc is readonly Doc[] {
  return Array.isArray(doc)
}

/** The text, with lines of at most `width` characters where that is possible; two spaces a level. */
export function layOut(doc: Doc, width: number, depth: number = 0): string {
  const stack: Command[] = [{ depth, broken: true, doc }]
  let text = "  ".repeat(depth)
  let column = text.length
  for (let command = stack.pop(); command !== undefined; command = stack.pop()) {
    const { depth, broken, doc } = command
    if (typeof doc === "string") {
      text += doc
      column += doc.length
    } else if (isRow(doc)) {
      for (let index = doc.length - 1; index >= 0; index--) stack.push({ depth, broken, doc: doc[index] as Doc })
    } else if (doc.kind === "indent") stack.push({ depth: depth + 1, broken, doc: doc.doc })
    else if (doc.kind === "group") {
      const flat: Command = { depth, broken: false, doc: doc.doc }
      stack.push(fits(flat, stack, width - column) ? flat : { depth, broken: true, doc: doc.doc })
    } else if (doc.kind === "if") {
      text += broken ? doc.broken : doc.flat
      column += (broken ? doc.broken : doc.flat).length
    } else if (broken) {
      text += `\n${"  ".repeat(depth)}`
      column = 2 * depth
    } else {
      text += doc.flat
      column += doc.flat.length
    }
  }
  return text
}
