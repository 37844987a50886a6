/**
 * Decisions: what an agent saw, wanted, spent, got and became between two wakings, sorted from what the run told. An
 * agent is not woken before its intents have ended, so that everything belongs to one decision.
 */
import type { Address } from "../../chain/Contracts.ts"
import { WEEK } from "../../kernel/Duration.ts"
import { identityAddress } from "../../run/Identity.ts"
import type { Again } from "./Rerun.ts"

/** A read and its answer. */
export interface Saw {
  readonly subject: string
  readonly args: readonly unknown[]
  readonly answer: unknown
}

/** An intent, from the identity of that number; undefined where it is not known. */
export interface Wanted {
  readonly subject: string
  readonly args: readonly unknown[]
  readonly identity: number | undefined
}

/** What came of an intent. */
export interface Got {
  /** Seconds since the run began. */
  readonly time: number
  readonly subject: string
  readonly status: string
  readonly gasUsed: number
  readonly error: string | undefined
  /** The gas limit that it ran out of; absent where it did not. */
  readonly outOfGas?: number
  readonly events: readonly { readonly contract: string; readonly event: string; readonly args: unknown }[]
}

/** One decision. */
export interface Decision {
  /** Counted from 1 over the whole run. */
  readonly nth: number
  /** Seconds since the run began. */
  readonly time: number
  readonly week: number
  readonly saw: readonly Saw[]
  readonly wanted: readonly Wanted[]
  /** What it booked off chain, in base units of the numeraire. */
  readonly spent: readonly { readonly reason: string; readonly amount: string }[]
  readonly got: readonly Got[]
  /** Its state after the decision, where that is new; before it, where that is known. */
  readonly became: { readonly from: unknown; readonly to: unknown } | undefined
}

type Open = { -readonly [K in keyof Decision]: Decision[K] extends readonly (infer A)[] ? A[] : Decision[K] }

/** Sorts what was seen of an agent into its decisions. */
export function decisionsOf(agent: string, again: Pick<Again, "sights" | "outlays">): readonly Decision[] {
  const decisions: Open[] = []
  const identities = new Map<Address, number>()
  let state: unknown
  let known = 0
  const identityOf = (address: unknown): number | undefined => {
    // An identity follows from agent and number: those not met yet are found by counting on.
    for (; !identities.has(address as Address) && known < MOST_IDENTITIES; known++) {
      identities.set(identityAddress(agent, known), known)
    }
    return identities.get(address as Address)
  }
  for (const { time, what, subject, detail } of again.sights) {
    const week = Math.floor(time / WEEK) + 1
    if (what === "woke") {
      const nth = decisions.length + 1
      decisions.push({ nth, time, week, saw: [], wanted: [], spent: [], got: [], became: undefined })
    }
    const open = decisions.at(-1)
    if (open === undefined) continue
    if (what === "saw") open.saw.push({ subject, ...(detail as Omit<Saw, "subject">) })
    if (what === "wanted") {
      const { args, as } = detail as { readonly args: readonly unknown[]; readonly as: unknown }
      open.wanted.push({ subject, args, identity: identityOf(as) })
    }
    if (what === "got") open.got.push({ time, subject, ...(detail as Omit<Got, "time" | "subject">) })
    if (what === "became") {
      open.became = { from: open.became === undefined ? state : open.became.from, to: detail }
      state = detail
    }
  }
  for (const { time, reason, amount } of again.outlays) {
    decisions.find((decision) => decision.time === time)?.spent.push({ reason, amount })
  }
  return decisions
}

/** Identities looked through before an address is called unknown. */
const MOST_IDENTITIES = 10_000
