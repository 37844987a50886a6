/** Flags of the commands that make many runs. */
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import { json, quiet } from "./Flags.ts"

type Optional = Flag.Flag<Option.Option<string>>

interface CarriedFlags {
  readonly workers: Optional
  readonly report: Optional
  readonly json: Flag.Flag<boolean>
  readonly quiet: Flag.Flag<boolean>
}

/** How an experiment is carried out. */
export const carriedFlags: CarriedFlags = {
  workers: Flag.String("workers").pipe(
    Flag.withDescription("Worker threads; as many as the machine has cores unless said otherwise"),
    Flag.optional
  ),
  report: Flag.String("report").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("Write the HTML report there too"),
    Flag.optional
  ),
  json,
  quiet
}

/** Who makes the runs. */
export const queueFlag: Optional = Flag.String("queue").pipe(
  Flag.withMetavar("redis://…"),
  Flag.withDescription("Have the runs made by workers that listen there"),
  Flag.optional
)

interface ChosenFlags {
  readonly arms: Optional
  readonly seeds: Flag.Flag<string>
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
  arms: Flag.String("arms").pipe(
    Flag.withMetavar("a,b"),
    Flag.withDescription("Arms; the others are compared with the first. All of the scenario's unless said otherwise"),
    Flag.optional
  ),
  seeds: Flag.String("seeds").pipe(
    Flag.withDescription("How many seeds; every arm runs on each"),
    Flag.withDefault("40")
  ),
  seed: Flag.String("seed").pipe(Flag.withDescription("The first of them"), Flag.withDefault("1")),
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
  audit: Flag.String("audit").pipe(
    Flag.withMetavar("n"),
    Flag.withDescription("Runs done again on the other chain; at least one per arm, none with 0"),
    Flag.optional
  ),
  chain: Flag.Literals("chain", ["hardhat", "revm"]).pipe(
    Flag.withDescription("Where the contracts live"),
    Flag.withDefault("revm")
  ),
  shard: Flag.String("shard").pipe(
    Flag.withMetavar("i/n"),
    Flag.withDescription("Do only the i-th of n parts; mesocosm collect puts them together"),
    Flag.optional
  ),
  queue: queueFlag,
  out: Flag.String("out").pipe(
    Flag.withMetavar("folder"),
    Flag.withDescription("Where the experiment is stored; below experiments/ unless said otherwise"),
    Flag.optional
  )
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
    "A Param to vary: stake, stake=0..1000000, stake=0..1000000/5 or stake=0,500000; may be given again"
  ),
  Flag.atLeast(0)
)
