/** Runs the benches, each in a process of its own, one after another, and says what they found. */
import { spawn } from "node:child_process"
import { availableParallelism, cpus } from "node:os"
import { join } from "node:path"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { ScenarioError } from "../../Errors.ts"
import { resolve } from "../../run/RunSpec.ts"
import { findEntry, load } from "../Catalogue.ts"
import { ROOT, shown } from "../Checkout.ts"
import { EXIT } from "../Failure.ts"
import { readSets } from "../Perform.ts"
import { paint } from "../Terminal.ts"
import { print, printJson, table } from "../Text.ts"
import { findPeers, type Peers } from "./Peers.ts"
import { type Bench, chosen } from "./Plan.ts"
import { type BenchReport, type Headline, reached } from "./Report.ts"

/** What `mesocosm bench` was given. */
interface Asked {
  readonly only: string | undefined
  readonly scenario: string
  readonly set: readonly string[]
  readonly rounds: string | undefined
  readonly quick: boolean
  readonly long: boolean
  readonly against: boolean
  readonly peers: string
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/** A bench that was run, or why it was not. */
interface Done {
  readonly bench: Bench
  readonly report: BenchReport | undefined
  /** Why there is no report. */
  readonly why: string | undefined
  /** Whether its script broke. */
  readonly broke: boolean
}

/**
 * Measures and tells.
 * @returns the exit code: 1 where a target was missed, 3 where a bench broke.
 * @throws ScenarioError when what was asked for is wrong; nothing has run then.
 */
export async function measure(asked: Asked): Promise<number> {
  const plan = chosen(asked.only)
  if (asked.quick && asked.long)
    throw usage("--quick and --long contradict each other", "Leave one of them out.", "--long")
  const rounds = asked.rounds === undefined ? undefined : readRounds(asked.rounds)
  const entry = findEntry(asked.scenario)
  // What the scripts would find out one after another.
  resolve(await load(entry), { seed: 7, set: readSets(asked.set) })
  if (!ArtifactStore.open(ROOT).names().includes("DataToken")) {
    throw usage("the contracts are not compiled, and the benches deploy them", "Run npx hardhat build.", "artifacts")
  }
  const peers = asked.against ? findPeers(asked.peers) : undefined
  const done: Done[] = []
  for (const bench of plan) {
    if (asked.signal.aborted) break
    done.push(await one(bench, { asked, rounds, file: entry.file, peers }))
    if (!asked.json) print(words(done.at(-1) as Done, asked.quick))
  }
  const lacking = peers?.lacking ?? []
  if (asked.json) printJson(document(done, asked, lacking))
  else print(ending(done, asked, lacking))
  if (asked.signal.aborted) return EXIT.interrupted
  if (done.some(({ broke }) => broke)) return EXIT.runFailed
  return !asked.quick && headlines(done).some((headline) => reached(headline) === false) ? EXIT.checkFailed : EXIT.ok
}

interface Setting {
  readonly asked: Asked
  readonly rounds: number | undefined
  readonly file: string
  readonly peers: Peers | undefined
}

async function one(bench: Bench, { asked, rounds, file, peers }: Setting): Promise<Done> {
  const cores = availableParallelism()
  if (cores < (bench.cores ?? 1)) {
    return { bench, report: undefined, why: `needs ${bench.cores} cores, and here is ${cores}`, broke: false }
  }
  const size = asked.quick ? "quick" : asked.long ? "long" : "usual"
  const args = ["--size", size, "--rounds", String(rounds ?? (asked.quick ? 2 : bench.rounds))]
  if (bench.scenario === true) args.push("--scenario", file, ...asked.set.flatMap((each) => ["--set", each]))
  const packages = bench.python ?? []
  if (peers?.python !== undefined && packages.length > 0 && packages.every((name) => peers.packages.includes(name))) {
    args.push("--python", peers.python)
  }
  if (peers?.anvil !== undefined && bench.anvil === true) args.push("--anvil", peers.anvil)
  if (!asked.quiet) process.stderr.write(`${bench.id}: ${bench.title}\n`)
  return { bench, ...(await run(bench, args, asked)) }
}

function run(bench: Bench, args: readonly string[], { quiet, signal }: Asked): Promise<Omit<Done, "bench">> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [join(ROOT, bench.script), ...args], { stdio: ["ignore", "pipe", "pipe"] })
    const stop = (): void => void child.kill()
    signal.addEventListener("abort", stop)
    let said = ""
    let complaints = ""
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk
    })
    child.stderr.on("data", (chunk: Buffer) => {
      complaints = `${complaints}${chunk}`.slice(-2000)
      if (!quiet) process.stderr.write(chunk)
    })
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop)
      if (code === 0) {
        // The one document that the script prints.
        settle({ report: JSON.parse(said) as BenchReport, why: undefined, broke: false })
      } else if (signal.aborted) settle({ report: undefined, why: "interrupted", broke: false })
      else settle({ report: undefined, why: `broke: ${complaints.trimEnd()}`, broke: true })
    })
  })
}

