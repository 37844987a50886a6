import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EventQueue, type EventRow } from "./EventQueue.ts"

/** The event that left last, as the queue shows it. */
function left(queue: EventQueue): EventRow {
  return [queue.time, queue.priority, queue.agent, queue.kind, queue.sequence]
}

/** The total order of S15. */
function order(a: EventRow, b: EventRow): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[4] - b[4]
}

const int32 = { min: -(2 ** 31), max: 2 ** 31 - 1 }

// Small ranges, so that times, priorities and agents are often equal; large ones for the limits.
const event = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(5), fc.nat(2), fc.nat(2), fc.nat(3)) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.maxSafeNat(),
      fc.integer({ min: -(2 ** 20), max: 2 ** 20 - 1 }),
      fc.integer(int32),
      fc.integer(int32)
    )
  }
)

const step = fc.oneof(
  { weight: 6, arbitrary: event.map((row) => ({ push: row })) },
  { weight: 4, arbitrary: fc.constant("pop" as const) },
  { weight: 1, arbitrary: fc.constant("save and restore" as const) }
)

describe("EventQueue", () => {
  it("gives events as a sorted array would, also when saved and restored on the way", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: "max" }), fc.constantFrom(1, 3, 1024), (steps, capacity) => {
        let queue = new EventQueue(capacity)
        const model: EventRow[] = []
        let next = 0
        for (const action of steps) {
          if (action === "pop") {
            const first = model.shift()
            expect(queue.pop()).toBe(first !== undefined)
            if (first !== undefined) expect(left(queue)).toEqual(first)
          } else if (action === "save and restore") {
            const state = queue.save()
            expect(state).toEqual({ next, events: model })
            queue = EventQueue.restore(JSON.parse(JSON.stringify(state)))
          } else {
            expect(queue.push(...action.push)).toBe(next)
            model.push([...action.push, next])
            model.sort(order)
            next += 1
          }
          expect(queue.size).toBe(model.length)
          expect(queue.peekTime()).toBe(model[0]?.[0] ?? Number.POSITIVE_INFINITY)
        }
      }),
      { numRuns: 500 }
    )
  })

  it("saves equal queues equally, whatever the order they were filled in", () => {
    const rows: readonly (readonly [number, number, number, number])[] = [
      [5, 0, 1, 0],
      [5, 0, 0, 0],
      [1, 2, 0, 0],
      [1, 1, 9, 0]
    ]
    const without = (queue: EventQueue) => queue.save().events.map((row) => row.slice(0, 4))
    const a = new EventQueue()
    const b = new EventQueue(1)
    for (const row of rows) a.push(...row)
    for (const row of rows.toReversed()) b.push(...row)
    expect(without(a)).toEqual(without(b))
  })

  it("does not tell 0 from −0", () => {
    const queue = new EventQueue()
    queue.push(-0, -0, -0, -0)
    queue.pop()
    expect(left(queue).every((field) => Object.is(field, 0))).toBe(true)
  })

  it.each([
    [-1, 0, 0, 0],
    [0.5, 0, 0, 0],
    [2 ** 53, 0, 0, 0],
    [Number.NaN, 0, 0, 0],
    [Number.POSITIVE_INFINITY, 0, 0, 0],
    [0, 2 ** 20, 0, 0],
    [0, -(2 ** 20) - 1, 0, 0],
    [0, 0.5, 0, 0],
    [0, Number.NaN, 0, 0],
    [0, 0, 2 ** 31, 0],
    [0, 0, 0.5, 0],
    [0, 0, 0, 2 ** 31],
    [0, 0, 0, Number.NaN]
  ])("refuses to push %d, %d, %d, %d, and stays as it was", (time, priority, agent, kind) => {
    const queue = new EventQueue()
    queue.push(1, 0, 0, 0)
    const before = queue.save()
    expect(() => queue.push(time, priority, agent, kind)).toThrow(RangeError)
    expect(queue.save()).toEqual(before)
  })

  it("refuses a state that no queue saved", () => {
    expect(() => EventQueue.restore({ next: 1, events: [[0, 0, 0, 0, 1]] })).toThrow(RangeError)
    expect(() => EventQueue.restore({ next: -1, events: [] })).toThrow(RangeError)
    expect(() => EventQueue.restore({ next: 1, events: [[0.5, 0, 0, 0, 0]] })).toThrow(RangeError)
    expect(() =>
      EventQueue.restore({
        next: 2,
        events: [
          [0, 0, 0, 0, 1],
          [9, 0, 0, 0, 1]
        ]
      })
    ).toThrow(RangeError)
    expect(() => new EventQueue(0)).toThrow(RangeError)
  })
})
