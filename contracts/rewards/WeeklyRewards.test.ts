/** The published figures of the weekly issue, as a scenario would reach them: through the codec, on a chain. */
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { requireBytecode } from "../../sim/chain/artifact/Artifact.ts"
import { ArtifactStore } from "../../sim/chain/artifact/ArtifactStore.ts"
import { address, at, take, tx } from "../../sim/chain/Chain.laws.ts"
import type { Address, Hex } from "../../sim/chain/Contracts.ts"
import { type AbiCodec, compileAbi } from "../../sim/chain/codec/Codec.ts"
import { HardhatChain } from "../../sim/chain/hardhat/HardhatChain.ts"

const store = ArtifactStore.open(join(import.meta.dirname, "..", ".."))
const OWNER = address(1)
const TOKEN = 10n ** 18n
const WEEK = 7 * 24 * 60 * 60
const START = 1_700_000_000
const PUBLISHED = {
  firstWeekLimit: 1_105_000n * TOKEN,
  connectionPoints: [6000n, 3000n],
  streaks: true,
  identityStake: 0n,
  stakeLock: 0n
}

interface Place {
  readonly at: Address
  readonly codec: AbiCodec
}

describe("a fleet", () => {
  let chain: HardhatChain
  let block = 0
  let nonce = 0
  let timestamp = START

  async function send(to: Address | undefined, data: Hex): Promise<Address | undefined> {
    const rest = { data, gas: 10_000_000, gasPrice: 0n, ...(to === undefined ? {} : { to }) }
    const [receipt] = await take(chain.block(at(++block, { timestamp }), [tx(OWNER, nonce++, rest)]))
    expect(receipt?.ok).toBe(true)
    return receipt?.created
  }

  async function deploy(name: string, args: readonly unknown[]): Promise<Place> {
    const artifact = store.get(name)
    const codec = compileAbi(artifact.abi)
    const created = await send(undefined, codec.encodeDeploy(requireBytecode(artifact), args))
    if (created === undefined) throw new Error(`${name} was not deployed`)
    return { at: created, codec }
  }

  async function call(place: Place, fn: string, ...args: readonly unknown[]): Promise<void> {
    await send(place.at, place.codec.pick(fn, args, "tx").encode(args))
  }

  async function read(place: Place, fn: string, ...args: readonly unknown[]): Promise<unknown> {
    const pick = place.codec.pick(fn, args, "read")
    return pick.decodeResult((await take(chain.call({ to: place.at, data: pick.encode(args) }))).output)
  }

  async function fleet(config: typeof PUBLISHED): Promise<{ readonly token: Place; readonly rewards: Place }> {
    const token = await deploy("DataToken", ["Data", "DATA"])
    const rewards = await deploy("WeeklyRewards", [token.at, config])
    await call(token, "grantMinter", rewards.at)
    return { token, rewards }
  }

  beforeAll(async () => {
    chain = await HardhatChain.open({ hardfork: "prague" })
    await take(chain.fund([OWNER], TOKEN))
  })
  afterAll(() => chain.close())

  /** Source: domain, O1: the published allocation of the issue of 364 weeks. */
  it("is paid 260,264,270 tokens in 364 weeks", async () => {
    const { token, rewards } = await fleet(PUBLISHED)
    await call(rewards, "register", 0n)
    for (let week = 0; week < 364; week++) {
      await call(rewards, "connect", 0n)
      timestamp += WEEK
    }
    await call(rewards, "claim", 0n)
    const paid = (await read(token, "balanceOf", OWNER)) as bigint
    expect(paid / TOKEN).toBe(260_264_270n)
    expect(await read(rewards, "currentWeek")).toBe(364n)
    expect(await read(rewards, "weekLimit", 364n)).toBe(0n)
  })

  /** Source: domain, O2: 1,105,000 tokens × 9 / 240,000. */
  it("is paid 41.4375 tokens for 9 of 240,000 points", async () => {
    const { rewards } = await fleet({ ...PUBLISHED, connectionPoints: [9n, 239_991n] })
    for (const vehicle of [0n, 1n]) {
      await call(rewards, "register", vehicle)
      await call(rewards, "connect", vehicle)
    }
    expect(await read(rewards, "pointsOf", 0n)).toBe(240_000n)
    timestamp += WEEK
    await call(rewards, "register", 0n)
    expect(await read(rewards, "claimable", 0n)).toBe((414_375n * TOKEN) / 10_000n)
  })
})
