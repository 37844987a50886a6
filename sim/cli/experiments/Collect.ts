/** `mesocosm collect`: the shards of one experiment put together, then audited and analysed as a whole. */
import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Hex } from "../../chain/Contracts.ts"
import { ReportError, ScenarioError } from "../../Errors.ts"
import type { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import { readStored, type StoredExperiment } from "../../store/ExperimentReader.ts"
import { readRecords } from "../../store/ExperimentRecords.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { command, shown } from "../Checkout.ts"
import { mayWrite } from "../MayWrite.ts"
import { takeExperiment } from "../Stored.ts"
import type { Carried } from "./Asked.ts"
import { codeOf } from "./CodeOf.ts"
import { carryOut, find, openExecutor, openOrCreate } from "./Conducting.ts"

interface Part {
  readonly path: string
  readonly stored: StoredExperiment
}

/**
 * Copies what the folders recorded into one, and concludes it. A run that several of them have is taken once.
 * @returns the exit code.
 * @throws ReportError NotComparable when they are not of one experiment, or runs are missing; and what reading them throws.
 */
export async function collect(paths: readonly string[], carried: Carried & { readonly out: string }): Promise<number> {
  const parts: Part[] = []
  for (const path of paths) await takeExperiment(path)
  await mayWrite(carried.report, "--report")
  for (const path of paths) parts.push({ path, stored: await readStored(path) })
  const [first] = parts as [Part, ...Part[]]
  for (const part of parts) sameExperiment(first, part)
  const { manifest } = first.stored
  const found = await find(manifest.named)
  if ((await codeOf(found.entry)) !== manifest.fingerprint) {
    throw new ScenarioError({
      reason: "OtherCode",
      message: `${first.path} was made by other code than this${manifest.code.revision === null ? "" : ` (revision ${manifest.code.revision.slice(0, 9)})`}`,
      fix: "Collect with the code that made the shards: the audit does some of their runs again.",
      offending: { name: "experiment", value: first.path }
    })
  }
  nothingMissing(parts)
  const asBegun = { ...carried, chain: manifest.chain }
  const executor = await openExecutor(found, asBegun)
  try {
    const folder = await openOrCreate(carried.out, {
      ...manifest,
      status: "running",
      shard: null,
      audited: [],
      error: null,
      runs: { planned: 0, complete: 0, failed: 0 }
    })
    try {
      await fill(folder, parts)
      return await carryOut(found, folder, executor, asBegun)
    } finally {
      folder.close()
    }
  } finally {
    await executor.close()
  }
}

async function fill(folder: ExperimentFolder, parts: readonly Part[]): Promise<void> {
  if (folder.rounds === 0) {
    const { points, plan } = (parts[0] as Part).stored
    await folder.addRound(points, plan)
  }
  for (const { path } of parts) {
    for await (const records of readRecords(path)) for (const record of records) await folder.append(record)
    const arms = join(path, "arms")
    for (const file of existsSync(arms) ? await readdir(arms) : []) {
      if (!file.endsWith(".json")) continue
      // A folder wrote it as the manifest of a run.
      await folder.describeArm(JSON.parse(await readFile(join(arms, file), "utf8")) as Manifest)
    }
  }
}

/** @throws ReportError NotComparable, naming what differs. */
function sameExperiment(first: Part, part: Part): void {
  const [a, b] = [first.stored.manifest, part.stored.manifest]
  const differences = [
    ...(a.design.scenario === b.design.scenario ? [] : [`scenario: ${a.design.scenario}, ${b.design.scenario}`]),
    ...Object.keys(a.design)
      .filter((key) => key !== "scenario" && different(a.design, b.design, key))
      .map((key) => `${key} of the design`),
    ...(a.chain === b.chain ? [] : [`chain: ${a.chain}, ${b.chain}`]),
    ...(a.fingerprint === b.fingerprint
      ? []
      : [
          `code: ${revision(a.code.revision)} ${a.fingerprint.slice(0, 8)}, ${revision(b.code.revision)} ${b.fingerprint.slice(0, 8)}`
        ])
  ]
  if (differences.length === 0 && a.hash === b.hash) return
  throw new ReportError({
    reason: "NotComparable",
    message: `${first.path} and ${part.path} are not of one experiment; they differ in ${differences.join("; ") || "their designs"}`,
    fix: "Collect shards of one command, made by one code.",
    offending: { name: "folder", value: part.path }
  })
}

function different(a: object, b: object, key: string): boolean {
  return JSON.stringify(Reflect.get(a, key)) !== JSON.stringify(Reflect.get(b, key))
}

function revision(name: string | null): string {
  return name === null ? "no revision" : name.slice(0, 9)
}

/** @throws ReportError NotComparable, naming each missing part with the command that makes it. */
function nothingMissing(parts: readonly Part[]): void {
  const recorded = new Set<Hex>(parts.flatMap(({ stored }) => [...stored.outcomes.keys()]))
  // What did not come to writing its plan has none of its runs either.
  const plan = parts.reduce<StoredExperiment["plan"]>(
    (longest, { stored }) => (stored.plan.length > longest.length ? stored.plan : longest),
    []
  )
  const missing = plan.filter(({ hash }) => !recorded.has(hash))
  if (plan.length > 0 && missing.length === 0) return
  const { manifest } = (parts.find(({ stored }) => stored.manifest.shard !== null) ?? (parts[0] as Part)).stored
  const of = manifest.shard?.of ?? 1
  const commands = new Set<string>()
  for (const { index } of missing) {
    const shard = (index % of) + 1
    const begun = parts.find(({ stored }) => {
      const its = stored.manifest.shard
      return its === null || (its.of === of && its.index === shard)
    })
    commands.add(
      begun === undefined
        ? command(`${manifest.command ?? `… ${manifest.named}`} --shard ${shard}/${of}`)
        : command(`resume ${shown(begun.path)}`)
    )
  }
  if (plan.length === 0) commands.add(command(`resume ${shown((parts[0] as Part).path)}`))
  throw new ReportError({
    reason: "NotComparable",
    message: `${missing.length} of ${plan.length} runs are in none of the folders`,
    fix: `Make them, then collect again: ${[...commands].join("; ")}.`,
    offending: { name: "folder", value: parts.map(({ path }) => path).join(" ") }
  })
}
