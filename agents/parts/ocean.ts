/** What all do alike who sell, buy and farm on Ocean's contracts, as they were published. */
import { type Address, type Asking, type Contract, type Hex, type Intent, ONE } from "mesocosm"

export const NOBODY: Address = `0x${"0".repeat(40)}`
const NONE: Hex = `0x${"0".repeat(64)}`
export const UNLIMITED: bigint = 2n ** 255n

/** Fees of nobody, as an order takes them. */
export const NO_PROVIDER_FEE = {
  providerFeeAddress: NOBODY,
  providerFeeToken: NOBODY,
  providerFeeAmount: 0n,
  v: 0,
  r: NONE,
  s: NONE,
  validUntil: 0n,
  providerData: "0x"
} as const
export const NO_MARKET_FEE = {
  consumeMarketFeeAddress: NOBODY,
  consumeMarketFeeToken: NOBODY,
  consumeMarketFeeAmount: 0n
} as const

/** The contracts, by their names in the World. `datatoken` is any of them: a call says which, with `to`. */
export const OCEAN = {
  ocean: "IERC20",
  exchange: "FixedRateExchange",
  datatoken: "ERC20Template",
  farm: "IVolumeFarming"
} as const

/** The same as handles. */
export type Ocean = { readonly [K in keyof typeof OCEAN]: Contract<(typeof OCEAN)[K]> }

/** A datatoken and the exchange that sells it. */
export interface Asset {
  readonly datatoken: Address
  readonly exchange: Hex
}

/** The asset that an account sells; null if it sells none. Exchanges of all are read: there are few. */
export function* assetOf(world: Ocean, owner: Address): Asking<Asset | null> {
  for (const exchange of yield* world.exchange.read.getExchanges()) {
    const [seller, datatoken] = yield* world.exchange.read.getExchange(exchange)
    if (seller === owner) return { datatoken, exchange }
  }
  return null
}

/** Sets the price of an exchange. */
export function asks(world: Ocean, { exchange }: Asset, price: bigint): Intent {
  return world.exchange.tx.setRate(exchange, price)
}

/** Buys one datatoken at the posted price and fees, and spends it on the data. */
export function consumes(world: Ocean, { datatoken, exchange }: Asset, consumer: Address, most: bigint): Intent[] {
  const order = world.datatoken.tx.startOrder(consumer, 0n, NO_PROVIDER_FEE, NO_MARKET_FEE)
  return [world.exchange.tx.buyDT(exchange, ONE, most, NOBODY, 0n), { ...order, to: datatoken }]
}

/** Fetches what an exchange took in. */
export function* collects(world: Ocean, { exchange }: Asset): Asking<Intent[]> {
  const due = yield* world.exchange.read.getBTSupply(exchange)
  return due > 0n ? [world.exchange.tx.collectBT(exchange, due)] : []
}

/** Puts a stake on an asset; the farm's vault takes it. */
export function* stakes(world: Ocean, { datatoken }: Asset, amount: bigint): Asking<Intent[]> {
  const vault = yield* world.farm.read.vault()
  return [world.ocean.tx.approve(vault, amount), world.farm.tx.stake(BigInt(datatoken), amount)]
}

/** Claims what a stake on an asset earned in weeks that are over. */
export function* claims(world: Ocean, { datatoken }: Asset, who: Address): Asking<Intent[]> {
  const due = yield* world.farm.read.claimable(BigInt(datatoken), who)
  return due > 0n ? [world.farm.tx.claim(BigInt(datatoken))] : []
}
