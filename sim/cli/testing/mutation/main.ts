/**
 * `node sim/cli/testing/mutation/main.ts contracts/access/DataMarket.sol […]`: mutates contracts, runs the tests beside
 * each, and prints the mutants that nobody noticed. Exits with 1 if there are any that `accepted.ts` does not explain.
 */
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { MesocosmError } from "../../../Errors.ts"
import { unexplained } from "./accepted.ts"
import { judge } from "./MutationRun.ts"

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "1" } }
})
const root = fileURLToPath(new URL("../../../../", import.meta.url))

try {
  for (const contract of positionals) {
    const judged = await judge(root, contract, {
      every: Number(values.every),
      onJudged: ({ mutant: { line, from, to, text }, fate }, done, of) => {
        if (fate === "survived") console.log(`${contract}:${line}: "${from}" as "${to}" in: ${text}`)
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} `)
      }
    })
    const count = (fate: string): number => judged.filter((each) => each.fate === fate).length
    const open = unexplained(contract, judged)
    console.log(
      `${contract}: ${judged.length} mutants, ${count("killed")} noticed, ${count("stillborn")} not compiled, ` +
        `${count("survived")} survived, of which ${open.length} unexplained`
    )
    if (open.length > 0) process.exitCode = 1
  }
} catch (error) {
  if (!(error instanceof MesocosmError)) throw error
  console.error(`${error.message}\nfix: ${error.fix}`)
  process.exitCode = 2
}
