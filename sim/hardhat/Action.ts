/** What every task does: compiles what changed, and calls the command in the project's folder. */
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre"
import { argumentsOf, type TaskCommand } from "./Commands.ts"

/** The action of a command's task; it ends the process with the command's exit code. */
export function actionOf(
  command: TaskCommand
): (given: { readonly [name: string]: unknown }, hre: HardhatRuntimeEnvironment) => Promise<void> {
  return async (given, hre) => {
    await hre.tasks.getTask("build").run({ quiet: true })
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
