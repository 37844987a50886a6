/**
 * The text of functions in one form, whoever loaded them: Node strips the types and leaves the rest as it was written,
 * Hardhat loads through a compiler of its own, and the package was compiled before. Comments, spaces, quotes and the like
 * are not part of it.
 */
import { transformSync } from "esbuild"

/** Each text, as `String(function)` gives it, in that form. Where one cannot be read all are left as they are. */
export function canonical(texts: readonly string[]): readonly string[] {
  const source = texts
    .map((text, at) => `export function mesocosm$${at}(){return ${isExpression(text) ? `(${text})` : `{${text}}`}}`)
    .join("\n")
  let code: string
  try {
    const pure = ["__name"]
    code = transformSync(source, {
      loader: "js",
      target: "esnext",
      minifyWhitespace: true,
      minifySyntax: true,
      pure
    }).code
  } catch {
    return texts
  }
  const parts = code.split(/export function mesocosm\$\d+\(\)/).slice(1)
  return parts.length === texts.length ? parts.map((part) => withoutNames(part.trim())) : texts
}

/** Whether a function's text stands for itself; that of a method stands in an object. */
function isExpression(text: string): boolean {
  return /^(?:async\s+)?(?:function\b|class\b|\(|[\w$]+\s*=>)/.test(text)
}

const NAMING = "__name("

/** Takes out what Hardhat's compiler adds so that functions keep their names: `__name(f,"f")` is `f`. */
function withoutNames(code: string): string {
  const from = code.lastIndexOf(NAMING)
  if (from < 0) return code
  const begin = from + NAMING.length
  // The innermost: up to the bracket that closes it, over strings.
  let depth = 1
  let quote = ""
  let end = begin
  for (; end < code.length && depth > 0; end++) {
    const sign = code[end] as string
    if (quote !== "") {
      if (sign === "\\") end++
      else if (sign === quote) quote = ""
    } else if (sign === '"' || sign === "'" || sign === "`") quote = sign
    else if (sign === "(") depth++
    else if (sign === ")") depth--
  }
  const inside = code.slice(begin, end - 1).replace(/,"[^"]*"$/, "")
  return withoutNames(code.slice(0, from) + inside + code.slice(end))
}
