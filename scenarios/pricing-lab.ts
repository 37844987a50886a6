/**
 * The same data and the same buyers under each way of pricing: what does the seller earn, who is served, and who games it?
 *
 * Theory has the answers for buyers of values from U[0, 1]: see ASSUMPTIONS.md and `theory` below.
 */
import { type Asking, amountOf, type Contract, DAY, ONE, Param, Population, Scenario, wholeUnits } from "mesocosm"
import { averagingBroker } from "../agents/attackers/averaging-broker.ts"
import { curveBuyer } from "../agents/buyers/curve-buyer.ts"
import { noiseBuyer } from "../agents/buyers/noise-buyer.ts"
import { postedPriceBuyer } from "../agents/buyers/posted-price-buyer.ts"
import { sealedBidder } from "../agents/buyers/sealed-bidder.ts"
import { auctioneer } from "../agents/sellers/auctioneer.ts"
import { curvePublisher } from "../agents/sellers/curve-publisher.ts"
import { postedSeller } from "../agents/sellers/posted-seller.ts"
import { priceLearner } from "../agents/sellers/price-learner.ts"

/** Bidders per auction. */
const GROUP = 5

/** Revenue per buyer and day that theory has at a posted price p, of values between 0 and top: p (1 - p / top). */
const posted = (price: number, top: number): number => price * Math.max(0, 1 - price / top)

/** What the seller has had so far, in base units, from the contract that prices. */
function* revenueOf({
  world,
  params: { mechanism },
  ledger
}: {
  readonly world: {
    readonly posted: Contract<"PostedPrice">
    readonly house: Contract<"SealedBidAuction">
    readonly noise: Contract<"NoisePricing">
  }
  readonly params: { readonly mechanism: string }
  readonly ledger: { received(population: "sellers", contract: "house" | "curve", token: "usd"): bigint }
}): Asking<bigint> {
  if (mechanism === "noise" || mechanism === "noise-square") return yield* world.noise.read.revenue()
  if (mechanism === "curve") return ledger.received("sellers", "curve", "usd")
  if (mechanism === "posted" || mechanism === "dynamic") return yield* world.posted.read.revenueOf(0n)
  const seller = yield* world.house.read.sellerOf(0n)
  return ledger.received("sellers", "house", "usd") + (yield* world.house.read.creditOf(seller))
}

