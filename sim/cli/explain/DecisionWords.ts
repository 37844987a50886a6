/** A decision as lines: like things in a row are told once, with their number. */
import type { Manifest } from "../../store/Manifest.ts"
import { number, ranges, whole } from "../Text.ts"
import type { Decision, Got, Wanted } from "./Decision.ts"
import { isRecord, membersWords, type Names, subjectWords, valueWords } from "./Values.ts"

/** Rows of a label and what it labels. */
export function decisionWords(
  decision: Decision,
  manifest: Manifest,
  names: Names
): readonly (readonly [string, string])[] {
  const rows: [string, string][] = []
  for (const run of alike(decision.saw, ({ subject, answer }) => `${subject} ${valueWords(answer, names, "tokens")}`)) {
    const { subject, args, answer } = run[0]
    const many = run.length > 1 ? ` × ${run.length}` : `(${membersWords(args, names, "tokens")})`
    rows.push(["saw", `${subjectWords(subject, names)}${many} = ${valueWords(answer, names, "tokens")}`])
  }
  for (const run of alike(decision.wanted, ({ subject }) => subject)) rows.push(["wanted", wantedWords(run, names)])
  for (const { reason, amount } of decision.spent) {
    if (amount !== "0") rows.push(["spent", `${whole(BigInt(amount))} ${manifest.scenario.numeraire} on ${reason}`])
  }
  for (const run of alike(
    decision.got,
    ({ subject, status, error, outOfGas }) => `${subject} ${status} ${error} ${outOfGas === undefined}`
  )) {
    rows.push(["got", gotWords(run, names)])
  }
  if (decision.became !== undefined) rows.push(["became", becameWords(decision.became, names)])
  return rows.length === 0 ? [["", "did nothing"]] : rows
}

type Run<A> = readonly [A, ...(readonly A[])]

/** Runs of neighbours with the same key. */
function alike<A>(items: readonly A[], key: (item: A) => string): readonly Run<A>[] {
  const runs: [A, ...A[]][] = []
  for (const item of items) {
    const last = runs.at(-1)
    if (last !== undefined && key(last[0]) === key(item)) last.push(item)
    else runs.push([item])
  }
  return runs
}

function wantedWords(run: Run<Wanted>, names: Names): string {
  const [{ subject, args }] = run
  const identities = run.flatMap(({ identity }) => (identity === undefined ? [] : [identity]))
  const first = identities.every((identity) => identity === 0)
  const as = first ? "" : `  as ${new Set(identities).size === 1 ? "identity" : "identities"} ${ranges(identities)}`
  const many = run.length === 1 ? `(${membersWords(args, names, "tokens")})` : ` × ${run.length}`
  return `${subjectWords(subject, names)}${many}${as}`
}

function gotWords(run: Run<Got>, names: Names): string {
  const [{ subject, events }] = run
  const gas = run.reduce((sum, { gasUsed }) => sum + gasUsed, 0)
  const many = run.length === 1 ? "" : ` × ${run.length}`
  const head = `${subjectWords(subject, names)}${many}: ${endWords(run)}, ${number(gas)} gas`
  const said =
    run.length === 1
      ? events.map(({ contract, event, args }) => `${contract}.${event}(${membersWords(args, names, "tokens")})`)
      : counted(run.flatMap((each) => each.events.map(({ contract, event }) => `${contract}.${event}`)))
  return said.length === 0 ? head : `${head}; ${said.join(", ")}`
}

function endWords(run: Run<Got>): string {
  const [{ status, error, outOfGas }] = run
  if (outOfGas !== undefined) {
    const limits = run.map(({ outOfGas: limit = outOfGas }) => limit)
    const [low, high] = [Math.min(...limits), Math.max(...limits)]
    const at = low === high ? `at its limit of ${number(low)}` : `at limits of ${number(low)} to ${number(high)}`
    return `${status}: ran out of gas, ${at}`
  }
  if (error === undefined) return status
  return error === "" ? `${status} without a reason` : `${status} ${error}`
}

function counted(events: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const event of events) counts.set(event, (counts.get(event) ?? 0) + 1)
  return [...counts].map(([event, count]) => (count === 1 ? event : `${event} × ${count}`))
}

function becameWords({ from, to }: NonNullable<Decision["became"]>, names: Names): string {
  const show = (value: unknown): string => valueWords(value, names, "whole units")
  if (!isRecord(to)) return show(to)
  const before = isRecord(from) ? from : undefined
  const words = Object.entries(to).flatMap(([key, value]) => {
    const now = show(value)
    if (before === undefined) return [`${key} ${now}`]
    const was = show(before[key])
    return was === now ? [] : [`${key} ${was} → ${now}`]
  })
  return words.length === 0 ? "the same as before" : words.join(", ")
}
