/** A sample catches a run that was changed consistently as often as `verify` says. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, it } from "vitest"
import { LocalExecutor } from "../../experiment/executors/LocalExecutor.ts"
import { alwaysMade, redo } from "../../experiment/verify/Redo.ts"
import { chanceOf, sampleOf } from "../../experiment/verify/Sample.ts"
import { findEntry, load } from "../Catalogue.ts"
import { PROJECT } from "../Checkout.ts"
import { mesocosm, workspace } from "../fixtures/Command.ts"
import { forged } from "../fixtures/forged.ts"
import { publishedFolder } from "./Experiment.ts"

const TRIALS = 200
const SAMPLE = 3

it("in 200 trials", { timeout: 1_200_000 }, async () => {
  const cwd = workspace()
  const set = ["--set", "honest=2", "--set", "identities=1"]
  const args = ["compare", "open-pool", "--arms", "baseline,honest", "--seeds", "6", ...set, "--out", "exp", "--quiet"]
  expect(await mesocosm(cwd, args)).toMatchObject({ code: 0 })
  await forged(join(cwd, "exp"), join(cwd, "forged"))
  const { published } = await publishedFolder(join(cwd, "forged"))
  const always = alwaysMade(published)
  const rest = [...published.records.keys()].filter((hash) => !always.has(hash))
  const entry = findEntry("open-pool")
  const scenario = await load(entry)
  const executor = new LocalExecutor(pathToFileURL(entry.file).href, {
    chain: "revm",
    root: PROJECT,
    preload: new URL("../Preload.ts", import.meta.url).href
  })
  const folder = await mkdtemp(join(tmpdir(), "mesocosm-trials-"))
  let caught = 0
  try {
    for (let trial = 0; trial < TRIALS; trial++) {
      const drawn = sampleOf(rest, SAMPLE, String(trial))
      const out = join(folder, String(trial))
      const found = await redo(published, { scenario, executor, out, drawn })
      if ((found?.length ?? 0) > 0) caught++
      await rm(out, { recursive: true })
    }
  } finally {
    await executor.close()
    await rm(folder, { recursive: true, force: true })
  }
  const chance = chanceOf({ count: SAMPLE, of: rest.length, changed: 1 })
  process.stdout.write(`caught ${caught} of ${TRIALS}; stated ${chance}\n`)
  expect(chance).toBeCloseTo(SAMPLE / rest.length, 12)
  expect(Math.abs(caught / TRIALS - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / TRIALS))
})
