/** What nobody would read is refused, and not left aside: with what it is read with, and before anything runs. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ErrorDocument } from "./Failure.ts"
import { said } from "./fixtures/InProcess.ts"

type Case = readonly [line: string, offending: string, message: RegExp, fix: RegExp]

const cases: readonly Case[] = [
  ["compare open-pool --max-seeds 6", "--max-seeds", /--until decided only/, /add --until decided/],
  ["compare open-pool --until decided --seeds 6", "--seeds", /not read with --until/, /--max-seeds/],
  ["compare open-pool --points 3", "--points", /--over-assumptions only/, /add --over-assumptions/],
  ["compare open-pool --pairs 3", "--pairs", /--over-assumptions only/, /add --over-assumptions/],
  ["sweep open-pool --vary stake=1..3 --points 4", "--points", /--sample latin/, /stake=0..1000000\/4/],
  ["sweep open-pool --vary honest=1,2 --set honest=3", "--set", /sets what --vary honest varies/, /Leave out one/],
  ["sweep open-pool --vary honest=1,2 --vary honest=3", "--vary", /names honest twice/, /once/],
  ["sweep open-pool --vary honest=1..9/3 --sample latin", "honest", /has steps/, /honest=1..9/],
  ["sweep open-pool --vary honest=1,2,9 --sample sobol", "honest", /list of values/, /honest=1..9/],
  ["sensitivity open-pool --vary honest=1,2,9", "honest", /list of values/, /honest=1..9/],
  ["sensitivity open-pool --vary honest --set honest=3", "--set", /--vary honest varies/, /Leave out one/],
  ["verify RUN --seed 3", "--seed", /a run is made again whole/, /Leave it out/],
  ["verify RUN --sample 3", "--sample", /a run is made again whole/, /Leave it out/],
  ["verify RUN --all --sample 3", "--sample", /with --all, nothing is drawn/, /Leave it out/],
  ["verify RUN --seed abc", "seed", /"abc" is not a whole number/, /--seed 7/],
  ["explain RUN farm/0 --last 99 --all", "--last", /less than --all/, /Leave out --all or --last/],
  ["explain RUN farm/0 --from 5 --to 3", "--to", /before --from 5/, /--from 3 --to 5/],
  ["explain RUN farm/0 --last 0", "--last", /at least 1/, /--last 3/],
  ["explain RUN farm/0 --from -1", "--from", /weeks count from 1/, /--from 3/],
  ["explain RUN 170 --last 2", "--last", /170 is a block/, /Leave it out/]
]

describe("what nobody would read", () => {
  const run = join(mkdtempSync(join(tmpdir(), "mesocosm-ignored-")), "run")
  beforeAll(() => {
    mkdirSync(run)
    writeFileSync(join(run, "manifest.json"), "{}")
  })
  afterAll(() => rmSync(join(run, ".."), { recursive: true, force: true }))

  it.each(cases)("is refused: %s", async (line, offending, message, fix) => {
    const before = existsSync("experiments")
    const { code, stdout } = await said(...line.replace("RUN", run).split(" "), "--json")
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect([code, error.tag, error.offending?.name]).toEqual([2, "ScenarioError", offending])
    expect(error.message).toMatch(message)
    expect(error.fix).toMatch(fix)
    expect(existsSync("experiments")).toBe(before)
  })
})
