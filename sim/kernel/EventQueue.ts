/**
 * The event queue: a binary heap on typed arrays.
 *
 * Invariant: events leave in the total order (time, priority, agent, sequence), whatever the order
 * in which they came; `sequence` is given by the queue and is unique, so no two events are equal.
 *
 * The heap itself holds times, ranks (priority and agent in one number) and slots; what orders nothing
 * stays in its slot. Pushing and popping allocate nothing, except when the heap grows.
 */

/** One waiting event: time (s), priority, agent, kind, sequence. */
export type EventRow = readonly [time: number, priority: number, agent: number, kind: number, sequence: number]

/** A queue as plain data: the next sequence number, and the waiting events in the order they will leave. */
export interface EventQueueState {
  readonly next: number
  readonly events: readonly EventRow[]
}

/** Priorities lie in [−2^20, 2^20), so that priority · 2^32 + agent is one exact double. */
const PRIORITIES = 1_048_576
const AGENTS = 4_294_967_296

/** A priority queue of events; `pop` writes the event into the fields of the queue. */
export class EventQueue {
  /** Time of the event popped last, in integer seconds. */
  time = 0
  /** Priority of the event popped last; lower leaves first. */
  priority = 0
  /** Agent of the event popped last. */
  agent = 0
  /** What the event popped last means to whoever pushed it. */
  kind = 0
  /** Sequence number of the event popped last. */
  sequence = 0

  #size = 0
  #next = 0
  #capacity: number
  // In heap order.
  #times: Float64Array
  #ranks: Float64Array
  #slots: Int32Array
  // By slot. Positions of `#slots` from `#size` on hold the free slots.
  #agents: Int32Array
  #kinds: Int32Array
  #sequences: Float64Array

  constructor(capacity = 1024) {
    if (!Number.isSafeInteger(capacity) || capacity < 1 || capacity > 2_147_483_647) {
      throw new RangeError(`the capacity of a queue is a whole number from 1 to 2^31 − 1, not ${capacity}`)
    }
    this.#capacity = capacity
    this.#times = new Float64Array(capacity)
    this.#ranks = new Float64Array(capacity)
    this.#slots = new Int32Array(capacity)
    for (let i = 0; i < capacity; i++) this.#slots[i] = i
    this.#agents = new Int32Array(capacity)
    this.#kinds = new Int32Array(capacity)
    this.#sequences = new Float64Array(capacity)
  }

  /** How many events wait. */
  get size(): number {
    return this.#size
  }

