/** Known answers on real contracts: what `measure` may do, what fails one, and what the outcomes say. */
import { type Asking, KnownAnswer, ONE, Scenario } from "mesocosm"
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { MeasureAt } from "../scenario/KnownAnswer.ts"
import { measurements, type Outcome, validate } from "./Validate.ts"

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)
const words = { claim: "It holds", setting: "As said", source: "Here", tolerance: "exact" } as const
const both = { chains: ["revm", "hardhat"], artifacts } as const

/** What each chain gave; the two outcomes must differ in nothing else. */
async function got(answer: KnownAnswer.KnownAnswer): Promise<Outcome> {
  const [revm, hardhat] = await validate([answer], both)
  if (revm === undefined || hardhat === undefined) throw new Error("an outcome per chain was to come")
  expect({ ...hardhat, chain: "revm", seconds: revm.seconds }).toEqual(revm)
  return revm
}

describe("measure", () => {
  it("sends from anybody, in blocks that do not move the clock, and reads after each", async () => {
    const answer = KnownAnswer.make("some-answer", {
      ...words,
      expected: { bob: 3n, owner: 5n, transfers: "2, 1", elapsed: 86_400, blocks: 11, ether: 999_999n, vested: 250n },
      *measure({ deploy, send, together, advance, account, now, block, balance }) {
        const [alice, bob] = [account("alice"), account("bob")]
        const began = now()
        const token = yield* deploy("DataToken", ["Data", "DATA"], { as: alice })
        const wallet = yield* deploy("VestingWallet", [alice, BigInt(began), 4n * 86_400n])
        expect(yield* token.read.totalSupply()).toBe(0n)
        yield* send({ ...token.tx.mint(alice, 8n), as: alice })
        expect(yield* token.read.totalSupply()).toBe(8n)
        // Two in one block, which the second of them needs; then one.
        const two = yield* together([
          { ...token.tx.transfer(bob, 4n), as: alice },
          { ...token.tx.transfer(alice, 2n), as: bob }
        ])
        const one = yield* send({ ...token.tx.transfer(bob, 1n), as: alice })
        const sent = [two, [one]].map((each) => each.flatMap((sent) => sent.events(token, "Transfer")).length)
        expect(two[0]?.gas).toBeGreaterThan(21_000)
        expect(now()).toBe(began)
        yield* send({ ...token.tx.mint(wallet.address, 1000n), as: alice })
        yield* advance("1 day", { blocks: 5 })
        return {
          bob: yield* token.read.balanceOf(bob),
          owner: yield* token.read.balanceOf(alice),
          transfers: sent.join(", "),
          elapsed: now() - began,
          blocks: block(),
          ether: ((yield* balance(alice)) - 1n) / ONE,
          vested: yield* wallet.read.releasable(token.address)
        }
      }
    })
    const { error, values } = await got(answer)
    expect(error).toBeNull()
    expect(values.filter(({ held }) => !held)).toEqual([])
  })

  it("takes what must revert, by the name of the contract's error or of one that it called", async () => {
    const answer = KnownAnswer.make("some-answer", {
      ...words,
      expected: {
        own: "OwnableUnauthorizedAccount",
        inner: "ERC20InsufficientAllowance",
        needed: 7n,
        text: "UniswapV2: FORBIDDEN"
      },
      *measure({ deploy, send, reverts, account, deployer }) {
        const alice = account("alice")
        const token = yield* deploy("DataToken", ["Data", "DATA"])
        const vault = yield* deploy("StakeVault", [token.address, 7n, 1n])
        const factory = yield* deploy("UniswapV2Factory", [deployer])
        yield* send(token.tx.mint(alice, 7n))
        const own = yield* reverts({ ...token.tx.grantMinter(alice), as: alice })
        const inner = yield* reverts({ ...vault.tx.stakeFor(alice), as: alice })
        const { text } = yield* reverts({ ...factory.tx.setFeeTo(alice), as: alice })
        return { own: own.name, inner: inner.name, needed: inner.args[2] as bigint, text }
      }
    })
    const { error, values } = await got(answer)
    expect(error).toBeNull()
    expect(values.filter(({ held }) => !held)).toEqual([])
  })

  it("draws other numbers in each replication, and the same ones again", async () => {
    const drawn: number[] = []
    const answer = KnownAnswer.make("some-answer", {
      ...words,
      expected: 0.5,
      replications: 20,
      seed: 3,
      *measure({ draw, seed }) {
        drawn.push(seed)
        return draw.uniform()
      }
    })
    const { values, replications } = await got(answer)
    expect(replications).toBe(20)
    expect(drawn).toEqual([...drawn.slice(0, 20), ...drawn.slice(0, 20)])
    expect(new Set(drawn)).toEqual(new Set(Array.from({ length: 20 }, (_, nth) => 3 + nth)))
    expect(values[0]?.held).toBe(true)
    // Of twenty uniform draws: 1 / √(12 · 20) = 0.0645.
    expect(values[0]?.standardError).toBeGreaterThan(0.04)
    expect(values[0]?.standardError).toBeLessThan(0.1)
  })

  const failing: readonly (readonly [string, (at: MeasureAt) => Asking<number>, object])[] = [
    [
      "a send that reverts",
      function* ({ deploy, send, account }) {
        const token = yield* deploy("DataToken", ["Data", "DATA"])
        yield* send({ ...token.tx.mint(account("alice"), 1n), as: account("alice") })
        return 1
      },
      {
        tag: "ScenarioError",
        reason: "MeasureFailed",
        message: expect.stringMatching(/DataToken\.mint reverted: MinterUnauthorized/)
      }
    ],
    [
      "what was to revert and did not",
      function* ({ deploy, reverts, account }) {
        const token = yield* deploy("DataToken", ["Data", "DATA"])
        yield* reverts(token.tx.mint(account("alice"), 1n))
        return 1
      },
      { tag: "ScenarioError", reason: "MeasureFailed", message: expect.stringMatching(/was to revert, and did not/) }
    ],
    [
      "a constructor that reverts",
      function* ({ deploy }) {
        yield* deploy("DataToken", ["Data", "DATA"], { value: 1n })
        return 1
      },
      { tag: "ScenarioError", reason: "MeasureFailed", message: expect.stringMatching(/deploying DataToken reverted/) }
    ],
    [
      "an interface deployed",
      function* ({ deploy }) {
        yield* deploy("IERC20" as never, [] as never)
        return 1
      },
      { tag: "ChainError", reason: "NoBytecode" }
    ],
    [
      "a forgotten yield*",
      function* ({ deploy }) {
        deploy("DataToken", ["Data", "DATA"])
        return 1
      },
      { tag: "ScenarioError", reason: "LazyStep" }
    ],
    [
      "an error of its own",
      function* () {
        throw new TypeError("no such thing")
      },
      { tag: "ScenarioError", reason: "MeasureFailed", message: "known answer some-answer threw: no such thing" }
    ]
  ]
  it.each(failing)("fails on %s, with the reason, and the next is measured", async (_, measure, error) => {
    const bad = KnownAnswer.make("some-answer", { ...words, expected: 1, measure })
    const good = KnownAnswer.make("other-answer", {
      ...words,
      expected: 1,
      *measure() {
        return 1
      }
    })
    const outcomes = await validate([bad, good], both)
    expect(outcomes.map(({ id, chain, held }) => [id, chain, held])).toEqual([
      ["some-answer", "revm", false],
      ["some-answer", "hardhat", false],
      ["other-answer", "revm", true],
      ["other-answer", "hardhat", true]
    ])
    for (const { values, error: told } of outcomes.slice(0, 2))
      expect([values, told]).toEqual([[], expect.objectContaining(error)])
  })
})

