/**
 * Events without a chain: each event is taken out of the queue, its agent is woken and says how long it waits, and
 * is put back (the hold model, Jones 1986). Waits are drawn beforehand, as they are for SimPy. Beside it the queue
 * without agents, on whole hours too (many equal times), and agents that draw from a random stream of their own.
 *
 *     node sim/kernel/bench/events.ts [--rounds 3] [--size quick] [--python <with simpy and mesa>]
 */

import { Peer } from "../../chain/bench/fixtures/Peer.ts"
import { type Contestant, race } from "../../chain/bench/fixtures/Race.ts"
import { say, told } from "../../chain/bench/fixtures/Script.ts"
import { EventQueue } from "../EventQueue.ts"
import { Stream } from "../Stream.ts"

const AGENTS = 10_000
const WEEK = 604_800
const { rounds, size, python } = told()
const events = size === "quick" ? 1_000_000 : 5_000_000

/** The queue, and whoever says how long the agent of an event waits. */
function holding(name: string, wait: (agent: number, at: number) => number): Contestant {
  const held = new EventQueue()
  for (let agent = 0; agent < AGENTS; agent++) held.push(wait(agent, agent), 0, agent, 0)
  return {
    name,
    round() {
      const began = performance.now()
      for (let i = 0; i < events; i++) {
        held.pop()
        const { agent } = held
        held.push(held.time + wait(agent, i), 0, agent, 0)
      }
      return (events / (performance.now() - began)) * 1000
    }
  }
}

const drawn = Stream.open("bench")
/** Random waits of up to a week, in whole steps of so many seconds. */
const waits = (step: number): Float64Array =>
  Float64Array.from({ length: 1 << 16 }, () => Math.ceil((drawn.next() * WEEK) / step) * step)

/** An agent with a little state of its own, as a process of SimPy has. */
class Agent {
  #woken: number
  readonly #waits: Float64Array

  constructor(number: number, waits: Float64Array) {
    this.#woken = number * 7
    this.#waits = waits
  }

  wake(): number {
    return this.#waits[this.#woken++ & 0xffff] as number
  }
}

const [inSeconds, inHours] = [waits(1), waits(3_600)]
const agents = Array.from({ length: AGENTS }, (_, number) => new Agent(number, inSeconds))
const streams = Array.from({ length: AGENTS }, (_, number) => Stream.open(`bench/${number}`))

/** As `holding`, in a loop of its own: one that serves several kinds of waits would call each of them slowly. */
function waking(name: string): Contestant {
  const held = new EventQueue()
  for (const [number, agent] of agents.entries()) held.push(agent.wake(), 0, number, 0)
  return {
    name,
    round() {
      const began = performance.now()
      for (let i = 0; i < events; i++) {
        held.pop()
        const { agent } = held
        held.push(held.time + (agents[agent] as Agent).wake(), 0, agent, 0)
      }
      return (events / (performance.now() - began)) * 1000
    }
  }
}

const contestants: Contestant[] = [
  waking("mesocosm"),
  holding("queue alone", (_, at) => inSeconds[at & 0xffff] as number),
  holding("queue alone, whole hours", (_, at) => inHours[at & 0xffff] as number),
  holding("mesocosm, a draw each", (agent) => Math.ceil((streams[agent] as Stream).next() * WEEK))
]
if (python !== undefined) {
  const script = new URL("peers/events.py", import.meta.url).pathname
  contestants.push(await Peer.start("SimPy", python, [script, "simpy", String(AGENTS), String(events / 10)]))
  contestants.push(await Peer.start("Mesa", python, [script, "mesa", String(AGENTS), String(events / 10)]))
}
const raced = await race(contestants, rounds)
const [ours] = raced.figures("events/s")
say({
  figures: raced.figures("events/s"),
  headlines: [
    { name: "mesocosm, in millions a second", ratio: (ours?.value ?? Number.NaN) / 1e6, n: rounds, least: 3 },
    ...(python === undefined ? [] : [raced.ratio("mesocosm", "SimPy", { least: 10 }), raced.ratio("mesocosm", "Mesa")])
  ]
})
