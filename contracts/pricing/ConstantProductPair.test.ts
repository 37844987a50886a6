/**
 * Our pair against the published Uniswap v2 pair: the same calls, in the same order, on the same chain. After each
 * call both agree to the base unit: on whether it was refused, on reserves, balances and shares, and on the events of
 * pair and router. The shares that lie at the zero address there lie at an address without a key here.
 */
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { requireBytecode } from "../../sim/chain/artifact/Artifact.ts"
import { ArtifactStore } from "../../sim/chain/artifact/ArtifactStore.ts"
import { address, at, take, tx } from "../../sim/chain/Chain.laws.ts"
import type { Log, Receipt, SnapshotId } from "../../sim/chain/Chain.ts"
import type { Address, Hex } from "../../sim/chain/Contracts.ts"
import { type AbiCodec, compileAbi } from "../../sim/chain/codec/Codec.ts"
import { HardhatChain } from "../../sim/chain/hardhat/HardhatChain.ts"

const store = ArtifactStore.open(join(import.meta.dirname, "..", ".."))
const DEPLOYER = address(1)
const TRADERS = [address(2), address(3)] as const
const LOCKED: Address = "0x000000000000000000000000000000000000dead"
const ZERO: Address = "0x0000000000000000000000000000000000000000"
/** Of each token, for each trader: beyond what a reserve can hold, so that its limit is met too. */
const FUNDS = 2n ** 113n

/** Where one contract is and how it is spoken to. */
interface Place {
  readonly at: Address
  readonly codec: AbiCodec
}

/** One of the two pairs, with its own two tokens in the order of their addresses, and its own router. */
interface Side {
  readonly pair: Place
  readonly tokens: readonly [Place, Place]
  readonly router: Place
  readonly nobody: Address
}

/** A call made in the same way on both sides. */
type Act =
  | { readonly kind: "send"; readonly who: number; readonly token: 0 | 1; readonly amount: bigint }
  | { readonly kind: "mint" | "burn" | "skim"; readonly who: number; readonly to: number }
  | { readonly kind: "sync"; readonly who: number }
  /** Gives back so many 255ths of the trader's shares. */
  | { readonly kind: "give"; readonly who: number; readonly part: number }
  /** Asks for so much; `exact` asks for what the fee allows for what lies in the pair, give or take `off`. */
  | {
      readonly kind: "swap"
      readonly who: number
      readonly to: number
      readonly out: readonly [bigint, bigint]
      readonly exact: boolean
      readonly off: bigint
    }
  /** Trades through the router. */
  | { readonly kind: "buy" | "sell"; readonly who: number; readonly amount: bigint; readonly minOut: bigint }