  /** The time of the next event in seconds, or Infinity when none waits. */
  peekTime(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] as number)
  }

  /**
   * Adds an event and returns its sequence number.
   *
   * `time` is an integer of seconds from 0 to 2^53 − 1, `priority` one in [−2^20, 2^20), `agent` and
   * `kind` are 32-bit integers. Throws RangeError for anything else.
   */
  push(time: number, priority: number, agent: number, kind: number): number {
    const sequence = this.#next
    this.#insert(time, priority, agent, kind, sequence)
    this.#next = sequence + 1
    return sequence
  }

  /** Takes the next event into `time`, `priority`, `agent`, `kind` and `sequence`; false when none waits. */
  pop(): boolean {
    if (this.#size === 0) return false
    const times = this.#times
    const ranks = this.#ranks
    const slots = this.#slots
    const first = slots[0] as number
    const agent = this.#agents[first] as number
    this.time = times[0] as number
    this.priority = ((ranks[0] as number) - agent) / AGENTS
    this.agent = agent
    this.kind = this.#kinds[first] as number
    this.sequence = this.#sequences[first] as number
    const size = this.#size - 1
    this.#size = size
    const lastTime = times[size] as number
    const lastRank = ranks[size] as number
    const lastSlot = slots[size] as number
    slots[size] = first
    if (size === 0) return true
    // The hole sinks to a leaf along the smaller children, then the last event rises from there:
    // it came from a leaf, so it seldom rises far, and half of the comparisons are saved.
    let hole = 0
    let child = 1
    while (child < size) {
      const right = child + 1
      if (right < size) {
        const wait = (times[right] as number) - (times[child] as number)
        if (wait < 0) child = right
        else if (wait === 0) {
          const rank = (ranks[right] as number) - (ranks[child] as number)
          if (rank < 0 || (rank === 0 && this.#earlier(slots[right] as number, slots[child] as number))) child = right
        }
      }
      times[hole] = times[child] as number
      ranks[hole] = ranks[child] as number
      slots[hole] = slots[child] as number
      hole = child
      child = 2 * hole + 1
    }
    this.#rise(hole, lastTime, lastRank, lastSlot)
    return true
  }

  /** The queue as plain data, in the order events would leave: equal queues give equal data. */
  save(): EventQueueState {
    const events: EventRow[] = []
    for (let i = 0; i < this.#size; i++) {
      const slot = this.#slots[i] as number
      const agent = this.#agents[slot] as number
      events.push([
        this.#times[i] as number,
        ((this.#ranks[i] as number) - agent) / AGENTS,
        agent,
        this.#kinds[slot] as number,
        this.#sequences[slot] as number
      ])
    }
    events.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[4] - b[4])
    return { next: this.#next, events }
  }

  /** A queue that goes on exactly as the saved one; throws RangeError for data that no queue saved. */
  static restore(state: EventQueueState): EventQueue {
    const queue = new EventQueue(Math.max(1024, state.events.length))
    if (!Number.isSafeInteger(state.next) || state.next < 0) {
      throw new RangeError(`the next sequence number is a whole number, not ${state.next}`)
    }
    const seen = new Set<number>()
    for (const [time, priority, agent, kind, sequence] of state.events) {
      if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence >= state.next || seen.has(sequence)) {
        throw new RangeError(
          `sequence numbers are unique and lie below the next one, ${state.next}; not so ${sequence}`
        )
      }
      seen.add(sequence)
      queue.#insert(time, priority, agent, kind, sequence)
    }
    queue.#next = state.next
    return queue
  }

  #insert(time: number, priority: number, agent: number, kind: number, sequence: number): void {
    if (!(time >= 0 && time <= Number.MAX_SAFE_INTEGER && Math.floor(time) === time)) {
      throw new RangeError(`the time of an event is a whole number of seconds from 0 to 2^53 − 1, not ${time}`)
    }
    if (!(priority >= -PRIORITIES && priority < PRIORITIES && Math.floor(priority) === priority)) {
      throw new RangeError(`the priority of an event is a whole number in [−2^20, 2^20), not ${priority}`)
    }
    if ((agent | 0) !== agent || (kind | 0) !== kind) {
      throw new RangeError(`agent and kind of an event are 32-bit integers, not ${agent} and ${kind}`)
    }
    const size = this.#size
    if (size === this.#capacity) this.#grow()
    const slot = this.#slots[size] as number
    this.#agents[slot] = agent
    this.#kinds[slot] = kind
    this.#sequences[slot] = sequence
    this.#size = size + 1
    // Adding 0 makes 0 of −0, which no saved state can hold.
    this.#rise(size, time + 0, priority * AGENTS + agent + 0, slot)
  }

  /** Puts an event at `hole`, or above it, where its place is. */
  #rise(hole: number, time: number, rank: number, slot: number): void {
    const times = this.#times
    const ranks = this.#ranks
    const slots = this.#slots
    let at = hole
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = times[parent] as number
      const aboveRank = ranks[parent] as number
      const aboveSlot = slots[parent] as number
      if (above < time) break
      if (above === time && (aboveRank < rank || (aboveRank === rank && this.#earlier(aboveSlot, slot)))) break
      times[at] = above
      ranks[at] = aboveRank
      slots[at] = aboveSlot
      at = parent
    }
    times[at] = time
    ranks[at] = rank
    slots[at] = slot
  }

  /** Whether the event in slot `a` was pushed before that in slot `b`. */
  #earlier(a: number, b: number): boolean {
    return (this.#sequences[a] as number) < (this.#sequences[b] as number)
  }

  #grow(): void {
    const capacity = this.#capacity * 2
    this.#times = widened(this.#times, new Float64Array(capacity))
    this.#ranks = widened(this.#ranks, new Float64Array(capacity))
    this.#slots = widened(this.#slots, new Int32Array(capacity))
    for (let i = this.#capacity; i < capacity; i++) this.#slots[i] = i
    this.#agents = widened(this.#agents, new Int32Array(capacity))
    this.#kinds = widened(this.#kinds, new Int32Array(capacity))
    this.#sequences = widened(this.#sequences, new Float64Array(capacity))
    this.#capacity = capacity
  }
}

function widened<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
