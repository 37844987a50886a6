/**
 * How many events the queue takes and gives in a second.
 *
 * `node sim/kernel/bench/events.ts`: holds a queue of a fixed size and, for each event popped, pushes
 * one at a random later time (the hold model, Jones 1986), on whole hours (many equal times) and on
 * whole seconds.
 */

import { EventQueue } from "../EventQueue.ts"
import { Stream } from "../Stream.ts"

const EVENTS = 5_000_000

for (const held of [1_000, 10_000, 100_000]) {
  for (const [name, step] of [
    ["seconds", 1],
    ["hours", 3_600]
  ] as const) {
    const stream = Stream.open("bench")
    const waits = Float64Array.from({ length: 1 << 16 }, () => Math.ceil((stream.next() * 604_800) / step) * step)
    const queue = new EventQueue()
    for (let i = 0; i < held; i++) queue.push(waits[i & 0xffff] as number, 0, i, 0)
    const rates: number[] = []
    for (let round = 0; round < 4; round++) {
      const start = process.hrtime.bigint()
      for (let i = 0; i < EVENTS; i++) {
        queue.pop()
        queue.push(queue.time + (waits[i & 0xffff] as number), 0, queue.agent, 0)
      }
      rates.push(EVENTS / (Number(process.hrtime.bigint() - start) / 1e9))
    }
    const best = Math.max(...rates) / 1e6
    console.log(`${held} waiting, on whole ${name}: ${best.toFixed(1)} million push+pop/s (best of ${rates.length})`)
  }
}
