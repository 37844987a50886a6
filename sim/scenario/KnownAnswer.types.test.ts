/** What of a known answer must not compile: each mistake is marked, and tsc reports a mark without a mistake. */
import { KnownAnswer, ONE, Scenario } from "mesocosm"
import { expect, it } from "vitest"

const words = { claim: "It holds", setting: "As said", source: "Here", tolerance: "exact" } as const

const scenario = Scenario.make("none", {
  horizon: "1 week",
  block: { every: "1 hour" },
  params: {},
  *setup({ deploy }) {
    return { token: yield* deploy("DataToken", ["Data", "DATA"]) }
  },
  populations: () => ({}),
  metrics: { none: { unit: "count", every: "1 week", sample: () => 0n } }
})

it("the marked mistakes are declarations all the same, so each is one of types alone", () => {
  const declared = [
    KnownAnswer.make("amount", {
      ...words,
      expected: ONE,
      // @ts-expect-error a number where an amount is expected
      *measure() {
        return 1
      }
    }),
    KnownAnswer.make("name", {
      ...words,
      expected: { a: 1, b: "x" },
      // @ts-expect-error a name is missing
      *measure() {
        return { a: 1 }
      }
    }),
    KnownAnswer.make("each", {
      ...words,
      expected: { a: 1, b: 2 },
      // @ts-expect-error b has no tolerance
      tolerance: { each: { a: "exact" } },
      *measure() {
        return { a: 1, b: 2 }
      }
    }),
    KnownAnswer.make("single", {
      ...words,
      expected: 1,
      // @ts-expect-error one value has one tolerance
      tolerance: { each: {} },
      *measure() {
        return 1
      }
    }),
    KnownAnswer.make("contracts", {
      ...words,
      expected: "x",
      *measure({ deploy, send, account }) {
        // @ts-expect-error no such contract
        yield* deploy("DataTokn", ["Data", "DATA"])
        // @ts-expect-error an interface has no bytecode
        yield* deploy("IERC20", [])
        // @ts-expect-error an argument is missing
        yield* deploy("DataToken", ["Data"])
        const token = yield* deploy("DataToken", ["Data", "DATA"])
        const sent = yield* send(token.tx.mint(account("x"), 1n))
        // @ts-expect-error no such event
        sent.events(token, "Transfered")
        const [transfer] = sent.events(token, "Transfer")
        const value: bigint | undefined = transfer?.value
        // @ts-expect-error no such argument
        transfer?.amount
        // @ts-expect-error a forgotten yield*
        const supply: bigint = token.read.totalSupply()
        return String(value ?? supply)
      }
    }),
    KnownAnswer.ofRuns("runs", {
      ...words,
      expected: 1,
      scenario,
      runs: { one: {} },
      // @ts-expect-error no such run
      value: ({ two }) => two.last("none")
    })
  ]
  expect(declared.map(({ id }) => id)).toEqual(["amount", "name", "each", "single", "contracts", "runs"])
})
