/**
 * The mutants of a Solidity source: copies with one operator, number or statement changed, each of which the tests
 * beside the contract ought to notice.
 *
 * Invariant: what lies in comments, strings, declarations and imports is left alone; the same source always gives the
 * same mutants in the same order.
 */

/** One change of a source. */
export interface Mutant {
  /** Line, counted from 1. */
  readonly line: number
  /** What stood there. */
  readonly from: string
  /** What stands there instead; empty: nothing. */
  readonly to: string
  /** The line as it was, without its indentation. */
  readonly text: string
  /** Which of the lines of the source that read so it is, counted from 1. */
  readonly nth: number
  /** The whole source with the change in it. */
  readonly source: string
}

/** Operators and what each becomes. Longer ones stand first, so that `<=` is not read as `<`, and `<<` neither. */
const operators: readonly (readonly [from: string, to: string])[] = [
  ["<<", ">>"],
  [">>", "<<"],
  ["+=", "-="],
  ["-=", "+="],
  ["<=", "<"],
  [">=", ">"],
  ["==", "!="],
  ["!=", "=="],
  ["&&", "||"],
  ["||", "&&"],
  ["<", "<="],
  [">", ">="],
  ["+", "-"],
  ["-", "+"],
  ["*", "/"],
  ["/", "*"]
]

/** A call or an assignment that stands alone, and can be left out without anything being undeclared. */
const statement =
  /^\s*(?:(?:_\w+|\w+\.\w+)\(.*\);|(?:delete )?[\w.]+(?:\[[^\]]*\])*(?:\.\w+)?(?: [-+]?= .*)?;|if \(.*\) (?:revert|return).*;)$/

/** All mutants of a source, by line and column. */
export function mutantsOf(source: string): readonly Mutant[] {
  const code = mask(source)
  const mutants: Mutant[] = []
  let depth = 0
  let inner = 2
  let at = 0
  const seen = new Map<string, number>()
  for (const [index, masked] of code.split("\n").entries()) {
    const text = source.slice(at, at + masked.length)
    const nth = (seen.get(text.trim()) ?? 0) + 1
    seen.set(text.trim(), nth)
    const replace = (column: number, from: string, to: string): void => {
      const place = at + column
      mutants.push({
        line: index + 1,
        from,
        to,
        text: text.trim(),
        nth,
        source: source.slice(0, place) + to + source.slice(place + from.length)
      })
    }
    // Depth 1 is the body of a contract: of its declarations only the values of constants say how it computes. That of
    // a free function is its code.
    if (depth === 0 && /^\w/.test(masked)) inner = masked.startsWith("function ") ? 1 : 2
    const body = depth >= inner && !/^\s*[})]/.test(masked)
    if (body || / constant .*=/.test(masked)) {
      if (body) changeOperators(masked, replace)
      for (const { index: column, 0: from } of masked.matchAll(
        /(?<![\w.])\d[\d_]*(?:\.\d[\d_]*)?(?:[eE]\d+)?(?![\w.])/g
      )) {
        replace(column, from, raised(from))
      }
      if (body && statement.test(masked)) replace(masked.length - masked.trimStart().length, text.trim(), "")
    }
    for (const character of masked) {
      if (character === "{") depth += 1
      if (character === "}") depth -= 1
    }
    at += masked.length + 1
  }
  return mutants
}

function changeOperators(masked: string, replace: (column: number, from: string, to: string) => void): void {
  for (let column = 0; column < masked.length; column++) {
    if (/^(\+\+|--|=>|->|\*\*)/.test(masked.slice(column, column + 2))) {
      column += 1
      continue
    }
    const found = operators.find(([from]) => masked.startsWith(from, column))
    if (found === undefined) continue
    replace(column, ...found)
    column += found[0].length - 1
  }
}

/** A number with the last digit before its exponent raised by one. */
function raised(literal: string): string {
  const [mantissa = "", exponent] = literal.replaceAll("_", "").split(/e/i)
  const [whole = "", fraction = ""] = mantissa.split(".")
  const digits = String(BigInt(whole + fraction) + 1n).padStart(whole.length + fraction.length, "0")
  const number = fraction === "" ? digits : `${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`
  return exponent === undefined ? number : `${number}e${exponent}`
}

/** The source with every character of comments and strings made a blank, line ends kept. */
function mask(source: string): string {
  return source.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"/g, (quiet) =>
    quiet.replaceAll(/[^\n]/g, " ")
  )
}
