/** The command that makes the same run again. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { commandLine } from "./CommandLine.ts"

/** One line for a POSIX shell: scenario, arm, seed, and every Param that was set by hand. */
export function commandOf({ spec, params }: Manifest): string {
  const set = params.filter(({ setBy }) => setBy === "set").map(({ name, value }) => [name, value] as const)
  return commandLine({ scenario: spec.scenario, arm: spec.arm, seed: spec.seed, set: Object.fromEntries(set) })
}