/** @throws ScenarioError Usage. */
function readRounds(text: string): number {
  const rounds = /^\d+$/.test(text.trim()) ? Number(text) : 0
  if (rounds >= 1 && rounds <= 1000) return rounds
  throw usage(
    `--rounds is "${text}", which is no number of rounds`,
    "Give a whole number from 1 to 1,000.",
    "--rounds",
    text
  )
}

function usage(message: string, fix: string, name: string, value = ""): ScenarioError {
  return new ScenarioError({ reason: "Usage", message, fix, offending: { name, value } })
}

function headlines(done: readonly Done[]): readonly Headline[] {
  return done.flatMap(({ report }) => report?.headlines ?? [])
}

function words({ bench, report, why }: Done, quick: boolean): string {
  const head = `${paint("bold", `${bench.id}  ${bench.title}`, process.stdout)}\n`
  if (report === undefined) return `${head}   not measured: ${why}\n\n`
  const figures = report.figures.map(({ name, value, unit, n }) => [
    name,
    shownNumber(value),
    unit,
    n > 1 ? `n ${n}` : ""
  ])
  const ratios = report.headlines.map((headline) => {
    const { name, ratio, n, least, most } = headline
    const target = least !== undefined ? `at least ${least}` : most !== undefined ? `at most ${most}` : ""
    return [mark(quick ? undefined : reached(headline)), name, shownNumber(ratio), target, `n ${n}`]
  })
  return (
    head +
    table(figures, ["left", "right", "left", "left"], 5) +
    table(ratios, ["left", "left", "right", "left", "left"], 3) +
    "\n"
  )
}

function mark(held: boolean | undefined): string {
  if (held === undefined) return "·"
  return held ? paint("green", "✓", process.stdout) : paint("red", "✗", process.stdout)
}

function shownNumber(value: number): string {
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2
  return value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: 0 })
}

function ending(done: readonly Done[], { quick, against, peers }: Asked, lacking: Peers["lacking"]): string {
  const judged = headlines(done).flatMap((headline) => reached(headline) ?? [])
  const held = judged.filter(Boolean).length
  const lines = [
    quick
      ? "Too short to judge (--quick): no target was held against these figures."
      : `${held} of ${judged.length} targets reached.`,
    "Medians of rounds in turns; a ratio is the median of the rounds' ratios. Other work on the machine moves all of them."
  ]
  for (const { name, install } of lacking) lines.push(`not compared, since not installed: ${name}\n  fix: ${install}`)
  if (!against) lines.push(`Others' engines and kernels beside it: --against (looked for in ${shown(peers)}).`)
  return `${lines.join("\n")}\n`
}

function document(done: readonly Done[], { quick, only, signal }: Asked, lacking: Peers["lacking"]): unknown {
  return {
    only: only ?? null,
    quick,
    interrupted: signal.aborted,
    host: { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model ?? null },
    benches: done.map(({ bench: { id, title, script }, report, why }) => ({
      id,
      title,
      script,
      figures: report?.figures ?? [],
      headlines: (report?.headlines ?? []).map((headline) => ({
        ...headline,
        reached: quick ? null : (reached(headline) ?? null)
      })),
      notMeasured: why ?? null
    })),
    lacking
  }
}
