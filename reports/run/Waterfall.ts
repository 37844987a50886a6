/**
 * How a population's profit came to be: received → sent → gas → spent → capital → change in value → profit.
 *
 * Invariant: each step begins where the last one ended, and the profit ends where the last step did, to
 * within the rounding of doubles.
 */
import type { Earnings } from "./Earnings.ts"

/** A population's sums, in whole units of the numeraire; all costs as positive numbers. */
export type Sums = Pick<Earnings, "received" | "sent" | "gas" | "spent" | "capital" | "change" | "profit">

/** One step of a waterfall, in whole units of the numeraire. */
export interface Step {
  readonly label: string
  /** What it adds; the profit itself for the last step. */
  readonly amount: number
  readonly from: number
  readonly to: number
  /** Whether it is the profit, which begins at zero. */
  readonly total: boolean
}

/** The seven steps, in order. */
export function steps({ received, sent, gas, spent, capital, change, profit }: Sums): readonly Step[] {
  let at = 0
  const moves = [
    ["Received", received],
    ["Sent", -sent],
    ["Gas", -gas],
    ["Spent", -spent],
    ["Capital", -capital],
    ["Change in value", change]
  ] as const
  const walk = moves.map(([label, amount]): Step => {
    const from = at
    at += amount
    return { label, amount: amount === 0 ? 0 : amount, from, to: at, total: false }
  })
  return [...walk, { label: "Profit", amount: profit, from: 0, to: profit, total: true }]
}
