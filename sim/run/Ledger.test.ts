import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Address } from "../chain/Contracts.ts"
import { driveSync, Untaken } from "../chain/Step.ts"
import type { Moved } from "../scenario/Capital.ts"
import { ONE } from "../scenario/Units.ts"
import { type Account, Ledger } from "./Ledger.ts"
import { type Price, Prices } from "./Prices.ts"

const TOKEN: Address = "0x00000000000000000000000000000000000000aa"
const USD: Address = "0x00000000000000000000000000000000000000ab"
const POOL: Address = "0x00000000000000000000000000000000000000bb"
const VAULT: Address = "0x00000000000000000000000000000000000000cc"
const A: Address = "0x0000000000000000000000000000000000000001"
const B: Address = "0x0000000000000000000000000000000000000002"
const A2: Address = "0x0000000000000000000000000000000000000003"
const YEAR = 31_536_000
/** A tenth a year; `Slashed` says in its arguments what moves. */
const moves = new Map([["Slashed", (args: unknown) => args as readonly Moved[]]])
const LOCKS = new Map([[VAULT, { key: "vault", rate: ONE / 10n, token: TOKEN, moves, lends: false }]])

function ledger(): Ledger {
  const made = new Ledger(
    new Prices({ name: "USD", ether: 2000n * ONE, tokens: new Map([[TOKEN, ONE / 2n]]) }),
    LOCKS,
    (address) => address === POOL || address === VAULT
  )
  made.open("as", "as/0")
  made.open("bs", "bs/0")
  made.own(A, "as/0")
  made.own(A2, "as/0")
  made.own(B, "bs/0")
  return made
}

