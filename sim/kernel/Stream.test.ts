import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Stream, Streams } from "./Stream.ts"

function take(stream: Stream, count: number): number[] {
  return Array.from({ length: count }, () => stream.double())
}

const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes("/"))

describe("Stream", () => {
  it("is Alea as published", () => {
    // The values in the README of seedrandom 3.0.5.
    const stream = Stream.open("hello.")
    expect([stream.next(), stream.double()]).toEqual([0.4783254903741181, 0.8297006866124559])
  })

  it("gives fractions of 32 and of 53 bits", () => {
    const stream = Stream.open("bits")
    for (let i = 0; i < 10_000; i++) {
      const n = stream.next() * 2 ** 32
      const d = stream.double() * 2 ** 53
      expect(Number.isInteger(n) && n >= 0 && n < 2 ** 32).toBe(true)
      expect(Number.isInteger(d) && d >= 0 && d < 2 ** 53).toBe(true)
    }
  })

  it("goes on after restoring as if it had not been saved", () => {
    fc.assert(
      fc.property(name, fc.nat(50), fc.nat(50), (text, before, after) => {
        const stream = Stream.open(text)
        for (let i = 0; i < before; i++) stream.next()
        const again = Stream.restore(JSON.parse(JSON.stringify(stream.save())))
        expect(again.name).toBe(text)
        expect(take(again, after)).toEqual(take(stream, after))
        expect(again.save()).toEqual(stream.save())
      })
    )
  })

  it("opens alike for like names and unlike for others", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(a !== b)
        expect(take(Stream.open(a), 5)).toEqual(take(Stream.open(a), 5))
        expect(take(Stream.open(a), 5)).not.toEqual(take(Stream.open(b), 5))
      })
    )
  })

  it("gives unrelated first numbers to neighbouring names", () => {
    const n = 20_000
    const first = Array.from({ length: n }, (_, i) => Stream.open(`1/honest-${i}/wake`).double() - 0.5)
    for (const lag of [1, 2, 10, 100]) {
      let sum = 0
      for (let i = lag; i < n; i++) sum += (first[i] as number) * (first[i - lag] as number)
      // Var(U − ½) = 1/12; four standard errors.
      expect(Math.abs(sum * 12) / Math.sqrt(n - lag)).toBeLessThan(4)
    }
  })
})

describe("Streams", () => {
  it("names a stream root/agent/purpose and opens it once", () => {
    const streams = new Streams("7")
    const stream = streams.get("honest-3", "wake")
    expect(stream.name).toBe("7/honest-3/wake")
    expect(streams.get("honest-3", "wake")).toBe(stream)
    expect(take(stream, 4)).toEqual(take(Stream.open("7/honest-3/wake"), 4))
  })

  it("refuses a purpose that would share a name", () => {
    expect(() => new Streams("1").get("a", "b/c")).toThrow(RangeError)
  })

  it("shifts nobody when another stream is opened or drawn from, or when all are saved and restored", () => {
    const who = fc.record({ agent: fc.constantFrom("a", "b", "a/b"), purpose: fc.constantFrom("x", "y") })
    const action = fc.oneof(
      { weight: 6, arbitrary: who },
      { weight: 1, arbitrary: fc.constant("save and restore" as const) }
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        let streams = new Streams("seed")
        const drawn = new Map<string, number[]>()
        for (const what of actions) {
          if (what === "save and restore") {
            streams = Streams.restore(JSON.parse(JSON.stringify(streams.save())))
          } else {
            const stream = streams.get(what.agent, what.purpose)
            drawn.set(stream.name, [...(drawn.get(stream.name) ?? []), stream.double()])
          }
        }
        for (const [text, numbers] of drawn) expect(numbers).toEqual(take(Stream.open(text), numbers.length))
      })
    )
  })

  it("saves the same whatever the order of opening, sorted by name", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, name), { selector: (pair) => pair.join("/") }), (pairs) => {
        const a = new Streams("r")
        const b = new Streams("r")
        for (const [agent, purpose] of pairs) a.get(agent, purpose).next()
        for (const [agent, purpose] of pairs.toReversed()) b.get(agent, purpose).next()
        expect(a.save()).toEqual(b.save())
        const names = a.save().streams.map((entry) => entry.state.name)
        expect(names).toEqual(names.toSorted())
      })
    )
  })
})
