/** What every task does: compiles what changed, and calls the command in the project's folder. */
import { existsSync, readdirSync } from "node:fs"
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre"
import { tooOld } from "../cli/NodeVersion.ts"
import { argumentsOf, type TaskCommand } from "./Commands.ts"

/** Whether the project has contracts of its own to compile, or names others' sources. */
function hasSources({ config }: HardhatRuntimeEnvironment): boolean {
  if (config.solidity.npmFilesToBuild.length > 0) return true
  return config.paths.sources.solidity.some(
    (folder) =>
      existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".sol"))
  )
}

/** The action of a command's task; it ends the process with the command's exit code. */
export function actionOf(
  command: TaskCommand
): (given: { readonly [name: string]: unknown }, hre: HardhatRuntimeEnvironment) => Promise<void> {
  return async (given, hre) => {
    // Hardhat itself runs under some that are too old for us; under older ones it ends before it loads a plugin.
    const says = tooOld(`hardhat mesocosm ${argumentsOf(command, given).join(" ")}`)
    if (says !== undefined) {
      process.stderr.write(says)
      process.exit(2)
    }
    // Hardhat fetches a compiler even where there is nothing to compile.
    if (hasSources(hre)) await hre.tasks.getTask("build").run({ quiet: true })
    process.chdir(hre.config.paths.root)
    const { scenarios, baselines } = hre.config.mesocosm
    process.env["MESOCOSM_CALLED"] = "npx hardhat mesocosm"
    process.env["MESOCOSM_SCENARIOS"] = scenarios
    process.env["MESOCOSM_BASELINES"] = baselines
    const [{ main }, { codeWords }] = await Promise.all([
      import("../cli/Program.ts"),
      import("../store/CodeVersion.ts")
    ])
    const code = await main(argumentsOf(command, given), codeWords().version)
    // The chain leaves native threads behind; what was printed is flushed first.
    process.stdout.write("", () => process.exit(code))
  }
}