describe("the ledger", () => {
  it("counts what a contract paid as received, an endowment apart, and values both at the scenario's price", () => {
    const books = ledger()
    books.flow(TOKEN, POOL, A, 10n * ONE, 0, true)
    books.flow(TOKEN, POOL, A, 4n * ONE, 5, false)
    const account = books.account("as/0")
    expect(account?.received.get(`${POOL}/${TOKEN}`)).toBe(4n * ONE)
    expect(account && books.profit(account)).toBe(2n * ONE)
  })

  it("sees nothing in what an agent moves among its own identities", () => {
    const books = ledger()
    books.flow(TOKEN, POOL, A, ONE, 0, false)
    const before = structuredClone(books.save())
    books.flow(TOKEN, A, A2, ONE / 3n, 1, false)
    expect(books.save()).toEqual(before)
  })

  // 100 tokens at 0.5 for half a year at a tenth a year: 100 × 0.5 × 0.1 × 0.5 = 2.5.
  it("charges locked capital by time, and gives it back as an asset", () => {
    const books = ledger()
    books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
    books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
    books.flow(TOKEN, VAULT, A, 100n * ONE, YEAR / 2, false)
    books.accrue(YEAR)
    const account = books.account("as/0")
    expect(account && books.capital(account)).toBe((5n * ONE) / 2n)
    expect(account && books.gain(account)).toBe(0n)
    expect(account && books.profit(account)).toBe((-5n * ONE) / 2n)
  })

  // 100 tokens at a tenth a year: at price 1 for three quarters of it, then at 10: 100 × 0.1 × (0.75 + 2.5) = 32.5.
  it("charges locked capital at the price that held, however often it is read", () => {
    const costs = [1, 4, 7, 52, 365].map((readings) => {
      let depth = 1n
      const market = { market: () => ({ token: ONE, numeraire: depth * ONE, feeBps: 0n }) }
      const prices = new Prices({ name: "USD", ether: 0n, tokens: new Map([[TOKEN, market]]) })
      const books = new Ledger(prices, LOCKS, () => true)
      books.open("as", "as/0")
      books.own(A, "as/0")
      const read = (time: number): void => driveSync(books.refresh(time, {}, new Untaken()))
      read(0)
      books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
      books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
      const dear = (YEAR * 3) / 4
      const account = books.account("as/0") as Account
      for (let nth = 1; nth <= readings; nth++) {
        const time = Math.floor((YEAR * nth) / readings)
        if (depth === 1n && time >= dear) {
          depth = 10n
          prices.forget()
          read(dear)
        }
        read(time)
        books.capital(account)
      }
      return books.capital(account)
    })
    expect(costs).toEqual(costs.map(() => (65n * ONE) / 2n))
  })

  it("counts what a contract pays beyond the deposit as gained, and a later deposit whole", () => {
    const books = ledger()
    books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
    books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
    books.flow(TOKEN, VAULT, A, 140n * ONE, 0, false)
    books.settle()
    const account = books.account("as/0") as Account
    expect(books.gain(account)).toBe(20n * ONE)
    books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
    books.settle()
    expect(account.locked.get(`${VAULT}/${TOKEN}`)).toBe(100n * ONE)
    expect(books.gain(account)).toBe(20n * ONE)
    books.accrue(YEAR)
    expect(books.capital(account)).toBe(5n * ONE)
  })

  // A locks 100 at 0.5, of which an event gives 60 to B after half a year, 10 to nobody: A pays 2.5 + 0.75, B 1.5.
  it("moves what is locked where an event says so, whatever the order within a transaction", () => {
    for (const first of ["event", "payment"]) {
      const books = ledger()
      books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
      books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
      const slash = [
        { from: A, to: B, amount: 60n * ONE },
        { from: A, amount: 10n * ONE }
      ]
      if (first === "event") books.event(VAULT, "Slashed", slash, YEAR / 2)
      books.flow(TOKEN, VAULT, B, 20n * ONE, YEAR / 2, false)
      if (first === "payment") books.event(VAULT, "Slashed", slash, YEAR / 2)
      books.settle()
      books.event(VAULT, "Other", slash, YEAR / 2)
      books.event(POOL, "Slashed", slash, YEAR / 2)
      books.accrue(YEAR)
      const [a, b] = ["as/0", "bs/0"].map((id) => books.account(id) as Account) as [Account, Account]
      expect([books.gain(a), books.gain(b)]).toEqual([-35n * ONE, 30n * ONE])
      expect(books.capital(a)).toBe((13n * ONE) / 4n)
      expect(books.capital(b)).toBe(ONE)
    }
  })

  it("takes no more from anybody than is locked, and counts no more as locked than a contract holds", () => {
    const opened = (): Ledger => {
      const books = ledger()
      books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
      books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
      return books
    }
    const over = opened()
    over.event(VAULT, "Slashed", [{ from: A, to: B, amount: 150n * ONE }], 1)
    expect(() => over.settle()).toThrow(/capital\.vault\.moves\.Slashed takes from as\/0 50 tokens more/)
    const given = opened()
    given.event(VAULT, "Slashed", [{ to: B, amount: 50n * ONE }], 1)
    given.settle()
    const holding = (amount: bigint | undefined) => () => given.audit((token) => (token === TOKEN ? amount : 0n))
    expect(holding(149n * ONE)).toThrow(/150 tokens of agents are locked in vault, which holds 149/)
    expect(holding(150n * ONE)).not.toThrow()
    expect(holding(undefined)).not.toThrow()
  })

  it("takes a payment at once for income where no event says whose it is, however transactions are cut", () => {
    const plain = new Map([[VAULT, { key: "vault", rate: 0n, token: undefined, moves: new Map(), lends: true }]])
    for (const cut of [false, true]) {
      const books = new Ledger(ledger().prices, plain, () => true)
      books.open("as", "as/0")
      books.own(A, "as/0")
      books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
      books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
      books.flow(TOKEN, VAULT, A, 140n * ONE, 0, false)
      if (cut) books.settle()
      books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
      books.settle()
      expect(books.gain(books.account("as/0") as Account)).toBe(20n * ONE)
      expect(() => books.audit(() => 0n)).not.toThrow()
    }
  })

  it("counts a deposit as an asset where capital costs nothing too", () => {
    const free = new Map([[VAULT, { key: "vault", rate: 0n, token: undefined, moves: new Map(), lends: false }]])
    const books = new Ledger(ledger().prices, free, () => true)
    books.open("as", "as/0")
    books.own(A, "as/0")
    books.flow(TOKEN, POOL, A, 100n * ONE, 0, true)
    books.flow(TOKEN, A, VAULT, 100n * ONE, 0, false)
    books.settle()
    books.accrue(YEAR)
    expect(books.profit(books.account("as/0") as Account)).toBe(0n)
  })

  it("conserves: what agents own is what flowed to them less what flowed from them", () => {
    const who = fc.constantFrom(A, A2, B, POOL)
    fc.assert(
      fc.property(fc.array(fc.tuple(who, who, fc.bigInt({ min: 0n, max: ONE })), { maxLength: 50 }), (flows) => {
        const books = ledger()
        let outside = 0n
        for (const [from, to, amount] of flows) {
          books.flow(TOKEN, from, to, amount, 0, false)
          if (from === POOL) outside -= amount
          if (to === POOL) outside += amount
        }
        const held = ["as/0", "bs/0"].reduce((sum, id) => sum + (books.account(id)?.holds.get(TOKEN) ?? 0n), 0n)
        expect(held).toBe(-outside)
      })
    )
  })

  // A pool of 1,000 tokens and 1,000 dollars with a fee of 0.3 %, in which nobody else trades.
  it("sees no gain in trading alone: not in selling what was given and waiting, nor in any other way", () => {
    const trade = fc.record({ sells: fc.boolean(), permille: fc.bigInt({ min: 1n, max: 500n }) })
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 5000n }),
        fc.array(trade, { minLength: 1, maxLength: 8 }),
        (given, trades) => {
          let [token, numeraire] = [1000n * ONE, 1000n * ONE]
          let [tokens, dollars] = [given * ONE, 5000n * ONE]
          const flows: [Address, bigint][] = []
          for (const { sells, permille } of trades) {
            const [has, into, from] = sells ? [tokens, token, numeraire] : [dollars, numeraire, token]
            const pays = (has * permille) / 1000n
            const gets = (pays * 997n * from) / (into * 1000n + pays * 997n)
            const [moved, paid] = sells ? [-pays, gets] : [gets, -pays]
            tokens += moved
            dollars += paid
            token -= moved
            numeraire -= paid
            flows.push([TOKEN, moved], [USD, paid])
          }
          const at = {
            name: "USD",
            ether: 0n,
            tokens: new Map<Address, Price>([
              [USD, ONE],
              [TOKEN, { market: () => 0 }]
            ])
          }
          const books = new Ledger(new Prices(at, [[TOKEN, { token, numeraire, feeBps: 30n }]]), new Map(), () => false)
          books.open("as", "as/0")
          books.own(A, "as/0")
          books.flow(TOKEN, POOL, A, given * ONE, 0, true)
          books.flow(USD, POOL, A, 5000n * ONE, 0, true)
          for (const [of, moved] of flows) {
            if (moved > 0n) books.flow(of, POOL, A, moved, 1, false)
            else books.flow(of, A, POOL, -moved, 1, false)
          }
          const account = books.account("as/0")
          expect(account && books.profit(account)).toBeLessThanOrEqual(0n)
        }
      )
    )
  })

  it("goes on from a saved state", () => {
    const books = ledger()
    books.flow(TOKEN, POOL, A, 2n * ONE, 0, false)
    books.flow(TOKEN, A, VAULT, ONE, 0, false)
    books.accrue(YEAR)
    const again = new Ledger(books.prices, LOCKS, () => false, structuredClone(books.save()))
    expect(again.save()).toEqual(books.save())
    for (const each of [books, again]) each.accrue(2 * YEAR)
    const [one, other] = [books, again].map((each) => each.capital(each.account("as/0") as Account))
    expect([one, other]).toEqual([ONE / 10n, ONE / 10n])
  })
})
