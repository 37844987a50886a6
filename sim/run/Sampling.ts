/** Samples of metrics and trials of checks: what a run says about itself while it goes. */
import type { Address } from "../chain/Contracts.ts"
import type { Asking, Step, Untaken } from "../chain/Step.ts"
import { MesocosmError, ScenarioError } from "../Errors.ts"
import { spoken, WEEK } from "../kernel/Duration.ts"
import { nearest } from "../Nearest.ts"
import type { RuntimeCheck, RuntimeMetric } from "../scenario/Scenario.ts"
import { wholeUnits } from "../scenario/Units.ts"
import type { Agent } from "./Agents.ts"
import { type Account, type Ledger, total } from "./Ledger.ts"
import type { World } from "./World.ts"

/** What a check came to. */
export interface CheckOutcome {
  readonly claim: string
  readonly when: "always" | "finally"
  /** Undefined when the run ended before it could be tried. */
  readonly held: boolean | undefined
  /** Seconds at which it first failed. */
  readonly failedAt: number | undefined
}

/** Latest sample of each metric. */
export type Now = { readonly [metric: string]: number | bigint }

/** The ledger as metrics see it: by population and by the scenario's names of contracts. */
export function ledgerView(
  ledger: Ledger,
  world: World,
  populations: readonly string[]
): { readonly [fn: string]: (...args: never[]) => unknown } {
  const over = (population: string, f: (account: Account) => bigint): bigint => {
    if (!populations.includes(population)) {
      const near = nearest(population, populations)
      throw new ScenarioError({
        reason: "MetricFailed",
        message: `the ledger is asked for "${population}", which is no population`,
        fix: `${near === undefined ? "" : `Did you mean ${near}? `}Ask for one of ${populations.join(", ")}.`,
        offending: { name: "population", value: population }
      })
    }
    return ledger.accounts(population).reduce((sum, account) => sum + f(account), 0n)
  }
  const from = (account: Account, contract: Address): bigint => {
    let worth = 0n
    for (const [place, amount] of account.received) if (place.startsWith(contract)) worth += amount
    return worth
  }
  const booked = (population: string, as: "received" | "sent" | "locked", contract: string, token: string): bigint => {
    const place = `${world.addressOf(contract, `ledger.${as}`)}/${world.addressOf(token, `ledger.${as}`)}`
    return over(population, (account) => account[as].get(place) ?? 0n)
  }
  const view = {
    share(population: string, contract: string): number {
      const address = world.addressOf(contract, "ledger.share")
      let all = 0n
      for (const name of populations) all += over(name, (account) => from(account, address))
      return all === 0n
        ? 0
        : Number((over(population, (account) => from(account, address)) * 1_000_000_000n) / all) / 1e9
    },
    received: (population: string, contract: string, token: string): bigint =>
      booked(population, "received", contract, token),
    sent: (population: string, contract: string, token: string): bigint => booked(population, "sent", contract, token),
    locked: (population: string, contract: string, token: string): bigint => {
      if (!ledger.locksAt(world.addressOf(contract, "ledger.locked"))) {
        throw new ScenarioError({
          reason: "MetricFailed",
          message: `the ledger is asked what is locked in ${contract}, which capital does not name`,
          fix: `Name ${contract} in the scenario's capital, with its yearly rate; 0 where it costs nothing.`,
          offending: { name: "contract", value: contract }
        })
      }
      return booked(population, "locked", contract, token)
    },
    gas: (population: string): bigint => over(population, (account) => ledger.worthOfWei(account.gas)),
    spent: (population: string): bigint => over(population, (account) => total(account.spent)),
    capital: (population: string): bigint => over(population, (account) => ledger.capital(account)),
    profit: (population: string): bigint => over(population, (account) => ledger.profit(account)),
    calls: (population: string, fn: string): bigint => over(population, (account) => account.calls.get(fn) ?? 0n)
  }
  return Object.fromEntries(
    Object.entries(view).map(([name, fn]) => [name, whole(name, fn as (...args: string[]) => unknown)])
  )
}

/** What the ledger's functions take after the population. */
const TAKES: { readonly [fn: string]: readonly string[] } = {
  share: ["contract"],
  received: ["contract", "token"],
  sent: ["contract", "token"],
  locked: ["contract", "token"],
  calls: ["fn"]
}

