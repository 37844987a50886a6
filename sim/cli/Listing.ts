/** What there is: scenarios with what they ask, and stored runs with what came of them. */
import { spoken } from "../kernel/Duration.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { readManifest } from "../store/RunFolder.ts"
import { catalogue, type Entry, load } from "./Catalogue.ts"
import { command, shown } from "./Checkout.ts"
import { EXIT, errorBlock, errorDocument } from "./Failure.ts"
import { RUNS, storedRuns } from "./Runs.ts"
import { flat, paint } from "./Terminal.ts"
import { print, printJson, short, table } from "./Text.ts"

interface Asked {
  readonly json: boolean
}

/** Prints the scenarios. @returns 2 when a file cannot be loaded: the others are listed all the same. */
export async function listScenarios({ json }: Asked): Promise<number> {
  const good: { readonly entry: Entry; readonly scenario: Scenario }[] = []
  const bad: { readonly entry: Entry; readonly error: unknown }[] = []
  const words: string[] = []
  for (const entry of catalogue()) {
    try {
      const scenario = await load(entry)
      good.push({ entry, scenario })
      words.push(scenarioWords(entry, scenario))
    } catch (error) {
      const broken = errorDocument(error)
      words.push(
        `${paint("bold", entry.id, process.stdout)}  ${paint("red", "cannot be loaded", process.stdout)}\n  ${flat(broken.message)}\n`
      )
      // Told below, and by the exit code.
      bad.push({ entry, error })
    }
  }
  if (json) {
    printJson({
      scenarios: good.map(({ entry, scenario }) => scenarioDocument(entry, scenario)),
      unloadable: bad.map(({ entry, error }) => ({ file: shown(entry.file), error: errorDocument(error) }))
    })
  } else {
    print(words.join("\n"))
    const first = good[0]
    if (first !== undefined) print(`\nRun one: ${command(`run ${first.scenario.id}`)}\n`)
    for (const { error } of bad) process.stderr.write(errorBlock(error))
  }
  return bad.length === 0 ? EXIT.ok : EXIT.usage
}

/** What a Param may be set to, in words. */
function domainOf(param: Scenario["params"][string]): string {
  const { domain, kind } = param
  if (domain === undefined) return "not swept"
  const bounds = domain.map((bound) => param.text(bound))
  return kind === "choice" ? bounds.join(" | ") : bounds.join(" to ")
}

function scenarioWords({ file }: Entry, scenario: Scenario): string {
  const arms = Object.entries(scenario.arms).map(([arm, sets]) => {
    const set = Object.entries(sets).map(([name, value]) => `${name}=${String(value)}`)
    return [arm, set.length === 0 ? "the Params as declared" : set.join(", ")]
  })
  const params = Object.entries(scenario.params).map(([name, param]) => [
    name,
    param.text(param.value),
    param.unit,
    domainOf(param)
  ])
  const { block, horizon } = scenario
  return (
    `${paint("bold", scenario.id, process.stdout)}  ${flat(scenario.question ?? "")}\n` +
    `  ${spoken(horizon)}, a block every ${spoken(block.every)}; ${shown(file)}\n\n` +
    `${table([["arm", "sets"], ...arms], ["left", "left"], 4)}\n` +
    table([["Param", "default", "unit", "domain"], ...params], ["left", "right", "left", "left"], 4)
  )
}

function scenarioDocument({ file }: Entry, scenario: Scenario): unknown {
  const { id, question, about, omits, horizon, arms, params, metrics } = scenario
  return {
    id,
    file: shown(file),
    question: question ?? null,
    about: about ?? null,
    omits,
    horizon,
    blockEvery: scenario.block.every,
    arms,
    params: Object.entries(params).map(([name, param]) => ({
      name,
      default: param.text(param.value),
      unit: param.unit,
      domain: param.domain?.map((bound) => param.text(bound)) ?? null,
      range: param.range?.map((bound) => param.text(bound)) ?? null,
      source: param.source
    })),
    metrics: metrics.map(({ name, unit, says, matters }) => ({
      name,
      unit,
      says: says ?? null,
      matters: matters ?? null
    }))
  }
}

/** Prints the runs in `./runs`, and the experiments too where both are asked for. @returns 2 when one cannot be read: the others are listed all the same. */
export async function listRuns({ json, experiments }: Asked & { readonly experiments?: boolean }): Promise<number> {
  const rows: string[][] = []
  const documents: unknown[] = []
  const errors: unknown[] = []
  for (const folder of storedRuns()) {
    try {
      const { status, spec, digest, checks, specHash, error } = await readManifest(folder)
      const failed = checks.filter(({ held }) => held === false).length
      const held = failed === 0 ? "" : `${failed} failed`
      rows.push([folder, status, held, short(digest.economy), short(digest.trace)])
      documents.push({ folder, status, spec, specHash, digest, checksFailed: failed, error })
    } catch (error) {
      // Told below, and by the exit code.
      errors.push(error)
      rows.push([folder, "cannot be read"])
    }
  }
  const also = experiments === true ? await (await import("./experiments/List.ts")).experimentsHere() : undefined
  errors.push(...(also?.errors ?? []))
  if (json) printJson({ runs: documents, ...also?.document, unreadable: errors.map(errorDocument) })
  else {
    if (rows.length === 0) print(`There is no run in ./${RUNS} yet. Make one: ${command("run <scenario>")}\n`)
    else print(table([["run", "status", "checks", "economy", "trace"], ...rows], [], 0))
    if (also !== undefined) print(`\n${also.words}`)
    for (const error of errors) process.stderr.write(errorBlock(error))
  }
  return errors.length === 0 ? EXIT.ok : EXIT.usage
}
