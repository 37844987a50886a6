import fc from "fast-check"
import MarkdownIt from "markdown-it"
import { describe, expect, it } from "vitest"
import { EVIL } from "../fixtures/hostile.ts"
import { html } from "../html/Html.ts"
import { markdownTable, plainText, told } from "./Markdown.ts"
import { visible } from "./Visible.ts"

/** As forums read it: Discourse is markdown-it, HTML and bare links allowed. */
const forum = new MarkdownIt({ html: true, linkify: true })

/** What a reader sees of HTML that holds text and `allowed` elements alone. */
function seen(rendered: string, allowed: RegExp): string {
  const text = rendered.replaceAll(allowed, "")
  expect(text).not.toMatch(/[<>]/)
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&").trim()
}

const flat = (text: string): string => text.replaceAll(/\s+/g, " ").trim()

/** Strings rich in what means something to Markdown. */
const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."\\`*_{}[]()#+-.!|<>~&;:/@$^=\"' \n\tab1") }),
  fc.constantFrom(
    EVIL,
    "1. one",
    "1) one",
    "- a",
    "+ a",
    "=",
    "---",
    "# a",
    "> a",
    "&lt;",
    "https://x.example/a",
    "a\n\n# b"
  )
)

describe("a text in Markdown", () => {
  it("is the text, wherever it stands", () => {
    fc.assert(
      fc.property(texts.map(visible), (text) => {
        fc.pre(flat(text) !== "")
        // Domains become links by their looks alone: they lead where they say.
        const plain = new MarkdownIt({ html: true })
        expect(seen(plain.render(`- ${told(text)}`), /<\/?(?:ul|li)>\n?/g)).toBe(flat(text))
        expect(seen(plain.render(`## ${told(text)}`), /<\/?h2>\n?/g)).toBe(flat(text))
        expect(seen(plain.render(`- **${told("a")}.** ${told(text)}`), /<\/?(?:ul|li|strong)>\n?/g)).toBe(
          `a. ${flat(text)}`.trim()
        )
      }),
      { numRuns: 1_000 }
    )
  })

  it("makes no link of an address with a scheme, and no mention", () => {
    for (const text of [
      "https://evil.example/x",
      "www.evil.example",
      "javascript:alert(1)",
      "mailto:a@b.example",
      "@admin"
    ]) {
      expect(told(text)).not.toContain("://")
      expect(told(text)).not.toContain("@")
    }
    expect(forum.render(`- ${told(EVIL)}`)).not.toMatch(/<(?!\/?(?:ul|li)>)/)
  })

  it("keeps to its cell of a table", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(texts.map(visible), texts.map(visible)), { minLength: 1, maxLength: 4 }),
        (rows) => {
          const rendered = new MarkdownIt({ html: true }).render(
            markdownTable({ label: "a", columns: [{ heading: "a" }, { heading: "b", numeric: true }], rows })
          )
          expect(rendered.match(/<td/g)?.length).toBe(rows.length * 2)
          expect(seen(rendered, /<\/?(?:table|thead|tbody|tr|t[hd])[^<>]*>/g).replaceAll(/\s+/g, "")).toBe(
            `ab${rows.flat().join("")}`.replaceAll(/\s+/g, "")
          )
        }
      )
    )
  })
})

it("a part of a template is told without its marks", () => {
  expect(plainText(html`<code>${"<b>&amp;"}</code> and ${3}`)).toBe("<b>&amp; and 3")
})
