/**
 * One HTML file that asks for nothing: styles, scripts and data are in it.
 *
 * Invariant: its content-security policy allows those very styles and scripts, by hash, and nothing else:
 * no request, no inline style, no evaluation of text. A page that works may besides compile WebAssembly, and start
 * workers from blobs, which inherit the policy.
 */
import { createHash } from "node:crypto"
import { html, type Markup, trusted } from "./Html.ts"

/** What a page is made of. */
export interface PageParts {
  readonly title: string
  readonly description: string
  readonly style: string
  readonly body: Markup
  /** Scripts in order, each run as a classic script. */
  readonly scripts: readonly string[]
  /** Whether the page may start workers from what it carries, and compile WebAssembly there; false if left out. */
  readonly works?: boolean
  /** Whether the page may ask the server it came from; false if left out. */
  readonly asks?: boolean
}

/** The whole file. */
export function page({ title, description, style, body, scripts, works = false, asks = false }: PageParts): string {
  const sources = scripts.map(inScript)
  const allowed = [...sources.map(hashOf), ...(works ? ["'wasm-unsafe-eval'"] : [])]
  const policy = [
    "default-src 'none'",
    `script-src ${allowed.length === 0 ? "'none'" : allowed.join(" ")}`,
    ...(works ? ["worker-src blob:"] : []),
    ...(asks ? ["connect-src 'self'"] : []),
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ")
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${body}
${sources.map((source) => html`<script>${trusted(source)}</script>\n`)}</body>
</html>
`.text
}

/** A script whose text can neither end its element nor open a comment in it; a parser reads line ends as LF. */
function inScript(source: string): string {
  return source.replaceAll("\r\n", "\n").replaceAll(/<(?=\/script|!--)/gi, "\\x3c")
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`
}
