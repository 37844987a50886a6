import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Digest, type Digests } from "./Digest.ts"

type Rows = readonly (readonly [string, number])[]

function digest(blocks: readonly Rows[], table: "flows" | "transactions"): Digests {
  const digests = new Digest()
  for (const rows of blocks) {
    for (const [text, whole] of rows) digests.row(table).text(text).whole(whole)
    digests.extend()
  }
  return digests.digests()
}

const rows = fc.array(fc.tuple(fc.string(), fc.nat()), { maxLength: 6 })
const blocks = fc.array(rows, { minLength: 1, maxLength: 5 })

describe("digests", () => {
  it("of the economy do not depend on the order within a block", () => {
    fc.assert(
      fc.property(blocks, (all) => {
        expect(
          digest(
            all.map((block) => [...block].reverse()),
            "flows"
          )
        ).toEqual(digest(all, "flows"))
      })
    )
  })

  it("of the trace depend on it, and leave the economy alone", () => {
    const [a, b] = [
      digest(
        [
          [
            ["a", 1],
            ["b", 2]
          ]
        ],
        "transactions"
      ),
      digest(
        [
          [
            ["b", 2],
            ["a", 1]
          ]
        ],
        "transactions"
      )
    ]
    expect(a.trace).not.toBe(b.trace)
    expect(a.economy).toBe(b.economy)
  })

  it("differ when any row differs, and name the table", () => {
    fc.assert(
      fc.property(blocks, fc.nat(), fc.nat(), (all, at, row) => {
        const block = all[at % all.length] ?? []
        if (block.length === 0) return
        const changed = all.map((each) =>
          each === block
            ? each.map(([text, n], i) => (i === row % block.length ? ([text, n + 1] as const) : ([text, n] as const)))
            : each
        )
        const [one, two] = [digest(all, "flows"), digest(changed, "flows")]
        expect(one.economy).not.toBe(two.economy)
        expect(one.tables.flows).not.toBe(two.tables.flows)
        expect(one.tables.events).toBe(two.tables.events)
      })
    )
  })

  it("tell fields apart that run into each other", () => {
    expect(
      digest(
        [
          [
            ["ab", 1],
            ["c", 1]
          ]
        ],
        "transactions"
      ).trace
    ).not.toBe(
      digest(
        [
          [
            ["a", 1],
            ["bc", 1]
          ]
        ],
        "transactions"
      ).trace
    )
  })

  it("go on from a saved state", () => {
    fc.assert(
      fc.property(blocks, blocks, (before, after) => {
        const first = new Digest()
        const fill = (digests: Digest, all: readonly Rows[]): void => {
          for (const block of all) {
            for (const [text, whole] of block) digests.row("events").text(text).whole(whole)
            digests.extend()
          }
        }
        fill(first, before)
        const second = new Digest(JSON.parse(JSON.stringify(first.save())) as ReturnType<Digest["save"]>)
        fill(first, after)
        fill(second, after)
        expect(second.digests()).toEqual(first.digests())
      })
    )
  })
})
