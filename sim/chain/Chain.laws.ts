/**
 * Laws that any Chain obeys, with contracts written in EVM code so that no compiler stands between
 * the law and the chain. A chain's own test calls `chainLaws`.
 */
import fc from "fast-check"
import { getContractAddress } from "viem"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { BlockEnvironment, Chain, Hardfork, Transaction } from "./Chain.ts"
import type { Address, Hex } from "./Contracts.ts"
import { CALL_GAS, CHAIN_ID } from "./Rules.ts"
import { driveAsync, type Step, suspended, Untaken } from "./Step.ts"

/** Address number `n`: a small number, right-aligned, clear of the precompiles. */
export function address(n: number): Address {
  return `0x${(0x1_0000_0000 + n).toString(16).padStart(40, "0")}`
}

/** A 32-byte word. */
export function word(value: number | bigint | Hex): Hex {
  return `0x${BigInt(value).toString(16).padStart(64, "0")}`
}

/** Takes one Step outside a generator. */
export function take<A>(step: Step<A>): Promise<A> {
  return driveAsync(
    (function* () {
      return yield* step
    })()
  )
}

/** A block's environment: block `number` ten seconds after the one before, free of base fee, otherwise as given. */
export function at(number: number, rest: Partial<BlockEnvironment> = {}): BlockEnvironment {
  return {
    number,
    timestamp: 1_000_000 + 10 * number,
    baseFee: 0n,
    gasLimit: 100_000_000,
    prevRandao: word(number),
    coinbase: address(0xc0),
    ...rest
  }
}

/** A transaction of a million gas, price 10 wei, without data or value, otherwise as given. */
export function tx(from: Address, nonce: number, rest: Partial<Transaction> = {}): Transaction {
  return { from, nonce, data: "0x", value: 0n, gas: 1_000_000, gasPrice: 10n, ...rest }
}

/** Counts calls in slot 0, keeps the n-th call's first word in slot n, and logs it under topic 42. */
export const RECORDER: Hex = "0x5f54600101805f555f3590555f355f52602a60205fa100"
/** Reverts with the data it was given. */
export const REVERTER: Hex = "0x365f5f37365ffd"
/** Given data: keeps its first word in slot 0. Given none: reverts with slot 0. */
export const TELLER: Hex = "0x36600c575f545f5260205ffd5b5f355f5500"
/** Keeps in slots 0… and returns NUMBER TIMESTAMP BASEFEE PREVRANDAO COINBASE GASLIMIT CHAINID GASPRICE. */
export const WITNESS: Hex = (() => {
  const opcodes = ["43", "42", "48", "44", "41", "45", "46", "3a"]
  const byte = (n: number) => n.toString(16).padStart(2, "0")
  return `0x${opcodes.map((op, i) => `${op}8060${byte(i)}5560${byte(32 * i)}52`).join("")}6101005ff3`
})()
/** Returns the gas it finds at its first instruction. */
const GAS_TELLER: Hex = "0x5a5f5260205ff3"
const INVALID: Hex = "0xfe"
const ENDLESS: Hex = "0x5b5f56"
/** Creation code of a contract whose code is TELLER. */
const CREATE_TELLER: Hex = `0x6012600a5f3960125ff3${TELLER.slice(2)}`
/** Creation code that reverts with deadbeef. */
const CREATE_NOTHING: Hex = "0x63deadbeef5f526004601cfd"

const ALICE = address(1)
const BOB = address(2)
const CAROL = address(3)
const ETHER = 10n ** 18n

