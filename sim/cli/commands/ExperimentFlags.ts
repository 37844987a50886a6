/** Flags of the commands that make many runs. */
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import { chainFlag, json, optional, quiet, valued } from "./Flags.ts"

type Optional = Flag.Flag<Option.Option<string>>

interface CarriedFlags {
  readonly workers: Optional
  readonly report: Optional
  readonly json: Flag.Flag<boolean>
  readonly quiet: Flag.Flag<boolean>
}

/** How an experiment is carried out. */
export const carriedFlags: CarriedFlags = {
  workers: optional("workers", "n", "Worker threads", "as many as the machine has cores"),
  report: optional("report", "file", "Write the HTML report there too"),
  json,
  quiet
}

/** Who makes the runs. */
export const queueFlag: Optional = optional("queue", "redis://…", "Have the runs made by workers that listen there")

/** `--arms`; `standard` is which they are where it is left out. */
export function armsFlag(standard: string): Optional {
  return optional("arms", "a,b", "Arms; the others are compared with the first", standard)
}

interface ChosenFlags {
  readonly seed: Flag.Flag<string>
  readonly set: Flag.Flag<readonly string[]>
  readonly kpi: Flag.Flag<readonly string[]>
  readonly audit: Optional
  readonly chain: Flag.Flag<"hardhat" | "revm">
  readonly shard: Optional
  readonly queue: Optional
  readonly out: Optional
}

/** Which runs. */
export const chosenFlags: ChosenFlags = {
  seed: valued("seed", "n", "The first of them", "1"),
  set: Flag.String("set").pipe(
    Flag.withMetavar("name=value"),
    Flag.withDescription("Set a Param in every run, over the arms; may be given again"),
    Flag.atLeast(0)
  ),
  kpi: Flag.String("kpi").pipe(
    Flag.withMetavar("metric"),
    Flag.withDescription("What is judged; every metric with a smallest effect of interest unless said otherwise"),
    Flag.atLeast(0)
  ),
  audit: optional("audit", "n", "Runs done again on the other chain, at least one per arm, none with 0", "one per arm"),
  chain: chainFlag("revm"),
  shard: optional("shard", "i/n", "Do only the i-th of n parts; mesocosm collect puts them together"),
  queue: queueFlag,
  out: optional("out", "folder", "Where the experiment is stored", "below experiments/")
}

/** What the parser gives, with the options that were left out as undefined. */
export function plainOptions<I extends { readonly [flag: string]: unknown }>(
  input: I
): { readonly [K in keyof I]: I[K] extends Option.Option<infer A> ? A | undefined : I[K] } {
  // Every Option becomes what it holds, and everything else stays.
  return Object.fromEntries(
    Object.entries(input).map(([flag, value]) => [flag, Option.isOption(value) ? Option.getOrUndefined(value) : value])
  ) as never
}

/** Which Params are varied. */
export const varyFlag: Flag.Flag<readonly string[]> = Flag.String("vary").pipe(
  Flag.withMetavar("param"),
  Flag.withDescription(
    "A Param to vary: stake or stake=0..1000000, on a grid stake=0..1000000/5 or stake=0,500000 too; again for another Param"
  ),
  Flag.atLeast(0)
)
