/**
 * The plugin for Hardhat 3, as `mesocosm/hardhat`: `hardhat mesocosm run`, `compare`, `baseline`, `check`, `explain`,
 * `list` and `new`, on the contracts that the project has compiled.
 */
import { emptyTask, task } from "hardhat/config"
import { ArgumentType } from "hardhat/types/arguments"
import type { HardhatPlugin } from "hardhat/types/plugins"
import type { TaskDefinition } from "hardhat/types/tasks"
import { COMMANDS, DESCRIPTIONS, type TaskCommand } from "./Commands.ts"
import type {} from "./Extensions.ts"

function taskOf(command: TaskCommand): TaskDefinition {
  const { name, says, options, switches } = command
  let built = task(["mesocosm", name], says).addVariadicArgument({
    name: "words",
    description: "A scenario, by id or file; a run and an agent; what is to be written",
    defaultValue: []
  })
  for (const option of options) {
    built = built.addOption({
      name: option,
      description: DESCRIPTIONS[option] ?? "",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined
    })
  }
  for (const switched of switches) built = built.addFlag({ name: switched, description: DESCRIPTIONS[switched] ?? "" })
  return built.setAction(async () => ({ default: (await import("./Action.ts")).actionOf(command) })).build()
}

const plugin: HardhatPlugin = {
  id: "mesocosm",
  npmPackage: "mesocosm",
  hookHandlers: { config: () => import("./Config.ts") },
  tasks: [emptyTask("mesocosm", "Economic tests of the project's contracts").build(), ...COMMANDS.map(taskOf)]
}

export default plugin
