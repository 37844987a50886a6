/** What is said of recorded runs that were made again, in every place where a check is told. */
import type { Checked } from "../../experiment/gate/Check.ts"
import { plural, ranges } from "../Text.ts"

/** One sentence; undefined where there is nothing to say. */
export function againWords({ again, arms, changes, paired, kpis }: Checked): string | undefined {
  if (again === undefined) {
    const others = paired && changes.length === 0 && arms.some(({ identical }) => !identical)
    return others ? `nothing that is recorded has changed, and yet runs leave other digests: ${UNSEEN}` : undefined
  }
  const which = `${again.seeds.length === 1 ? "seed" : "seeds"} ${listed(again.seeds)}`
  if (again.says === "unfinished") {
    return `nothing that is recorded has changed, but time was up before recorded ${which} were run again to make sure`
  }
  if (again.says === "differ") {
    const [first] = again.differing
    const where = first === undefined ? "" : ` (arm ${first.arm}, seed ${first.seed})`
    const many = plural(again.differing.length, "recorded run")
    return `nothing that is recorded has changed, and yet ${many} did not leave the recorded digest when made again${where}: ${UNSEEN}`
  }
  const give = `${which} ${again.seeds.length === 1 ? "gives" : "give"} the recorded digests again`
  const lucky = kpis.filter(({ onItsSeeds }) => onItsSeeds === "fails").map(({ kpi }) => kpi)
  const luck =
    lucky.length === 0
      ? ""
      : `; ${[...new Set(lucky)].join(", ")} would be called worse on these seeds, but that is the luck of these seeds or of the recorded ones`
  return `nothing that the runs rest on has changed: ${give}; new seeds cannot show a change of code${luck}`
}

const UNSEEN = "something did that no record shows, such as a file that the scenario imports"

function listed(seeds: readonly number[]): string {
  return seeds.length === 2 ? seeds.join(" and ") : ranges(seeds)
}
