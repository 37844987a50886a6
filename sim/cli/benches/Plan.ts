/** The benches: what each measures, the script that does it, and what it is told. The scripts are processes of their own. */
import { join } from "node:path"
import { ScenarioError } from "../../Errors.ts"
import { nearest } from "../../Nearest.ts"

/** One bench. */
export interface Bench {
  /** As `--only` names it. */
  readonly id: string
  readonly title: string
  /** From the root of the checkout. */
  readonly script: string
  /** Whether it runs a scenario. */
  readonly scenario?: true
  /** Python packages that do the same work. */
  readonly python?: readonly string[]
  /** Whether anvil does the same work. */
  readonly anvil?: true
  /** Rounds that are counted, unless told otherwise. */
  readonly rounds: number
  /** Cores that it needs. */
  readonly cores?: number
}

const chain = (name: string): string => join("sim/chain/bench", `${name}.ts`)

/** All of them, in the order in which they run. */
export const benches: readonly Bench[] = [
  {
    id: "a",
    title: "writes only: ERC-20 transfers from 5,000 senders, engine and recording on",
    script: chain("writes"),
    python: ["verbs", "pyrevm"],
    anvil: true,
    rounds: 5
  },
  {
    id: "b",
    title: "a whole economy, against its own questions asked bare",
    script: chain("economy"),
    scenario: true,
    rounds: 3
  },
  {
    id: "c",
    title: "Arbiter's four operations, one at a time",
    script: chain("operations"),
    python: ["verbs", "pyrevm"],
    rounds: 3
  },
  { id: "d", title: "a long run of transfers, recording on", script: chain("soak"), rounds: 1 },
  {
    id: "e",
    title: "events of the kernel, without a chain",
    script: "sim/kernel/bench/events.ts",
    python: ["simpy", "mesa"],
    rounds: 5
  },
  { id: "f", title: "from the command to the first event", script: chain("start"), scenario: true, rounds: 7 },
  { id: "g", title: "snapshot and restore at 100,000 accounts", script: chain("snapshots"), rounds: 3 },
  { id: "w", title: "two worker threads against one", script: chain("workers"), scenario: true, rounds: 3, cores: 2 }
]

/**
 * Those that `--only` names, or all.
 * @throws ScenarioError Usage for a name that is none.
 */
export function chosen(only: string | undefined): readonly Bench[] {
  if (only === undefined) return benches
  const ids = benches.map(({ id }) => id)
  const asked = only.split(",").map((id) => id.trim())
  for (const id of asked) {
    if (ids.includes(id)) continue
    const near = nearest(id, ids)
    throw new ScenarioError({
      reason: "Usage",
      message: `there is no bench "${id}"${near === undefined ? "" : `; did you mean ${near}?`}`,
      fix: `Choose among ${ids.join(", ")}, for example --only a,e.`,
      offending: { name: "--only", value: only }
    })
  }
  return benches.filter(({ id }) => asked.includes(id))
}
