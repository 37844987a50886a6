/** What is said of calls that ran out of gas: what comes of such a run says nothing of its contracts' rules. */
import type { DryRuns } from "../../sim/store/DryRuns.ts"
import { count, counted, listed } from "./Quantity.ts"

type Dry = DryRuns["functions"][number]

/** What helps. */
export const MORE_GAS = "give the scenario's gas a higher limit, or its intents one"

/** "bounty.judge ran out of its 1,000,000 gas 22 times". Undefined of a function that never did. */
export function outOfGasSays({ contract, fn, outOfGas, limits }: Dry): string | undefined {
  if (limits === null) return undefined
  const [low, high] = limits
  const times = outOfGas === 1 ? "once" : `${count(outOfGas)} times`
  return low === high
    ? `${contract}.${fn} ran out of its ${count(low)} gas ${times}`
    : `${contract}.${fn} ran out of gas ${times}, at limits of ${count(low)} to ${count(high)}`
}

/** The sentence about several runs. */
export function outOfGasOf(functions: readonly Dry[], runs: number): string {
  const said = listed(functions.flatMap((each) => outOfGasSays(each) ?? []))
  return `Out of gas: in ${counted(runs, "run")} ${said}, so that what came of them may come of too little gas and not of the contracts' rules.`
}
