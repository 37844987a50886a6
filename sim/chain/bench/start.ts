/**
 * From the command to its first event: `mesocosm run … --chain revm` in a process of its own, contracts compiled,
 * through the wrapper as a person calls it and without it; in turns with a Node that does nothing.
 *
 *     node sim/chain/bench/start.ts --scenario scenarios/weekly-rewards.ts [--rounds 5]
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { race } from "./fixtures/Race.ts"
import { say, told } from "./fixtures/Script.ts"

const { rounds, scenario } = told()
if (scenario === undefined) throw new Error("give the scenario's file: --scenario scenarios/weekly-rewards.ts")
const root = new URL("../../..", import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), "mesocosm-start-"))
const [mark, out] = [join(folder, "mark"), join(folder, "run")]
const hook = `--import=${new URL("fixtures/firstEvent.ts", import.meta.url).href}`
const run = ["run", resolve(scenario), "--seed", "7", "--chain", "revm", "--quiet", "--no-report", "--out", out]

/** Seconds from the start of the command to what it says in the mark. */
function started(command: string, args: readonly string[]): number {
  rmSync(mark, { force: true })
  const began = Date.now()
  const { stderr } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: hook, MESOCOSM_BENCH_FIRST_EVENT: mark },
    encoding: "utf8"
  })
  try {
    return (Number(readFileSync(mark, "utf8")) - began) / 1000
  } catch (cause) {
    throw new Error(`the command came to no event: ${stderr}`, { cause })
  }
}

const raced = await race(
  [
    { name: "wrapper", round: () => 1 / started(join(root, "mesocosm"), run) },
    { name: "command", round: () => 1 / started(process.execPath, [join(root, "sim/cli/main.ts"), ...run]) },
    {
      name: "bare node",
      round() {
        const began = performance.now()
        spawnSync(process.execPath, ["--eval", "0"])
        return 1000 / (performance.now() - began)
      }
    }
  ],
  rounds
)
rmSync(folder, { recursive: true, force: true })
const took = raced.figures("s").map((figure) => ({ ...figure, value: 1 / figure.value }))
say({
  figures: took,
  headlines: [
    { name: "start to first event through the wrapper, in s", ratio: took[0]?.value ?? Number.NaN, n: rounds, most: 1 },
    { ...raced.ratio("bare node", "wrapper"), name: "start to first event / bare node" }
  ]
})