describe("our pair and the published one", () => {
  let chain: HardhatChain
  let block = 0
  const nonces = new Map<Address, number>()

  /** Sends one call, in a block of its own. */
  async function send(from: Address, to: Address | undefined, data: Hex): Promise<Receipt> {
    const nonce = nonces.get(from) ?? 0
    nonces.set(from, nonce + 1)
    const rest = { data, gas: 10_000_000, gasPrice: 0n, ...(to === undefined ? {} : { to }) }
    const [receipt] = await take(chain.block(at(++block), [tx(from, nonce, rest)]))
    if (receipt === undefined) throw new Error("a block without its receipt")
    return receipt
  }

  async function deploy(name: string, args: readonly unknown[]): Promise<Place> {
    const artifact = store.get(name)
    const codec = compileAbi(artifact.abi)
    const { created } = await send(DEPLOYER, undefined, codec.encodeDeploy(requireBytecode(artifact), args))
    if (created === undefined) throw new Error(`${name} was not deployed`)
    return { at: created, codec }
  }

  function call(from: Address, place: Place, fn: string, args: readonly unknown[]): Promise<Receipt> {
    return send(from, place.at, place.codec.pick(fn, args, "tx").encode(args))
  }

  async function read(place: Place, fn: string, args: readonly unknown[]): Promise<unknown> {
    const pick = place.codec.pick(fn, args, "read")
    const { ok, output } = await take(chain.call({ to: place.at, data: pick.encode(args) }))
    if (!ok) throw new Error(`${fn} reverted`)
    return pick.decodeResult(output)
  }

  /** The traders' addresses; the third is the pair's first token, to whom nothing may be paid. */
  function account(side: Side, number: number): Address {
    return TRADERS[number] ?? side.tokens[0].at
  }

  async function side(published: boolean): Promise<Side> {
    const made = [await deploy("DataToken", ["Data", "DATA"]), await deploy("DataToken", ["Dollar", "USD"])] as const
    const tokens = made[0].at < made[1].at ? made : ([made[1], made[0]] as const)
    const router = await deploy("PairRouter", [])
    let pair: Place
    if (published) {
      const factory = await deploy("UniswapV2Factory", [DEPLOYER])
      await call(DEPLOYER, factory, "createPair", [tokens[1].at, tokens[0].at])
      const found = await read(factory, "getPair", [tokens[0].at, tokens[1].at])
      pair = { at: found as Address, codec: compileAbi(store.get("UniswapV2Pair").abi) }
    } else pair = await deploy("ConstantProductPair", [tokens[1].at, tokens[0].at])
    for (const token of tokens) {
      for (const trader of TRADERS) {
        await call(DEPLOYER, token, "mint", [trader, FUNDS])
        await call(trader, token, "approve", [router.at, FUNDS])
      }
    }
    return { pair, tokens, router, nobody: published ? ZERO : LOCKED }
  }

  /** What the chain says of a side: reserves, balances and shares. */
  async function state({ pair, tokens, nobody }: Side): Promise<unknown> {
    const reserves = (await read(pair, "getReserves", [])) as readonly [bigint, bigint, number]
    const holders = [pair.at, ...TRADERS]
    const balances: unknown[] = []
    for (const token of [...tokens, pair]) {
      for (const holder of holders) balances.push(await read(token, "balanceOf", [holder]))
    }
    return {
      reserves: [reserves[0], reserves[1]],
      balances,
      shares: await read(pair, "totalSupply", []),
      lost: await read(pair, "balanceOf", [nobody])
    }
  }

  /** What a swap asks for: as written, or for what came in of the token that is not asked for, at the fee of 0.3 %. */
  async function wanted(side: Side, act: Act & { readonly kind: "swap" }): Promise<readonly [bigint, bigint]> {
    if (!act.exact) return act.out
    const [x, y] = (await read(side.pair, "getReserves", [])) as readonly [bigint, bigint, number]
    const came0 = ((await read(side.tokens[0], "balanceOf", [side.pair.at])) as bigint) - x
    const came1 = ((await read(side.tokens[1], "balanceOf", [side.pair.at])) as bigint) - y
    const [came, from, to] = came0 > 0n ? [came0, x, y] : [came1, y, x]
    const out = from === 0n ? 0n : (came * 997n * to) / (from * 1000n + came * 997n)
    const asked = out + act.off < 0n ? 0n : out + act.off
    return came0 > 0n ? [0n, asked] : [asked, 0n]
  }

  async function perform(side: Side, act: Act): Promise<Receipt> {
    const who = account(side, act.who)
    const { pair, tokens, router } = side
    switch (act.kind) {
      case "send":
        return call(who, tokens[act.token], "transfer", [pair.at, act.amount])
      case "give": {
        const all = (await read(pair, "balanceOf", [who])) as bigint
        return call(who, pair, "transfer", [pair.at, (all * BigInt(act.part)) / 255n])
      }
      case "sync":
        return call(who, pair, "sync", [])
      case "swap": {
        const [out0, out1] = await wanted(side, act)
        return call(who, pair, "swap", [out0, out1, account(side, act.to), "0x"])
      }
      case "buy":
      case "sell":
        return call(who, router, act.kind, [pair.at, tokens[0].at, act.amount, act.minOut])
      default:
        return call(who, pair, act.kind, [account(side, act.to)])
    }
  }

  /** The events of a call, of the pair and of the router, without addresses that differ between the sides. */
  function events(side: Side, logs: readonly Log[]): readonly unknown[] {
    const known: readonly Place[] = [side.pair, side.router]
    return logs.flatMap((log) => {
      const event = known.find((place) => place.at === log.address)?.codec.eventOf(log.topics)
      if (event === undefined || event.name === "Transfer") return []
      return [[event.name, log.data]]
    })
  }

  const who = fc.nat(1)
  const amount = fc.oneof(
    { weight: 6, arbitrary: fc.bigInt(0n, 10n ** 24n) },
    { weight: 3, arbitrary: fc.bigInt(0n, 5000n) },
    { weight: 1, arbitrary: fc.bigInt(2n ** 111n, 2n ** 112n + 1n) }
  )
  const to = fc.oneof({ weight: 9, arbitrary: who }, { weight: 1, arbitrary: fc.constant(2) })
  const act: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("send" as const),
        who,
        token: fc.constantFrom(0 as const, 1 as const),
        amount
      })
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("mint" as const, "burn", "skim"), who, to }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("sync" as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("give" as const), who, part: fc.nat(255) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("swap" as const),
        who,
        to,
        out: fc.tuple(amount, amount),
        exact: fc.boolean(),
        off: fc.bigInt(-1n, 1n)
      })
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom("buy" as const, "sell"),
        who,
        amount,
        minOut: fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, { weight: 1, arbitrary: amount })
      })
    }
  )
  /** What belongs together, so that it happens often enough: a deposit, a withdrawal, a swap that is paid for. */
  const deposit = fc.tuple(who, amount, amount).map(([who, amount0, amount1]): readonly Act[] => [
    { kind: "send", who, token: 0, amount: amount0 + 1001n },
    { kind: "send", who, token: 1, amount: amount1 + 1001n },
    { kind: "mint", who, to: who }
  ])
  const withdrawal = fc.tuple(who, fc.nat(255)).map(([who, part]): readonly Act[] => [
    { kind: "give", who, part },
    { kind: "burn", who, to: who }
  ])
  const exchange = fc
    .tuple(who, to, fc.constantFrom(0 as const, 1 as const), amount, fc.bigInt(-1n, 1n))
    .map(([who, to, token, amount, off]): readonly Act[] => [
      { kind: "send", who, token, amount },
      { kind: "swap", who, to, out: [0n, 0n], exact: true, off }
    ])
  const alone = act.map((each): readonly Act[] => [each])
  const more = fc.array(
    fc.oneof(
      { weight: 1, arbitrary: deposit },
      { weight: 1, arbitrary: withdrawal },
      { weight: 2, arbitrary: exchange },
      { weight: 4, arbitrary: alone }
    ),
    { minLength: 3, maxLength: 10 }
  )
  /** Most sequences begin with a pool, so that trades have something to trade on. */
  const acts = fc
    .tuple(fc.oneof({ weight: 3, arbitrary: deposit }, { weight: 1, arbitrary: alone }), more)
    .map(([first, rest]): readonly Act[] => [...first, ...rest.flat()])

  let ours: Side
  let theirs: Side
  let fresh: { readonly id: SnapshotId; readonly block: number; readonly nonces: ReadonlyMap<Address, number> }

  beforeAll(async () => {
    chain = await HardhatChain.open({ hardfork: "prague" })
    await take(chain.fund([DEPLOYER, ...TRADERS], 10n ** 18n))
    ours = await side(false)
    theirs = await side(true)
    fresh = { id: await take(chain.snapshot()), block, nonces: new Map(nonces) }
  })
  afterAll(() => chain.close())

  async function restart(): Promise<void> {
    await take(chain.revert(fresh.id))
    block = fresh.block
    for (const [from, nonce] of fresh.nonces) nonces.set(from, nonce)
  }

  it("agree to the base unit on every call", { timeout: 120_000 }, async () => {
    const done = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        await restart()
        for (const each of sequence) {
          const mine = await perform(ours, each)
          const published = await perform(theirs, each)
          expect(mine.ok, each.kind).toBe(published.ok)
          expect(events(ours, mine.logs)).toEqual(events(theirs, published.logs))
          expect(await state(ours)).toEqual(await state(theirs))
          const outcome = `${each.kind} ${mine.ok ? "made" : "refused"}`
          done.set(outcome, (done.get(outcome) ?? 0) + 1)
        }
      }),
      { numRuns: 120, seed: 20 }
    )
    // A property over calls that are all refused would hold too.
    for (const kind of ["mint", "burn", "swap", "buy", "sell"]) {
      expect(done.get(`${kind} made`), `${kind} made`).toBeGreaterThan(5)
      expect(done.get(`${kind} refused`), `${kind} refused`).toBeGreaterThan(5)
    }
  })
})
