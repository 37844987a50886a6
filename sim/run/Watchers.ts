/** Which agents watch which events: whoever watches an event of another agent's gets it, and wakes. */
import type { Outcome } from "../scenario/Behaviour.ts"
import type { Agent } from "./Agents.ts"
import type { Placed } from "./BlockBuilder.ts"
import type { World } from "./World.ts"

export class Watchers {
  readonly #agents: readonly Agent[]
  /** Address and event to the agents that watch it. */
  readonly #watching = new Map<string, number[]>()

  constructor(agents: readonly Agent[], world: World) {
    this.#agents = agents
    for (const { index, behaviour } of agents) {
      for (const [key, events] of Object.entries(behaviour.watches)) {
        for (const event of events) {
          const watched = `${world.addressOf(key, `${behaviour.name} watches`)}/${event}`
          const watching = this.#watching.get(watched)
          if (watching === undefined) this.#watching.set(watched, [index])
          else watching.push(index)
        }
      }
    }
  }

  /** Hands the events of a block to those who watch them. @returns the agents that got one, in order. */
  tell(placed: readonly Placed[], outcomes: readonly Outcome[]): readonly number[] {
    if (this.#watching.size === 0) return NOBODY
    const told = new Set<number>()
    for (const [index, { events }] of outcomes.entries()) {
      const source = placed[index]?.waiting.agent
      for (const event of events) {
        for (const watcher of this.#watching.get(`${event.address}/${event.event}`) ?? []) {
          if (watcher === source) continue
          // Watchers are indices of agents.
          ;(this.#agents[watcher] as Agent).data.inbox.push(event)
          told.add(watcher)
        }
      }
    }
    return [...told].sort((a, b) => a - b)
  }
}

const NOBODY: readonly number[] = []
