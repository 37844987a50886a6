/** The command that makes the same run again. */
import type { Manifest } from "../../sim/store/Manifest.ts"

/** One line for a POSIX shell: scenario, arm, seed, and every Param that was set by hand. */
export function commandOf({ spec, params }: Manifest): string {
  const sets = params
    .filter(({ setBy }) => setBy === "set")
    .map(({ name, value }) => `--set ${quoted(`${name}=${value}`)}`)
  return [
    "./mesocosm run",
    quoted(spec.scenario),
    "--arm",
    quoted(spec.arm),
    "--seed",
    String(spec.seed),
    ...sets
  ].join(" ")
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
