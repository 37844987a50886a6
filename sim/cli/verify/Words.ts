/** What `verify` says of what it found. */
import type { Difference } from "../../store/Differences.ts"
import { flat } from "../Terminal.ts"
import { plural } from "../Text.ts"
import type { EmbeddedEnd } from "./embedded/Embedded.ts"
import type { Verified } from "./Verified.ts"

/** Most differences that are spelled out. */
const MOST = 20

/** For a terminal. */
export function verifiedWords(
  target: string,
  { what, confirmed, differs, untried, sample, embedded }: Verified
): string {
  const verdict =
    differs.length > 0
      ? `${plural(differs.length, "difference")}: what it says is not what comes again.`
      : sample === null
        ? "All confirmed, but for what is named below as not tried."
        : "What was tried is confirmed; a sample alone was tried."
  // What was published, beside what the code at hand gives; what the carried code gives is told apart from it.
  const lines = [`${flat(target)} (${what})`, verdict, ""]
  if (confirmed.length > 0) lines.push("Confirmed", ...confirmed.map((each) => `  ${each}`), "")
  if (differs.length > 0) {
    lines.push("Differs")
    lines.push(...spelled(differs, "again:    "), "")
  }
  if (embedded !== null) lines.push(...embeddedWords(embedded), "")
  if (untried.length > 0) lines.push("Not tried", ...untried.map((each) => `  ${flat(each)}`), "")
  if (sample !== null) {
    const { seed, drawn, of, catches } = sample
    lines.push(
      `Sample: ${drawn} of ${of} runs, drawn by seed ${flat(seed)}. One changed run would have been caught with probability ${percent(catches.one)}, ten with ${percent(catches.ten)}; --all catches any.`,
      ""
    )
  }
  return `${lines.join("\n").trimEnd()}\n`
}

/** What the code that it carries gives: two answers, of which neither stands for the other. */
function embeddedWords(end: EmbeddedEnd): readonly string[] {
  const { made, of, fromPublished, fromHere, stopped, refused, notes } = end
  const lines = ["Code that it carries, shut into a browser without network or files"]
  const told = (beside: string, differs: readonly Difference[], word: string): void => {
    const runs = new Set(differs.map(({ where }) => where.replace(/ › \w+$/, ""))).size
    lines.push(
      made === 0
        ? `  it made no run: nothing to hold beside ${beside}`
        : runs === 0
          ? `  agrees with ${beside}: ${made} of ${made} ${made === 1 ? "run" : "runs"}`
          : `  DISAGREES with ${beside}: ${runs} of ${made} ${made === 1 ? "run" : "runs"}`
    )
    lines.push(...spelled(differs, word).map((line) => `  ${line}`))
  }
  told("what it says itself", fromPublished, "its code: ")
  told("the code at hand", fromHere, "its code: ")
  if (stopped.length > 0) {
    lines.push(`  made ${made} of ${plural(of, "run")}`)
    for (const { where, again } of stopped.slice(0, MOST)) lines.push(`    ${flat(where)}: ${flat(again)}`)
  }
  for (const each of refused) lines.push(`  asked for ${flat(each)}, and did not get it`)
  lines.push(...notes.map((each) => `  ${each}`))
  lines.push("  Such agreement vouches for its arithmetic alone: code made to deceive can say anything.")
  return lines
}

function spelled(differs: readonly Difference[], word: string): readonly string[] {
  const lines = differs
    .slice(0, MOST)
    .flatMap(({ where, published, again }) => [
      `  ${flat(where)}`,
      `    ${word === "again:    " ? "published:" : "expected: "} ${flat(published)}`,
      `    ${word} ${flat(again)}`
    ])
  return differs.length <= MOST ? lines : [...lines, `  and ${differs.length - MOST} more (--json lists all)`]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