/** The function, which refuses to be called with less than it takes: a scenario runs whether or not its types fit. */
function whole(name: string, fn: (...args: string[]) => unknown): (...args: string[]) => unknown {
  const takes = ["population", ...(TAKES[name] ?? [])]
  return (...args) => {
    const lacking = takes.filter((_, at) => typeof args[at] !== "string")
    if (lacking.length === 0) return fn(...args)
    const written = `ledger.${name}(${args.map((arg) => JSON.stringify(arg) ?? String(arg)).join(", ")})`
    throw new ScenarioError({
      reason: "MetricFailed",
      message: `${written} lacks its ${lacking.join(" and its ")}`,
      fix: `Write ledger.${name}(${takes.join(", ")}), with names of the scenario in quotes.`,
      offending: { name: lacking[0] ?? name, value: String(args[takes.indexOf(lacking[0] ?? "")]) }
    })
  }
}

/** The sum of a gauge over a population. @throws ScenarioError MetricFailed when it has no such gauge. */
export function gaugeOver(agents: readonly Agent[], population: string, name: string): number {
  let sum = 0
  for (const { data, behaviour } of agents) {
    if (data.population !== population) continue
    const gauge = Object.hasOwn(behaviour.gauges, name) ? behaviour.gauges[name] : undefined
    if (gauge === undefined) {
      throw new ScenarioError({
        reason: "MetricFailed",
        message: `${behaviour.name} has no gauge "${name}"`,
        fix: `Declare it under gauges, or read one of ${Object.keys(behaviour.gauges).join(", ") || "none: it has no gauges"}.`,
        offending: { name: "gauge", value: name }
      })
    }
    sum += gauge(data.state)
  }
  return sum
}

/** Takes one sample. @throws ScenarioError MetricFailed. */
export function* sample(metric: RuntimeMetric, at: unknown, time: number, untaken: Untaken): Asking<number | bigint> {
  let value: unknown
  try {
    value = metric.sample(at)
    if (typeof value === "object" && value !== null && Symbol.iterator in value) {
      // A read, or a generator of reads.
      value = yield* value as Step<unknown>
    }
  } catch (error) {
    if (error instanceof ScenarioError) {
      const { reason, message, fix, offending } = error
      throw new ScenarioError({
        reason,
        message: `metric ${metric.name}: ${message}`,
        fix,
        ...(offending === undefined ? {} : { offending }),
        cause: error
      })
    }
    const fix = error instanceof MesocosmError ? error.fix : `Mend the sample of ${metric.name}.`
    throw metricError(metric, time, `threw: ${error instanceof Error ? error.message : String(error)}`, fix, error)
  }
  untaken.check(`metric ${metric.name}`)
  const amount = metric.unit === "tokens" || metric.unit === "money" || metric.unit === "count"
  if (amount ? typeof value !== "bigint" : typeof value !== "number" || !Number.isFinite(value)) {
    throw metricError(
      metric,
      time,
      `gave ${String(value)} (${typeof value}), which is no ${metric.unit}`,
      amount ? "Return a bigint of base units." : "Return a finite number."
    )
  }
  return value as number | bigint
}

function metricError(metric: RuntimeMetric, time: number, what: string, fix: string, cause?: unknown): ScenarioError {
  return new ScenarioError({
    reason: "MetricFailed",
    message: `metric ${metric.name}, after ${spoken(time)}, ${what}`,
    fix,
    offending: { name: metric.name, value: what, unit: metric.unit },
    cause
  })
}

/** A sample in whole units, for drawing. */
export function drawn(metric: RuntimeMetric, value: number | bigint): number {
  if (typeof value === "number") return value
  return metric.unit === "count" ? Number(value) : wholeUnits(value)
}

/** Whether a check holds now. @throws ScenarioError MetricFailed when it throws. */
export function holds(check: RuntimeCheck, now: Now, params: unknown, time: number): boolean {
  try {
    return check.holds({ now, params, time, week: BigInt(Math.floor(time / WEEK)) }) === true
  } catch (error) {
    throw new ScenarioError({
      reason: "MetricFailed",
      message: `the check "${check.claim}" threw: ${error instanceof Error ? error.message : String(error)}`,
      fix: "Mend the check: it must return true or false.",
      offending: { name: "check", value: check.claim },
      cause: error
    })
  }
}
