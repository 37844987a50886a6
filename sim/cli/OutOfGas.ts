/** Calls that ran out of gas, as lines for a terminal. */
import { MORE_GAS, outOfGasSays } from "../../reports/format/OutOfGas.ts"
import type { RevertCount } from "../run/Reverts.ts"
import type { DryRuns } from "../store/DryRuns.ts"
import { flat, paint } from "./Terminal.ts"
import { number, plural } from "./Text.ts"

/** Functions that are named. */
const NAMED = 3

/** A line per function that ran out of gas, those that did most often first; what helps stands in the last. */
export function outOfGasLines(reverts: readonly RevertCount[]): readonly string[] {
  const dry = [...reverts].sort((a, b) => b.outOfGas - a.outOfGas).flatMap((each) => outOfGasSays(each) ?? [])
  const lines =
    dry.length > NAMED ? [...dry.slice(0, NAMED), `and ${plural(dry.length - NAMED, "function")} more`] : dry
  return lines.map((line, at) =>
    paint("yellow", at === lines.length - 1 ? `${flat(line)}: ${MORE_GAS}` : flat(line), process.stdout)
  )
}

/** What ran out of gas in several runs, a line and one per function; `of` is how many runs there are, where that is known. */
export function dryWords({ runs, of, functions }: Omit<DryRuns, "of"> & Partial<DryRuns>): string {
  const where = of === undefined ? plural(runs, "run") : `${number(runs)} of ${plural(of, "run")}`
  const head = `  ${paint("yellow", "!", process.stdout)} calls ran out of gas in ${where}: what came of them may come of that\n`
  return `${head}${outOfGasLines(functions)
    .map((line) => `    ${line}\n`)
    .join("")}`
}
