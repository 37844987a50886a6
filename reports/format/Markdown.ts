/**
 * Foreign text as Markdown shows it: as text, whatever it holds.
 *
 * Invariant: what comes out begins no element, link, list, heading, table cell, mention or HTML of its own, and is one
 * line. It is made visible (Visible.ts) where it is read.
 */
import { Markup, type Part } from "../html/Html.ts"
import type { TableData } from "../html/Table.ts"

const WRITTEN: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;" }

/** A text inside a line of Markdown. */
export function told(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[&<>@\\`*_{}[\]|~$^#]/g, (character) => WRITTEN[character] ?? `\\${character}`)
    .replaceAll(/:(?=\/\/)/g, "&#58;")
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#46;`)
    .replace(/^([-+=])/, "\\$1")
    .replace(/^(\d+)([.)])/, "$1\\$2")
}

/** What a part of a template says, without its marks. */
export function plainText(part: Part): string {
  if (part instanceof Markup) {
    // Only tags of our own are left in markup: all foreign text in it is escaped.
    return part.text
      .replaceAll(/<svg[\s\S]*?<\/svg>/g, "")
      .replaceAll(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
  }
  if (Array.isArray(part)) return part.map(plainText).join("")
  return part === null || part === undefined || part === false ? "" : String(part)
}

/** A table; what it says when it has no row. */
export function markdownTable({ caption, columns, rows, empty }: TableData): string {
  if (rows.length === 0) return told(empty ?? "Nothing.")
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`
  const lines = [
    row(columns.map(({ heading }) => told(plainText(heading)))),
    row(columns.map(({ numeric }) => (numeric === true ? "---:" : "---"))),
    ...rows.map((cells) => row(cells.map((cell) => told(plainText(cell)))))
  ]
  return `${caption === undefined ? "" : `${told(plainText(caption))}\n\n`}${lines.join("\n")}`
}
