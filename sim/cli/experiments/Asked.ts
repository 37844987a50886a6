/** What commands that make many runs are asked with, and how their words are read. */
import { quoted } from "../../../reports/run/CommandLine.ts"
import { ScenarioError } from "../../Errors.ts"
import type { DesignChoice } from "../../experiment/Designs.ts"
import { readSeed } from "../../run/RunSpec.ts"
import type { ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { readSets } from "../Perform.ts"
import { number } from "../Text.ts"

/** How an experiment is carried out and told: the same for every design. */
export interface Carried {
  readonly chain: "hardhat" | "revm"
  readonly workers: string | undefined
  readonly shard: string | undefined
  readonly queue: string | undefined
  readonly out: string | undefined
  readonly report: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/** Which runs are asked for. */
export interface Chosen {
  readonly scenario: string
  readonly arms: string | undefined
  readonly seeds: string
  readonly seed: string
  readonly set: readonly string[]
  readonly kpi: readonly string[]
  readonly audit: string | undefined
}

/** @throws ScenarioError Usage, MalformedSeed. */
export function readChoice(asked: Chosen): DesignChoice {
  const seeds = { from: readSeed(asked.seed), count: readCount("--seeds", asked.seeds, 1, 1_000_000) }
  if (seeds.from + seeds.count - 1 > Number.MAX_SAFE_INTEGER) {
    const last = Number.MAX_SAFE_INTEGER - seeds.count + 1
    throw new ScenarioError({
      reason: "MalformedSeed",
      message: `--seed ${asked.seed} and the seeds after it, --seeds ${asked.seeds}, go beyond the greatest one, ${Number.MAX_SAFE_INTEGER}`,
      fix: `Give a first seed of at most ${last}.`,
      offending: { name: "--seed", value: asked.seed }
    })
  }
  return {
    arms: asked.arms === undefined ? [] : listed("--arms", asked.arms),
    set: readSets(asked.set),
    seeds,
    kpis: asked.kpi.length === 0 ? null : asked.kpi.flatMap((each) => listed("--kpi", each)),
    audit: asked.audit === undefined ? undefined : readCount("--audit", asked.audit, 0, 1_000_000)
  }
}

/** Words between commas. @throws ScenarioError Usage. */
export function listed(flag: string, text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim())
  if (words.every((word) => word !== "")) return words
  throw usage(flag, text, "has an empty name in it", "Separate names by single commas, as in baseline,identity-stake.")
}

/** A whole number from `least` to `most`. @throws ScenarioError Usage. */
export function readCount(flag: string, text: string, least: number, most: number, example = 40): number {
  const count = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (count >= least && count <= most) return count
  throw usage(
    flag,
    text,
    `is "${text}", which is no whole number from ${number(least)} to ${number(most)}`,
    `Give a whole number from ${number(least)} to ${number(most)}, for example ${flag} ${Math.max(least, Math.min(most, example))}.`
  )
}

/** `2/8`: the second of eight parts. @throws ScenarioError Usage. */
export function readShard(text: string | undefined): ExperimentManifest["shard"] {
  if (text === undefined) return null
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (shard.index >= 1 && shard.index <= shard.of && shard.of <= 10_000) return shard
  throw usage(
    "--shard",
    text,
    `is "${text}", which is no part of a whole`,
    "Give i/n with i from 1 to n, for example --shard 1/4."
  )
}

/** Flags that say where runs are made and stored and how that is told, and not which; those of the first line take a value. */
const CARRIED = ["--shard", "--out", "--workers", "--queue", "--report"]
const SWITCHES = ["--json", "--quiet"]

/** A command line again, as a person would type it, without where its runs are made and stored. */
export function asTyped(words: readonly string[]): string {
  const kept = words.filter(
    (word, at) =>
      !SWITCHES.includes(word) && !CARRIED.includes(word.split("=")[0] ?? "") && !CARRIED.includes(words[at - 1] ?? "")
  )
  return kept.map(quoted).join(" ")
}

export function usage(flag: string, value: string, message: string, fix: string): ScenarioError {
  return new ScenarioError({ reason: "Usage", message: `${flag} ${message}`, fix, offending: { name: flag, value } })
}
