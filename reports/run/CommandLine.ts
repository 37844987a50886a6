/** A run as a command for a POSIX shell. */

/** One line: scenario, arm, seed, and every Param that is set by hand. */
export function commandLine({
  scenario,
  arm,
  seed,
  set
}: {
  readonly scenario: string
  readonly arm: string
  readonly seed: number
  readonly set: { readonly [param: string]: string }
}): string {
  return [
    "./mesocosm run",
    quoted(scenario),
    "--arm",
    quoted(arm),
    "--seed",
    String(seed),
    ...Object.entries(set).map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`)
  ].join(" ")
}

/** A word as a POSIX shell takes it: whatever it holds, it is one word, and runs nothing. */
export function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
