/** What `verify` says of what it found. */
import { flat } from "../Terminal.ts"
import { plural } from "../Text.ts"
import type { Verified } from "./Verified.ts"

/** Most differences that are spelled out. */
const MOST = 20

/** For a terminal. */
export function verifiedWords(target: string, { what, confirmed, differs, untried, sample }: Verified): string {
  const verdict =
    differs.length > 0
      ? `${plural(differs.length, "difference")}: what it says is not what comes again.`
      : sample === null
        ? "All confirmed, but for what is named below as not tried."
        : "What was tried is confirmed; a sample alone was tried."
  const lines = [`${flat(target)} (${what})`, verdict, ""]
  if (confirmed.length > 0) lines.push("Confirmed", ...confirmed.map((each) => `  ${each}`), "")
  if (differs.length > 0) {
    lines.push("Differs")
    for (const { where, published, again } of differs.slice(0, MOST)) {
      lines.push(`  ${flat(where)}`, `    published: ${flat(published)}`, `    again:     ${flat(again)}`)
    }
    if (differs.length > MOST) lines.push(`  and ${differs.length - MOST} more (--json lists all)`)
    lines.push("")
  }
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

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