const token = Scenario.make("one-token", {
  horizon: "3 weeks",
  block: { every: "1 hour" },
  params: {},
  *setup({ deploy }) {
    return { token: yield* deploy("DataToken", ["Data", "DATA"]) }
  },
  populations: () => ({}),
  metrics: {
    weeks: { unit: "tokens", every: "1 week", sample: ({ time }) => (BigInt(time) * ONE) / 604_800n }
  },
  checks: { "three weeks are not over": { always: ({ now }) => now.weeks < 3n * ONE } }
})

describe("ofRuns", () => {
  const shorter = { ...token, checks: [] }

  it("hands the runs to value, with samples, tables and seeds", async () => {
    const answer = KnownAnswer.ofRuns("some-answer", {
      ...words,
      expected: { samples: "0, 1, 2, 3", last: 3, exact: 2n * ONE, seed: 9, blocks: 1 },
      scenario: shorter,
      runs: { one: {}, other: { arm: "baseline" } },
      seed: 9,
      value: ({ one, other }) => ({
        samples: one.samples("weeks").join(", "),
        last: other.last("weeks"),
        exact: one.exact("weeks")[2] ?? 0n,
        seed: other.seed,
        blocks: (one.table("blocks")["block"] ?? []).length
      })
    })
    const { error, values } = await got(answer)
    expect(error).toBeNull()
    expect(values.filter(({ held }) => !held)).toEqual([])
  })

  it.each<readonly [string, Scenario.Scenario, KnownAnswer.RunWanted, (ran: KnownAnswer.Ran) => number, object]>([
    [
      "a broken check",
      token,
      {},
      (ran) => ran.last("weeks"),
      { reason: "MeasureFailed", message: expect.stringContaining("three weeks are not over") }
    ],
    ["an unknown arm", shorter, { arm: "basline" }, (ran) => ran.last("weeks"), { reason: "UnknownArm" }],
    ["an unknown Param", shorter, { set: { x: "1" } }, (ran) => ran.last("weeks"), { reason: "UnknownParam" }],
    [
      "an unknown metric",
      shorter,
      {},
      (ran) => ran.last("week"),
      { reason: "MeasureFailed", fix: "Did you mean weeks? The metrics are weeks." }
    ],
    ["an unknown table", shorter, {}, (ran) => Number(ran.table("toString")["length"]), { reason: "MeasureFailed" }],
    ["an error of its own", shorter, {}, () => (undefined as never as number[]).length, { reason: "MeasureFailed" }]
  ])("fails on %s", async (_, scenario, wanted, value, error) => {
    const answer = KnownAnswer.ofRuns("some-answer", {
      ...words,
      expected: 1,
      scenario,
      runs: { run: wanted },
      value: ({ run }) => value(run)
    })
    const outcome = await got(answer)
    expect([outcome.held, outcome.error]).toEqual([false, expect.objectContaining({ tag: "ScenarioError", ...error })])
  })
})