export default Scenario.make("pricing-lab", {
  question: "Which way of pricing earns most with data that costs nothing to copy, and which can be gamed?",
  about:
    "Every day each buyer wants one copy of that day's data, and it is worth something between nothing and a dollar to it. " +
    "One seller sells, in one of seven ways: at a posted price, at a price it learns, by sealed bids of groups of five at " +
    "the first or second price, on a bonding curve, or noisy answers at c/v or c/v². A broker averages cheap noisy answers " +
    "and sells the mean as a better one, where that pays. What this teaches: an auction makes buyers rivals for a copy that " +
    "is not scarce, and leaves most of them unserved; a price that falls faster than the noise rises is no price.",
  omits: [
    "Nobody resells a copy, or an answer bought for another: data that leaks has no price to speak of.",
    "One seller: what competition does to a price is not shown.",
    "Buyers know what the data is worth to them before they have it.",
    "The logarithmic scoring rule prices predictions, not copies: it is deployed nowhere here."
  ],
  horizon: "91 days",
  block: { every: "1 hour" },
  params: {
    mechanism: Param.choice(
      "posted",
      ["posted", "dynamic", "second-price", "first-price", "curve", "noise", "noise-square"],
      { source: "PL1" }
    ),
    buyers: Param.count(120, { source: "PL2", domain: [5, 5000] }),
    top: Param.money("1", { source: "PL3", range: ["0.5", "2"], domain: ["0.01", "100"] }),
    price: Param.money("0.5", { source: "PL4", domain: ["0", "100"] }),
    grid: Param.count(21, { source: "PL5", domain: [3, 101] }),
    explore: Param.ratio(0.03, { source: "PL5", range: [0.01, 0.1], domain: [0, 1] }),
    reserve: Param.money("0", { source: "PL6", domain: ["0", "100"] }),
    bond: Param.money("0.05", { source: "PL7", range: ["0", "0.2"], domain: ["0", "10"] }),
    curveStart: Param.money("0.4", { source: "PL8", range: ["0.2", "0.6"], domain: ["0.01", "10"] }),
    curveWeight: Param.ratio(0.5, { source: "PL8", range: [0.2, 1], domain: [0.1, 1] }),
    brokers: Param.count(1, { source: "PL9", domain: [0, 5] }),
    copies: Param.count(4, { source: "PL9", range: [2, 8], domain: [2, 100] }),
    asks: Param.ratio(0.9, { source: "PL9", range: [0.6, 0.99], domain: [0.01, 1] }),
    fee: Param.ratio(0, { source: "PL10", domain: [0, 0.5] }),
    gasPrice: Param.gwei("0.01", { source: "PL11", range: ["0.001", "0.05"], domain: ["0", "1000"] }),
    ether: Param.money("3000", { source: "PL12", range: ["1000", "6000"] })
  },
  arms: {
    dynamic: { mechanism: "dynamic" },
    "second-price": { mechanism: "second-price" },
    "second-price-reserve": { mechanism: "second-price", reserve: "0.5" },
    "first-price": { mechanism: "first-price" },
    curve: { mechanism: "curve" },
    noise: { mechanism: "noise" },
    "noise-square": { mechanism: "noise-square" }
  },
  gas: ({ params }) => ({ price: params.gasPrice }),
  *setup({ deploy, send, params, deployer }) {
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    const posted = yield* deploy("PostedPrice", [usd.address, BigInt(Math.round(params.fee * 10_000)), deployer])
    const house = yield* deploy("SealedBidAuction", [usd.address])
    const rule = params.mechanism === "noise-square" ? 1 : 0
    const noise = yield* deploy("NoisePricing", [usd.address, rule, params.price > 0n ? params.price : 1n, deployer])
    const weight = BigInt(Math.round(params.curveWeight * 1_000_000))
    const curve = yield* deploy("BondingCurve", ["Access", "ACCESS", usd.address, weight])
    // As many tokens as two days of buyers, and the reserve that makes the first one cost `curveStart`.
    const supply = BigInt(2 * params.buyers) * ONE
    const reserve = (params.curveStart * supply * weight) / (1_000_000n * ONE)
    yield* send(usd.tx.mint(deployer, reserve + BigInt(params.buyers + 10) * 1000n * ONE))
    yield* send(usd.tx.approve(curve.address, reserve))
    yield* send(curve.tx.open(reserve, supply))
    return { usd, posted, house, noise, curve }
  },
  populations: ({ params }) => {
    const { mechanism } = params
    const top = wholeUnits(params.top)
    const auctions = Math.ceil(params.buyers / GROUP)
    const some = { count: params.buyers, holds: { usd: 200n * ONE } }
    const noisy = mechanism === "noise" || mechanism === "noise-square"
    const first = mechanism === "first-price"
    return {
      // One name in every arm, so that buyers of a seed are the same in all.
      buyers:
        first || mechanism === "second-price"
          ? Population.of(sealedBidder, {
              ...some,
              traits: { top, group: GROUP, auctions, bids: first ? (GROUP - 1) / GROUP : 1 }
            })
          : mechanism === "curve"
            ? Population.of(curveBuyer, { ...some, traits: { top } })
            : noisy
              ? Population.of(noiseBuyer, { ...some, traits: { top } })
              : Population.of(postedPriceBuyer, { ...some, traits: { top } }),
      sellers:
        first || mechanism === "second-price"
          ? Population.of(auctioneer, {
              count: 1,
              traits: {
                auctions,
                rule: first ? "first-price" : "second-price",
                reserve: wholeUnits(params.reserve),
                bond: params.bond
              }
            })
          : mechanism === "curve"
            ? Population.of(curvePublisher, { count: 1 })
            : mechanism === "dynamic"
              ? Population.of(priceLearner, {
                  count: 1,
                  traits: { top, grid: params.grid, audience: params.buyers, explore: params.explore * top }
                })
              : Population.of(postedSeller, {
                  count: noisy ? 0 : 1,
                  traits: { top, price: wholeUnits(params.price) }
                }),
      brokers: Population.of(averagingBroker, {
        count: noisy ? params.brokers : 0,
        traits: { copies: params.copies, asks: params.asks },
        holds: { usd: 500n * ONE }
      })
    }
  },
  numeraire: ({ params }) => ({ name: "USD", ether: params.ether, tokens: { usd: ONE } }),
  metrics: {
    revenue: {
      unit: "money",
      every: "1 day",
      says: "what buyers and brokers paid the seller so far, in the contract that prices",
      matters: { by: 100, better: "higher" },
      sample: revenueOf
    },
    perBuyer: {
      unit: "ratio",
      every: "1 day",
      says: "the seller's revenue per buyer and day so far, in USD",
      *sample(at) {
        if (at.time === 0) return 0
        return (wholeUnits(yield* revenueOf(at)) * DAY) / (at.params.buyers * at.time)
      }
    },
    welfare: {
      unit: "money",
      every: "1 day",
      says: "what the copies that were got are worth to those who got them; copying costs nothing",
      matters: { by: 100, better: "higher" },
      sample: ({ gauge }) => amountOf(gauge("buyers", "value"))
    },
    efficiency: {
      unit: "ratio",
      every: "1 day",
      says: "the same, as a share of what all wanted copies are worth",
      matters: { by: 0.02, better: "higher" },
      sample: ({ gauge }) => {
        const wanted = gauge("buyers", "wanted")
        return wanted === 0 ? 0 : gauge("buyers", "value") / wanted
      }
    },
    surplus: {
      unit: "money",
      every: "1 day",
      says: "what buyers have of it beyond what they paid",
      matters: { by: 100, better: "higher" },
      sample: ({ gauge }) => amountOf(gauge("buyers", "value") - gauge("buyers", "paid"))
    },
    served: {
      unit: "count",
      every: "1 day",
      says: "copies and answers that buyers got",
      sample: ({ gauge }) => BigInt(gauge("buyers", "bought"))
    },
    price: {
      unit: "money",
      every: "1 day",
      says: "what a copy costs: posted, on the curve, of an answer of variance one, or in the last auction",
      *sample({ world, params }) {
        const { mechanism } = params
        if (mechanism === "curve") return yield* world.curve.read.price()
        if (mechanism === "noise" || mechanism === "noise-square") return yield* world.noise.read.priceOf(ONE)
        if (mechanism === "posted" || mechanism === "dynamic") return yield* world.posted.read.priceOf(0n)
        const auctions = yield* world.house.read.auctions()
        return auctions === 0n ? 0n : yield* world.house.read.priceOf(auctions - 1n)
      }
    },
    found: {
      unit: "ratio",
      every: "1 day",
      says: "share of days so far on which the posted price was within a tenth of the top from the best price, half of it",
      sample: ({ gauge }) => {
        const days = gauge("sellers", "days")
        return days === 0 ? 0 : gauge("sellers", "near") / days
      }
    },
    arbitrage: {
      unit: "money",
      every: "1 day",
      says: "the broker's profit so far, net of gas",
      matters: { by: 20, better: "lower" },
      sample: ({ ledger }) => ledger.profit("brokers")
    },
    brokered: {
      unit: "count",
      every: "1 day",
      says: "answers that the broker made of cheaper ones",
      sample: ({ gauge }) => BigInt(gauge("brokers", "orders"))
    },
    brokerError: {
      unit: "ratio",
      every: "1 day",
      says: "mean squared error of those: one is what buyers asked for",
      sample: ({ gauge }) => {
        const orders = gauge("brokers", "orders")
        return orders === 0 ? 0 : gauge("brokers", "squares") / orders
      }
    }
  },
  checks: {
    "no buyer pays more than a copy is worth to it": { always: ({ now }) => now.surplus >= 0n },
    "averaging pays under c/v² only": {
      finally: ({ now, params }) =>
        params.mechanism === "noise-square" && params.brokers > 0 ? now.arbitrage > 0n : now.arbitrage <= 0n
    }
  },
  charts: [
    {
      line: "perBuyer",
      by: "price",
      title: "Revenue per buyer and day, USD",
      says: "The line is theory: p(1 − p) at a posted price, the expected price of an auction shared by its bidders.",
      theory: {
        label: "theory",
        value: ({ params }) => {
          const top = Number(params.top) / 1e18
          const auction = params.reserve > 0n ? 0.671875 : (GROUP - 1) / (GROUP + 1)
          if (params.mechanism === "second-price" || params.mechanism === "first-price") return (auction * top) / GROUP
          return params.mechanism === "dynamic" ? top / 4 : posted(Number(params.price) / 1e18, top)
        }
      }
    },
    { line: "efficiency", by: "price", title: "Share of the possible welfare" },
    { line: "surplus", by: "price", title: "What buyers have of it" },
    { line: "price", by: "price", title: "Price of a copy" },
    { line: "found", by: "explore", title: "Share of days near the best price" },
    { line: "arbitrage", by: "asks", title: "Profit of the broker" }
  ]
})
