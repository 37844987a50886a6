/**
 * `mesocosm verify`: what was published, beside what comes of the scenario and the contracts at hand. Of what is
 * verified nothing is run: it names a scenario, by id, and a design, and is else compared.
 */
import { randomInt } from "node:crypto"
import { existsSync, statSync } from "node:fs"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readRecord } from "../../../reports/verify/Record.ts"
import { ReportError } from "../../Errors.ts"
import { readSeed } from "../../run/RunSpec.ts"
import { EXPERIMENT } from "../../store/ExperimentReader.ts"
import { MANIFEST } from "../../store/RunFolder.ts"
import { shown } from "../Checkout.ts"
import { DEFAULTS } from "../Defaults.ts"
import { readCount, usage } from "../experiments/Asked.ts"
import { EXIT } from "../Failure.ts"
import { findRun } from "../Runs.ts"
import { print, printJson } from "../Text.ts"
import { publishedFolder, publishedPage, verifyExperiment } from "./Experiment.ts"
import { verifyRun } from "./Run.ts"
import type { Asked, Carried, Verified } from "./Verified.ts"
import { verifiedWords } from "./Words.ts"

/** @returns the exit code; what came of it has been printed. @throws ReportError, ScenarioError where nothing can be tried. */
export async function verify(asked: Asked): Promise<number> {
  const verified = await verifying(asked)
  if (verified === undefined) return EXIT.interrupted
  const { embedded } = verified
  const alone = embedded === null ? [] : [...embedded.fromPublished, ...embedded.fromHere, ...embedded.stopped]
  const differs = verified.differs.length > 0 || alone.length > 0
  if (asked.json) printJson({ target: shown(asked.target), same: !differs, ...verified })
  else print(verifiedWords(shown(asked.target), verified))
  return differs ? EXIT.checkFailed : EXIT.ok
}

/** The same, without a word. @returns undefined when the signal came first. */
export async function verifying(asked: Asked): Promise<Verified | undefined> {
  const { target, all, sample } = asked
  // Without a browser it is told now, not after everything else.
  if (asked.runEmbedded) (await import("./embedded/Embedded.ts")).browser()
  const count = all ? null : readCount("--sample", sample ?? DEFAULTS.verify.sample, 1, 1_000_000)
  // A seed that whoever publishes cannot know before.
  const drawSeed = asked.seed === undefined ? String(randomInt(2 ** 47)) : String(readSeed(asked.seed))
  if (all) refuseDraw(asked, "with --all, nothing is drawn")
  const scratch = await mkdtemp(join(tmpdir(), "mesocosm-verify-"))
  const carried = { ...asked, count, drawSeed, scratch }
  try {
    if (existsSync(join(target, EXPERIMENT))) return await verifyExperiment(await publishedFolder(target), carried)
    if (existsSync(target) && statSync(target).isFile() && !target.endsWith(".json")) return await ofPage(carried)
    if (!existsSync(target) && /\.html?$/i.test(target)) throw missing(target)
    const folder = existsSync(join(target, MANIFEST)) ? target : findRun(target)
    refuseDraw(asked, "a run is made again whole")
    return await verifyRun({ folder }, carried)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Of what is made again whole no sample is drawn. @throws ScenarioError Usage. */
function refuseDraw({ sample, seed }: Pick<Asked, "sample" | "seed">, why: string): void {
  for (const [flag, value] of [
    ["--sample", sample],
    ["--seed", seed]
  ] as const) {
    if (value !== undefined)
      throw usage(flag, value, `draws a sample of an experiment's runs, and ${why}`, "Leave it out.")
  }
}

async function ofPage(carried: Carried): Promise<Verified | undefined> {
  const page = await readFile(carried.target, "utf8")
  const record = readRecord(page, shown(carried.target))
  if (record.kind === "run") {
    refuseDraw(carried, "the report is of a run, which is made again whole")
    return verifyRun({ page, record }, carried)
  }
  return verifyExperiment(publishedPage(page, record, shown(carried.target)), carried)
}

function missing(target: string): ReportError {
  return new ReportError({
    reason: "UnknownRun",
    message: `there is no file ${shown(target)}`,
    fix: "Give the HTML file of a report, or the folder of a run or an experiment.",
    offending: { name: "report", value: target }
  })
}