describe("validate", () => {
  it("does not hold where one of several values misses", async () => {
    const answer = KnownAnswer.make("some-answer", {
      ...words,
      expected: { right: 1, wrong: 2 },
      *measure() {
        return { right: 1, wrong: 3 }
      }
    })
    const { held, error, values } = await got(answer)
    expect([held, error, values.map((value) => value.held)]).toEqual([false, null, [true, false]])
  })

  const slowly = (id: string) =>
    KnownAnswer.make(id, {
      ...words,
      expected: 1,
      replications: 20,
      *measure() {
        return 1
      }
    })

  it("counts its measurements, tells of each, and leaves out what is not whole when it is stopped", async () => {
    const answers = [slowly("first"), slowly("second")]
    expect(measurements(answers, ["revm", "hardhat"])).toBe(80)
    const abort = new AbortController()
    const told: string[] = []
    const outcomes = await validate(answers, {
      chains: ["revm"],
      artifacts,
      signal: abort.signal,
      onBegin: ({ id }, chain, replication) => {
        told.push(`${id} ${chain} ${replication}`)
        if (id === "second" && replication === 4) abort.abort()
      }
    })
    expect(outcomes.map(({ id }) => id)).toEqual(["first"])
    expect(told.slice(-2)).toEqual(["second revm 3", "second revm 4"])
    expect(told.length).toBe(25)
  })

  it("hears of it between replications, though a chain that answers at once never waits", async () => {
    const abort = new AbortController()
    const answer = { ...slowly("first"), replications: 2_000 }
    const onBegin = (_: unknown, __: unknown, replication: number): void => {
      if (replication === 5) setTimeout(() => abort.abort(), 0)
    }
    expect(await validate([answer], { chains: ["revm"], artifacts, signal: abort.signal, onBegin })).toEqual([])
  })

  it("gives plain data", async () => {
    const outcomes = await validate([slowly("first")], { chains: ["revm"], artifacts })
    expect(JSON.parse(JSON.stringify(outcomes))).toEqual(outcomes)
  })
})
