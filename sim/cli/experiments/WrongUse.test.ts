/** Every wrong use of the commands that make many runs ends with 2 before a run is made, and says how to mend it. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ErrorDocument } from "../Failure.ts"
import { mesocosm, workspace } from "../fixtures/Command.ts"

type Case = readonly [what: string, args: string, reason: string, offending: string, fix: RegExp]

const pool = "compare open-pool"
const rewards = "compare weekly-rewards"

const cases: readonly Case[] = [
  ["an unknown scenario", "compare open-pol", "UnknownScenario", "scenario", /open-pool/],
  ["an unknown KPI", `${pool} --kpi sybilShar`, "UnknownMetric", "--kpi", /Did you mean sybilShare\?/],
  ["a KPI without a smallest effect", `${pool} --kpi paid`, "Usage", "--kpi", /matters: \{ by, better \}/],
  ["an unknown arm", `${pool} --arms baseline,honst`, "UnknownArm", "arm", /honest/],
  ["an arm twice", `${pool} --arms honest,honest`, "Usage", "--arms", /each arm once/],
  ["an empty arm", `${pool} --arms baseline,,honest`, "Usage", "--arms", /single commas/],
  ["an unknown Param", `${pool} --set honst=5`, "UnknownParam", "honst", /honest/],
  ["a Param out of its domain", `${pool} --set honest=9999`, "OutOfDomain", "honest", /2,?000/],
  ["a Param of another kind", `${pool} --set honest=many`, "WrongUnit", "honest", /./],
  ["no name=value", `${pool} --set honest`, "Usage", "--set", /--set honest=200/],
  ["one seed for an interval", `${pool} --seeds 1`, "Usage", "--seeds", /--seeds 2 or more/],
  ["no seeds", `${pool} --seeds 0`, "Usage", "--seeds", /whole number from 1/],
  ["a first seed that is none", `${pool} --seed -3`, "MalformedSeed", "seed", /./],
  ["an audit that is no count", `${pool} --audit some`, "Usage", "--audit", /whole number/],
  ["workers that are no count", `${pool} --workers 0`, "Usage", "--workers", /whole number from 1/],
  ["a shard that is none", `${pool} --shard 3/2`, "Usage", "--shard", /--shard 1\/4/],
  ["a shard of stages", `${pool} --shard 1/2 --until decided`, "Usage", "--shard", /Leave out one/],
  ["a decision of one arm", `${pool} --arms baseline --until decided`, "Usage", "--until", /two arms/],
  ["assumptions of one arm", `${pool} --arms honest --over-assumptions`, "Usage", "--over-assumptions", /two arms/],
  ["too few points", `${rewards} --over-assumptions --points 2`, "Usage", "--points", /from 8/],
  ["too few seeds in all", `${pool} --until decided --max-seeds 3`, "Usage", "--max-seeds", /from 10/],
  ["a queue that is no address", `${pool} --queue here`, "Usage", "--queue", /redis:\/\/host:port/],
  ["a queue that does not answer", `${pool} --queue redis://127.0.0.1:1`, "Unreachable", "--queue", /redis-server/],
  ["a sweep of nothing", "sweep open-pool", "Usage", "--vary", /--vary honest/],
  ["an unknown Param to vary", "sweep open-pool --vary stak", "UnknownParam", "--vary", /Did you mean stake\?/],
  [
    "a Param without a domain",
    "sweep open-pool --vary tokenPrice",
    "Usage",
    "tokenPrice",
    /--vary tokenPrice=low..high/
  ],
  ["an end out of the domain", "sweep open-pool --vary honest=0..9999", "OutOfDomain", "honest", /2,?000/],
  [
    "ends the wrong way round",
    "sweep open-pool --vary honest=10..5",
    "Usage",
    "honest",
    /lower end first: honest=5\.\.10\./
  ],
  ["equal ends", "sweep open-pool --vary honest=10..10/5", "Usage", "honest", /ends that differ, .*: honest=10\./],
  ["a Param varied twice", "sweep open-pool --vary honest=5 --vary honest=6", "Usage", "--vary", /once/],
  ["a value listed twice", "sweep open-pool --vary honest=5,5", "Usage", "honest", /once/],
  [
    "a list of numbers outside a grid",
    "sweep open-pool --vary honest=30,10,20 --sample latin",
    "Usage",
    "honest",
    /honest=10\.\.30/
  ],
  ["steps outside a grid", "sensitivity open-pool --vary honest=1..9/3", "Usage", "honest", /honest=1\.\.9\)/],
  ["an axis that is none", "sweep open-pool --vary honest=", "Usage", "--vary", /stake=0\.\.1000000/],
  [
    "a million runs",
    "sweep open-pool --vary honest=0..9/10 --seeds 200000",
    "Usage",
    "--seeds",
    /fewer points or seeds/
  ],
  ["sensitivity to an unknown Param", "sensitivity open-pool --vary stak", "UnknownParam", "--vary", /stake/],
  ["a base that is no count", "sensitivity open-pool --base 1", "Usage", "--base", /whole number from 2/],
  ["a method that is none", "sensitivity open-pool --method guess", "Usage", "method", /help/],
  ["nothing to resume", "resume nowhere", "UnknownRun", "experiment", /folder/],
  ["an experiment of another schema", "resume newer", "SchemaVersion", "schema", /version that wrote it/],
  ["nothing to export", "export nowhere", "UnknownRun", "experiment", /folder/],
  ["a question of another schema", "query newer select+1", "SchemaVersion", "schema", /version that wrote it/],
  ["a question to nothing", "query nowhere", "UnknownRun", "experiment", /folder/],
  ["shards that are none", "collect nowhere --out whole", "UnknownRun", "experiment", /folder/],
  ["shards of another schema", "collect newer --out whole", "SchemaVersion", "schema", /version that wrote it/],
  ["shards without a place", "collect nowhere", "Usage", "--out", /help/],
  ["a worker without a queue", "worker", "Usage", "--queue", /help/],
  ["a place that cannot be written", `${pool} --out /proc/none`, "Unwritable", "--out", /--out/]
]

describe("a wrong use", { timeout: 120_000 }, () => {
  let cwd = ""
  beforeAll(() => {
    cwd = workspace()
    mkdirSync(join(cwd, "newer"))
    writeFileSync(join(cwd, "newer", "experiment.json"), '{ "schema": 99 }')
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it.concurrent.each(cases)("%s: mesocosm %s", async (_, line, reason, name, fix) => {
    const args = line.split(" ").map((word) => word.replaceAll("+", " "))
    const json = args[0] !== "export" && args[0] !== "worker"
    const { code, stdout, stderr } = await mesocosm(cwd, json ? [...args, "--json"] : args)
    expect([code, existsSync(join(cwd, "experiments")), existsSync(join(cwd, "whole"))]).toEqual([2, false, false])
    if (json) {
      const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
      expect([error.reason, error.offending?.name, stderr]).toEqual([reason, name, ""])
      expect(error.fix).toMatch(fix)
    } else {
      const [, said, mend = ""] = /^\w+ (\w+): .+\nfix: (.+)\n$/.exec(stderr) ?? []
      expect([said, stdout]).toEqual([reason, ""])
      expect(mend).toMatch(fix)
    }
  })
})
