/**
 * What all who sell data sets do alike, honest or not: register, list with a stake, offer, contribute to the reward
 * pool; at the end of an edition take everything back and fetch what is owed.
 */
import type { Address, Asking, Behaviour, Contract, Hex, Intent } from "mesocosm"
import { hexOf, type Signals } from "./signals.ts"

/** The contracts a seller uses, by their names in the World. */
export const PLACES = {
  registry: "IDataSetRegistry",
  stakes: "IListingStake",
  market: "IDataMarket",
  pool: "IWeightedPool",
  usd: "IERC20",
  token: "IERC20"
} as const

/** The same as handles. */
export type Places = { readonly [K in keyof typeof PLACES]: Contract<(typeof PLACES)[K]> }

/** A data set of a seller; plain data. */
export interface Listing {
  /** The identity that sells it. */
  readonly as: Address
  /** What it commits to: a salted hash, so 32 bytes that look random. */
  readonly content: Hex
  /** Where the data lie; see `signals.ts`. */
  readonly locator: Hex
  /** Its number in the registry, once it has one. */
  readonly id: bigint | null
  /** Its number in the pool, once it has one. */
  readonly contribution: bigint | null
  /** When it was closed, in seconds since the run began: a block later at the earliest its stake unbonds. */
  readonly closedAt: number | null
}

/** On which terms it is offered and contributed. */
export interface Terms {
  /** Base units of usd. */
  readonly price: bigint
  /** Seconds of access that a sale gives. */
  readonly duration: number
  /** Records it says it has. */
  readonly records: number
  readonly royaltyBps: number
  /** Base units of usd staked; 0: no approval is needed. */
  readonly stake: bigint
}

/** What an edition brought in. */
export interface Takings {
  readonly intents: readonly Intent[]
  /** Base units of usd that the market owes. */
  readonly sales: bigint
  /** Base units of token that the pool owes. */
  readonly reward: bigint
  /** Sales. */
  readonly sold: number
}

/** A listing of signals, before it is registered. */
export function listingOf(as: Address, content: Hex, signals: Signals): Listing {
  return { as, content, locator: hexOf(signals), id: null, contribution: null, closedAt: null }
}

/** Registers a listing. What only the lab knows of it goes with the Intent. */
export function registers(
  world: Places,
  { as, content, locator }: Listing,
  terms: Terms,
  truth: { readonly fake: boolean; readonly kind: string }
): Intent {
  const licence = { terms: content, uses: 1, uri: "" }
  return { ...world.registry.tx.register(content, locator, BigInt(terms.royaltyBps), licence), as, truth }
}

/** Stakes for a registered listing, offers it, and contributes it to the pool. */
export function offers(world: Places, { as, id, content }: Listing, terms: Terms): readonly Intent[] {
  if (id === null) return []
  const approval = terms.stake > 0n ? [world.usd.tx.approve(world.stakes.address, terms.stake)] : []
  return [
    ...approval,
    world.stakes.tx.list(id),
    world.market.tx.offer(id, terms.price, 100n, BigInt(terms.duration)),
    world.pool.tx.contribute(content, BigInt(terms.records))
  ].map((intent) => ({ ...intent, as }))
}

/** Takes a listing from the market and the pool, and fetches what both owe. */
export function* closes(world: Places, { as, id, contribution }: Listing): Asking<Takings> {
  if (id === null) return { intents: [], sales: 0n, reward: 0n, sold: 0 }
  const staker = yield* world.stakes.read.sellerOf(id)
  const sales = yield* world.market.read.owedTo(as)
  const reward = yield* world.pool.read.claimable(as)
  const sold = Number(yield* world.market.read.salesOf(id))
  const intents = [
    // Who was slashed has nothing to unlist.
    ...(staker === as ? [world.stakes.tx.unlist(id)] : []),
    world.market.tx.withdrawOffer(id),
    ...(contribution === null ? [] : [world.pool.tx.remove(contribution)]),
    ...(sales > 0n ? [world.market.tx.withdraw()] : []),
    ...(reward > 0n ? [world.pool.tx.claim()] : [])
  ]
  return { intents: intents.map((intent) => ({ ...intent, as })), sales, reward, sold }
}

/** What is to be done about stakes of closed listings now, and which listings are left for later. */
export interface Reclaim {
  readonly intents: readonly Intent[]
  readonly left: readonly Listing[]
}

/** Reclaims the stakes of listings that were closed long enough ago, and fetches what verdicts left of others. */
export function* reclaims(world: Places, listings: readonly Listing[], now: number): Asking<Reclaim> {
  const intents: Intent[] = []
  const left: Listing[] = []
  const fetches = new Set<Address>()
  if (listings.length === 0) return { intents, left }
  const { stake, unbondingSeconds } = yield* world.stakes.read.config()
  for (const listing of listings) {
    const { as, id, closedAt } = listing
    if (id === null) continue
    const back = (yield* world.stakes.read.sellerOf(id)) === as
    const waits = BigInt(now) < BigInt(closedAt ?? now) + unbondingSeconds
    if (back && (waits || BigInt(yield* world.stakes.read.challengerOf(id)) !== 0n)) {
      left.push(listing)
      continue
    }
    if (back) intents.push({ ...world.stakes.tx.reclaim(id), as })
    if ((back && stake > 0n) || (yield* world.stakes.read.owedTo(as)) > 0n) fetches.add(as)
  }
  for (const as of fetches) intents.push({ ...world.stakes.tx.withdraw(), as })
  return { intents, left }
}

/** The listings with the numbers that receipts say they got. */
export function numbered(listings: readonly Listing[], receipts: readonly Behaviour.Outcome[]): readonly Listing[] {
  const events = receipts.flatMap((receipt) => receipt.events)
  return listings.map((listing) => {
    let { id, contribution } = listing
    for (const { event, args } of events) {
      if (event === "DataSetRegistered" && args["content"] === listing.content) id = args["dataSet"] as bigint
      if (event === "Contributed" && args["dataHash"] === listing.content) contribution = args["contribution"] as bigint
    }
    return { ...listing, id, contribution }
  })
}