/** Declares the laws as tests of the chains that `open` makes. */
export function chainLaws(kind: string, open: (hardfork: Hardfork) => Promise<Chain>): void {
  describe.each(["prague", "osaka"] as const)(`a chain on ${kind}, %s`, (hardfork) => {
    let chain: Chain
    let fresh: number
    beforeAll(async () => {
      chain = await open(hardfork)
      await take(chain.fund([ALICE, BOB, CAROL], ETHER))
      fresh = await take(chain.snapshot())
    })
    beforeEach(() => take(chain.revert(fresh)))
    afterAll(() => chain.close())

    it("names itself", () => {
      expect(chain.kind).toBe(kind)
      expect(chain.hardfork).toBe(hardfork)
    })

    it("executes in the order given, across senders, whatever they pay", async () => {
      await take(chain.place(address(50), RECORDER))
      const order = fc.array(fc.record({ who: fc.nat(2), price: fc.nat(50) }), { minLength: 1, maxLength: 30 })
      const start = await take(chain.snapshot())
      await fc.assert(
        fc.asyncProperty(order, async (entries) => {
          await take(chain.revert(start))
          const nonces = [0, 0, 0]
          const transactions = entries.map(({ who, price }, i) => {
            const nonce = nonces[who] ?? 0
            nonces[who] = nonce + 1
            return tx(address(1 + who), nonce, { to: address(50), data: word(i + 7), gasPrice: BigInt(price) })
          })
          const receipts = await take(chain.block(at(1), transactions))
          expect(receipts.map((receipt) => receipt.ok)).toEqual(entries.map(() => true))
          expect(receipts.map((receipt) => receipt.logs)).toEqual(
            entries.map((_, i) => [{ address: address(50), topics: [word(42)], data: word(i + 7) }])
          )
          expect(await take(chain.storage(address(50), word(0)))).toBe(word(entries.length))
          for (const i of entries.keys()) {
            expect(await take(chain.storage(address(50), word(i + 1)))).toBe(word(i + 7))
          }
        }),
        { numRuns: 15, seed: 1 }
      )
    })

    it("gives a transaction the environment of its block, and a call that of the last block", async () => {
      await take(chain.place(address(50), WITNESS))
      const cases: readonly BlockEnvironment[] = [
        at(1),
        at(2, { timestamp: 1_000_010, baseFee: 7n }),
        at(1000, { gasLimit: 30_000_000, coinbase: address(0xc1), prevRandao: word(2n ** 256n - 1n) }),
        at(1001, { baseFee: 3n, gasLimit: 10_000_000_000, timestamp: 4_000_000_000 })
      ]
      for (const [nonce, environment] of cases.entries()) {
        const [receipt] = await take(chain.block(environment, [tx(ALICE, nonce, { to: address(50) })]))
        expect(receipt?.ok).toBe(true)
        const { number, timestamp, baseFee, prevRandao, coinbase, gasLimit } = environment
        const seen = [number, timestamp, baseFee, prevRandao, coinbase, gasLimit, CHAIN_ID, 10].map(word)
        const kept = await Promise.all(seen.map((_, slot) => take(chain.storage(address(50), word(slot)))))
        expect(kept).toEqual(seen)
        const { output } = await take(chain.call({ to: address(50), data: "0x" }))
        seen[2] = word(0)
        seen[7] = word(0)
        expect(output).toBe(`0x${seen.map((value) => value.slice(2)).join("")}`)
      }
    })

    it("shows an empty block's environment to the calls after it", async () => {
      await take(chain.place(address(50), WITNESS))
      expect(await take(chain.block(at(8760, { coinbase: address(0xc2) }), []))).toEqual([])
      const { output } = await take(chain.call({ to: address(50), data: "0x" }))
      const seen = [8760, at(8760).timestamp, 0, word(8760), address(0xc2), 100_000_000, CHAIN_ID, 0].map(word)
      expect(output).toBe(`0x${seen.map((value) => value.slice(2)).join("")}`)
    })

    it("gives a call a fixed amount of gas", async () => {
      await take(chain.place(address(50), GAS_TELLER))
      await take(chain.block(at(1), []))
      const { output } = await take(chain.call({ to: address(50), data: "0x" }))
      // 21,000 for being a transaction and 2 for GAS itself.
      expect(BigInt(output)).toBe(BigInt(CALL_GAS) - 21_002n)
    })

    it("reports failures with gas and data, and goes on", async () => {
      await take(chain.place(address(50), REVERTER))
      await take(chain.place(address(51), INVALID))
      await take(chain.place(address(52), ENDLESS))
      const panic: Hex = `0x4e487b71${word(0x11).slice(2)}`
      const receipts = await take(
        chain.block(at(1), [
          tx(ALICE, 0, { to: address(50) }),
          tx(ALICE, 1, { to: address(50), data: panic }),
          tx(ALICE, 2, { to: address(50), data: `0x${"ab".repeat(1000)}` }),
          tx(ALICE, 3, { to: address(51), gas: 50_000 }),
          tx(ALICE, 4, { to: address(52), gas: 60_000 }),
          tx(ALICE, 5, { data: CREATE_NOTHING }),
          tx(ALICE, 6, { to: BOB, value: 5n, gas: 21_000 })
        ])
      )
      expect(receipts.map(({ ok, revert }) => ({ ok, revert }))).toEqual([
        { ok: false, revert: "0x" },
        { ok: false, revert: panic },
        { ok: false, revert: `0x${"ab".repeat(1000)}` },
        { ok: false, revert: "0x" },
        { ok: false, revert: "0x" },
        { ok: false, revert: "0xdeadbeef" },
        { ok: true, revert: "0x" }
      ])
      expect(receipts.every(({ logs, created }) => logs.length === 0 && created === undefined)).toBe(true)
      // What stops by itself uses all its gas; 21,000 is the price of a plain transfer.
      expect([3, 4, 6].map((i) => receipts[i]?.gasUsed)).toEqual([50_000, 60_000, 21_000])
      expect(await take(chain.balance(BOB))).toBe(ETHER + 5n)
    })

    it("gives revert data as of the transaction's own place in the block", async () => {
      await take(chain.place(address(50), TELLER))
      const transactions = Array.from({ length: 20 }, (_, i) =>
        tx(i % 4 < 2 ? ALICE : BOB, Math.floor(i / 4) * 2 + (i % 2), {
          to: address(50),
          data: i % 2 === 0 ? word(i + 1) : "0x"
        })
      )
      const receipts = await take(chain.block(at(1), transactions))
      expect(receipts.map((receipt) => receipt.revert)).toEqual(receipts.map((_, i) => (i % 2 === 0 ? "0x" : word(i))))
    })

    it("creates contracts at the address of sender and nonce", async () => {
      const receipts = await take(
        chain.block(at(1), [tx(ALICE, 0, { data: CREATE_NOTHING }), tx(ALICE, 1, { data: CREATE_TELLER })])
      )
      const expected = getContractAddress({ from: ALICE, nonce: 1n }).toLowerCase()
      expect(receipts[0]).not.toHaveProperty("created")
      expect(receipts[1]?.created).toBe(expected)
      expect(await take(chain.code(expected as Address))).toBe(TELLER)
      // A creation that fails uses up its nonce, and nothing stands at its address.
      const nothing = getContractAddress({ from: ALICE, nonce: 0n }).toLowerCase()
      expect(await take(chain.code(nothing as Address))).toBe("0x")
    })

    it("deploys at most 24,576 bytes of code (EIP-170)", async () => {
      // Returns that many zero bytes.
      const creation = (length: number): Hex => `0x61${length.toString(16)}5ff3`
      const receipts = await take(
        chain.block(at(1), [
          tx(ALICE, 0, { data: creation(24_576), gas: 6_000_000 }),
          tx(ALICE, 1, { data: creation(24_577), gas: 6_000_000 })
        ])
      )
      expect(receipts.map(({ ok, revert }) => ({ ok, revert }))).toEqual([
        { ok: true, revert: "0x" },
        { ok: false, revert: "0x" }
      ])
      expect(receipts[1]?.gasUsed).toBe(6_000_000)
    })

    it("takes gas from the sender to the wei, burns the base fee, pays the rest to the coinbase", async () => {
      await take(chain.place(address(50), REVERTER))
      const receipts = await take(
        chain.block(at(1, { baseFee: 7n }), [
          tx(ALICE, 0, { to: CAROL, value: 1000n, gasPrice: 10n }),
          tx(ALICE, 1, { to: address(50), value: 5n, data: "0x01", gasPrice: 7n })
        ])
      )
      const [first = 0n, second = 0n] = receipts.map(({ gasUsed }) => BigInt(gasUsed))
      expect(first).toBe(21_000n)
      expect(await take(chain.balance(ALICE))).toBe(ETHER - 1000n - first * 10n - second * 7n)
      expect(await take(chain.balance(CAROL))).toBe(ETHER + 1000n)
      expect(await take(chain.balance(address(50)))).toBe(0n)
      expect(await take(chain.balance(address(0xc0)))).toBe(first * 3n)
    })

    it("lets any address send, also one that holds code and one that was never funded", async () => {
      await take(chain.place(address(50), RECORDER))
      await take(chain.place(address(51), RECORDER))
      await take(chain.fund([address(51)], ETHER))
      const receipts = await take(
        chain.block(at(1), [
          tx(address(51), 0, { to: address(50), data: word(1) }),
          tx(ALICE, 0, { to: address(77), value: 10_000_000n }),
          tx(address(78), 0, { to: address(50), data: word(2), gasPrice: 0n })
        ])
      )
      expect(receipts.map((receipt) => receipt.ok)).toEqual([true, true, true])
      const later = await take(chain.block(at(2), [tx(address(77), 0, { to: BOB, value: 1n, gas: 21_000 })]))
      expect(later[0]?.ok).toBe(true)
      expect(await take(chain.balance(address(77)))).toBe(10_000_000n - 1n - 210_000n)
    })

    it("funds, places and reads between blocks", async () => {
      await take(chain.block(at(1), [tx(ALICE, 0, { to: BOB, value: 1n })]))
      await take(chain.fund([ALICE, address(90)], 12345n))
      expect(await take(chain.balance(ALICE))).toBe(12345n)
      expect(await take(chain.balance(address(90)))).toBe(12345n)
      expect(await take(chain.code(address(91)))).toBe("0x")
      await take(chain.place(address(91), TELLER))
      expect(await take(chain.code(address(91)))).toBe(TELLER)
      expect(await take(chain.storage(address(91), "0x0"))).toBe(word(0))
      expect(await take(chain.balance(address(92)))).toBe(0n)
    })

    it("answers calls in order, failures among them, and changes nothing", async () => {
      await take(chain.place(address(50), REVERTER))
      await take(chain.place(address(51), RECORDER))
      await take(chain.place(address(52), INVALID))
      // Returns the caller.
      await take(chain.place(address(53), "0x335f5260205ff3"))
      await take(chain.block(at(1), []))
      expect(
        await take(
          chain.calls([
            { to: address(50), data: "0xdeadbeef" },
            { to: address(51), data: word(1) },
            { to: address(52), data: "0x" },
            { to: address(53), data: "0x" },
            { to: address(53), data: "0x", from: address(51) },
            { to: address(99), data: "0x" }
          ])
        )
      ).toEqual([
        { ok: false, output: "0xdeadbeef" },
        { ok: true, output: "0x" },
        { ok: false, output: "0x" },
        { ok: true, output: word(0) },
        { ok: true, output: word(address(51)) },
        { ok: true, output: "0x" }
      ])
      expect(await take(chain.calls([]))).toEqual([])
      expect(await take(chain.storage(address(51), word(0)))).toBe(word(0))
    })

    it("comes back to a snapshot any number of times, block number, nonces and state", async () => {
      await take(chain.place(address(50), RECORDER))
      await take(chain.block(at(5), [tx(ALICE, 0, { to: address(50), data: word(1) })]))
      const id = await take(chain.snapshot())
      const before = await take(chain.balance(ALICE))
      const next = () =>
        take(chain.block(at(6, { coinbase: address(0xc9) }), [tx(ALICE, 1, { to: address(50), data: word(2) })]))
      const first = await next()
      const later = await take(chain.snapshot())
      await take(chain.block(at(9), [tx(BOB, 0, { data: CREATE_TELLER })]))
      for (let round = 0; round < 3; round++) {
        await take(chain.revert(id))
        expect(await take(chain.balance(ALICE))).toBe(before)
        expect(await take(chain.storage(address(50), word(0)))).toBe(word(1))
        expect(await next()).toEqual(first)
      }
      await expect(take(chain.revert(later))).rejects.toMatchObject({ _tag: "ChainError" })
      await expect(take(chain.revert(123_456))).rejects.toMatchObject({ _tag: "ChainError" })
    })

    it("refuses a block that does not come after the last", async () => {
      await take(chain.block(at(5), []))
      await expect(take(chain.block(at(5), []))).rejects.toMatchObject({ _tag: "ChainError", reason: "Connection" })
      await take(chain.block(at(6, { timestamp: at(5).timestamp }), []))
    })

    it("refuses transactions that cannot run, names them, and keeps nothing of them", async () => {
      const good = tx(ALICE, 0, { to: BOB, value: 1n })
      const bad: readonly Transaction[] = [
        tx(BOB, 0, { to: ALICE, value: 2n * ETHER }),
        tx(BOB, 0, { to: ALICE, gas: 20_999 }),
        tx(BOB, 0, { to: ALICE, gas: 100_000_001 }),
        tx(BOB, 1, { to: ALICE }),
        tx(BOB, 0, { to: ALICE, gasPrice: 2n })
      ]
      for (const transaction of bad) {
        await take(chain.revert(fresh))
        await expect(take(chain.block(at(1, { baseFee: 3n }), [good, transaction]))).rejects.toMatchObject({
          _tag: "ChainError",
          reason: "Connection",
          message: expect.stringContaining("transaction 1 ")
        })
        await take(chain.revert(fresh))
        const receipts = await take(chain.block(at(1, { baseFee: 3n }), [tx(BOB, 0, { to: ALICE, value: 3n })]))
        expect(receipts.map(({ ok, gasUsed }) => ({ ok, gasUsed }))).toEqual([{ ok: true, gasUsed: 21_000 }])
        expect(await take(chain.balance(ALICE))).toBe(ETHER + 3n)
      }
    })

    it("counts a Step that nobody took", async () => {
      chain.balance(ALICE)
      expect(chain.untaken.count).toBe(1)
      expect(() => chain.untaken.check("act")).toThrow(expect.objectContaining({ reason: "LazyStep" }))
      await take(chain.balance(ALICE))
      expect(chain.untaken.count).toBe(0)
      // Steps of another chain are not this one's.
      suspended(async () => 1, new Untaken())
      expect(chain.untaken.count).toBe(0)
    })

    it("holds the hardfork's own gas cap of a transaction", async () => {
      const over = tx(ALICE, 0, { to: BOB, gas: 16_777_217, gasPrice: 0n })
      if (hardfork === "prague") {
        expect((await take(chain.block(at(1), [over])))[0]?.ok).toBe(true)
      } else {
        await expect(take(chain.block(at(1), [over]))).rejects.toMatchObject({ reason: "Connection" })
      }
      await take(chain.revert(fresh))
      expect((await take(chain.block(at(1), [{ ...over, gas: 16_777_216 }])))[0]?.ok).toBe(true)
    })
  })
}
