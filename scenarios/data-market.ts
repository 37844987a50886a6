/**
 * A data market with honest and fake data: what a stake behind each listing, rewards by quality, and the side that pays
 * the fee do to it, in four marketplaces.
 */
import { amountOf, DAY, Environment, ONE, Param, Population, Scenario, Trait, wholeUnits } from "mesocosm"
import { fakeDataMaker } from "../agents/attackers/fake-data-maker.ts"
import { arbiter } from "../agents/auditors/arbiter.ts"
import { listingAuditor } from "../agents/auditors/listing-auditor.ts"
import { qualityCurator } from "../agents/auditors/quality-curator.ts"
import { qualityLearner } from "../agents/buyers/quality-learner.ts"
import { dataSeller } from "../agents/honest/data-seller.ts"
import { replicator } from "../agents/sybil/replicator.ts"

/** What differs between the marketplaces; each line of this table stands in ASSUMPTIONS.md with its source, as DM2. */
const MARKETS = {
  "consumer-behaviour": { weeks: 13, price: 50, value: 150, cost: 400, floor: 0.2, base: 0.5, royaltyBps: 0 },
  "medical-research": { weeks: 26, price: 2600, value: 7800, cost: 20_000, floor: 0.5, base: 0.3, royaltyBps: 500 },
  "smart-city-iot": { weeks: 8, price: 50, value: 150, cost: 300, floor: 0.1, base: 0.8, royaltyBps: 0 },
  "scientific-data": { weeks: 26, price: 100, value: 300, cost: 700, floor: 0.05, base: 0.5, royaltyBps: 1000 }
} as const

const WEEKS = 156
const YEARS = WEEKS / 52
const WEEK_S = 604_800
const KINDS = ["constant", "noise", "marginals", "copy"] as const

export default Scenario.make("data-market", {
  question: "Do stakes behind listings and rewards by quality keep fake data out of a market, and who pays for it?",
  about:
    "Sellers go and look, and sell what they saw; others sell constants, noise, noise with the right frequencies, copies or replicas of their own data. Buyers learn by use whom to buy from. " +
    "Written down before the first run: a stake (listing-stake) lowers the share of fakes among sales by at least 0.10; rewards by quality (quality-rewards) lower the share of rewards that goes to fakes by at least 0.30; moving the fee from sellers to buyers (buyer-fee) leaves welfare the same. " +
    "What it teaches: a buyer finds out after it has paid, and fakes change their names, so that reputation prices every stranger as a lemon. A stake makes a stranger pay for having no name, and pays those who look; but it guards sales alone. " +
    "Where a pool pays for records as they are claimed, it pays fakes whether or not anyone buys them, and a stake is one more cost of a business that pays; look at the data before they are rewarded, and most of that business ends.",
  omits: [
    "Nobody sells a data set on, so that royalties are never paid.",
    "The reward token has a fixed price: rewards that dwarf the fees do not drive it down.",
    "Arbiter and curators are honest, err at a fixed rate, and cannot be bribed.",
    "Whoever reads the chain could read the data: buyers, copiers and auditors keep to what they bought.",
    "Sellers raise or lower one price by a fixed step; they do not price by the buyer."
  ],
  horizon: `${WEEKS} weeks`,
  block: { every: "12 hours" },
  params: {
    marketplace: Param.choice(
      "consumer-behaviour",
      ["consumer-behaviour", "medical-research", "smart-city-iot", "scientific-data"],
      { source: "DM1" }
    ),
    sellers: Param.count(20, { source: "DM3", domain: [1, 500] }),
    buyers: Param.count(80, { source: "DM4", domain: [1, 2000] }),
    fakers: Param.count(2, { source: "DM5", range: [0, 4], domain: [0, 50] }),
    replicators: Param.count(2, { source: "DM6", range: [0, 6], domain: [0, 50] }),
    rewardBy: Param.choice("contribution", ["contribution", "quality"], { source: "DM7" }),
    rewards: Param.ratio(10, { source: "DM8", range: [2, 30], domain: [0, 1000] }),
    stake: Param.ratio(0, { source: "DM9", domain: [0, 100] }),
    slash: Param.ratio(1, { source: "DM10", domain: [0, 1] }),
    challengerShare: Param.ratio(0.5, { source: "DM11", domain: [0, 1] }),
    buyerFee: Param.ratio(0, { source: "DM12", domain: [0, 0.5] }),
    sellerFee: Param.ratio(0.05, { source: "DM12", domain: [0, 0.5] }),
    auditors: Param.count(2, { source: "DM13", range: [1, 4], domain: [0, 20] }),
    arbiterError: Param.ratio(0.02, { source: "DM14", range: [0, 0.1], domain: [0, 1] }),
    trust: Param.ratio(0.5, { source: "DM15", range: [0.3, 0.8], domain: [0, 1] }),
    observed: Param.count(2, { source: "DM16", range: [1, 4], domain: [0, 5] }),
    claims: Param.count(4, { source: "DM17", range: [1, 16], domain: [1, 1000] }),
    identityCost: Param.money("2", { source: "DM18", range: ["0", "20"], domain: ["0", "1000"] }),
    capitalRate: Param.ratio(0.1, { source: "DM19", range: [0.02, 0.3], domain: [0, 2] }),
    gasPrice: Param.gwei("0.01", { source: "DM20", range: ["0.001", "0.05"], domain: ["0", "1000"] }),
    ether: Param.money("3000", { source: "DM21", range: ["1000", "6000"] })
  },
  arms: {
    "listing-stake": { stake: 10 },
    "quality-rewards": { rewardBy: "quality" },
    "stake-and-quality": { stake: 10, rewardBy: "quality" },
    "buyer-fee": { buyerFee: 0.05, sellerFee: 0 },
    "medical-research": { marketplace: "medical-research" },
    "smart-city-iot": { marketplace: "smart-city-iot" },
    "scientific-data": { marketplace: "scientific-data" }
  },
  environment: ({ params }) => ({
    phenomenon: Environment.model({
      unit: "state of the world",
      source: "DM2",
      every: `${MARKETS[params.marketplace].weeks} weeks`,
      says: "what data are about: a number from which follows what is so, drawn anew each edition",
      start: (draw) => draw.integer(1, 2_147_483_647),
      step: ({ draw }) => draw.integer(1, 2_147_483_647)
    })
  }),
  gas: ({ params }) => ({ price: params.gasPrice }),
  *setup({ deploy, send, params, deployer, identities }) {
    const { price } = MARKETS[params.marketplace]
    const stake = amountOf(price * params.stake)
    const token = yield* deploy("DataToken", ["Reward token", "REWARD"])
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    const registry = yield* deploy("DataSetRegistry", ["Data sets", "SETS", 1000n])
    const grants = yield* deploy("AccessGrants", [])
    const stakes = yield* deploy("ListingStake", [
      {
        registry: registry.address,
        token: usd.address,
        stake,
        bond: stake / 10n,
        unbondingSeconds: BigInt(2 * DAY),
        verdictSeconds: BigInt(WEEK_S),
        slashBps: BigInt(Math.round(params.slash * 10_000)),
        challengerBps: BigInt(Math.round(params.challengerShare * 10_000)),
        treasury: deployer
      }
    ])
    const market = yield* deploy("DataMarket", [
      {
        registry: registry.address,
        grants: grants.address,
        token: usd.address,
        gate: stakes.address,
        treasury: deployer,
        buyerFeeBps: BigInt(Math.round(params.buyerFee * 10_000)),
        sellerFeeBps: BigInt(Math.round(params.sellerFee * 10_000))
      }
    ])
    yield* send(grants.tx.grantRole(yield* grants.read.GRANTER_ROLE(), market.address))
    for (const judge of identities("arbiters")) {
      yield* send(stakes.tx.grantRole(yield* stakes.read.ARBITER_ROLE(), judge))
    }
    // Both pools stand in every arm; one of them issues, and sellers contribute to that one.
    const emission = amountOf(price * params.rewards) / BigInt(WEEK_S)
    const duration = BigInt(WEEKS * WEEK_S)
    const byQuality = params.rewardBy === "quality"
    const scoring = yield* deploy("QualityPool", [token.address, byQuality ? emission : 0n, duration, 0n])
    const byContribution = yield* deploy("ContributionPool", [token.address, byQuality ? 0n : emission, duration])
    const pool = byQuality ? scoring : byContribution
    yield* send(token.tx.grantMinter(pool.address))
    for (const curator of identities("curators")) yield* send(scoring.tx.grantScorer(curator))
    yield* send(usd.tx.mint(deployer, amountOf(price) * 1_000_000_000n))
    return { token, usd, registry, grants, stakes, market, scoring, byContribution, pool }
  },
  populations: ({ params }) => {
    const { weeks, price, value, cost, floor, base, royaltyBps } = MARKETS[params.marketplace]
    const stake = amountOf(price * params.stake)
    const edition = weeks * WEEK_S
    const holds = { usd: amountOf(price * 10_000) + stake * 500n }
    const seller = { edition, base, royaltyBps, stake }
    const fakes = {
      edition,
      base,
      royaltyBps,
      stake,
      cost: cost / 80,
      claims: params.claims,
      price: Trait.lognormal({ median: price * 0.8, sigma: 0.3, unit: "numeraire per sale" })
    }
    const fakersOf = (kind: (typeof KINDS)[number]) =>
      Population.of(fakeDataMaker, {
        count: params.fakers,
        traits: { ...fakes, kind },
        holds,
        identityCost: params.identityCost
      })
    return {
      sellers: Population.of(dataSeller, {
        count: params.sellers,
        traits: {
          ...seller,
          cost: Trait.lognormal({ median: cost, sigma: 0.5, unit: "numeraire per edition" }),
          price: Trait.lognormal({ median: price, sigma: 0.3, unit: "numeraire per sale" }),
          reservation: Trait.lognormal({ median: price * floor, sigma: 0.3, unit: "numeraire per sale" })
        },
        holds
      }),
      constants: fakersOf("constant"),
      noise: fakersOf("noise"),
      marginals: fakersOf("marginals"),
      copies: fakersOf("copy"),
      replicators: Population.of(replicator, {
        count: params.replicators,
        traits: {
          ...seller,
          replicaCost: cost / 80,
          cost: Trait.lognormal({ median: cost, sigma: 0.5, unit: "numeraire per edition" }),
          price: Trait.lognormal({ median: price, sigma: 0.3, unit: "numeraire per sale" })
        },
        holds,
        identityCost: params.identityCost
      }),
      buyers: Population.of(qualityLearner, {
        count: params.buyers,
        traits: {
          base,
          value: Trait.lognormal({ median: value, sigma: 0.6, unit: "numeraire per data set" }),
          budget: Trait.lognormal({ median: price * 5, sigma: 0.5, unit: "numeraire per edition" }),
          trust: params.trust,
          halvings: params.observed
        },
        holds
      }),
      auditors: Population.of(listingAuditor, {
        count: params.auditors,
        traits: { base, reward: amountOf(price * params.stake * params.slash * params.challengerShare) },
        holds
      }),
      arbiters: Population.of(arbiter, {
        count: 1,
        traits: { base, error: params.arbiterError, cost: amountOf(price / 2) }
      }),
      curators: Population.of(qualityCurator, { count: 1, traits: { base, cost: amountOf(price / 10) } })
    }
  },
  numeraire: ({ params }) => ({ name: "USD", ether: params.ether, tokens: { usd: ONE, token: ONE } }),
  capital: ({ params }) => ({
    stakes: {
      rate: params.capitalRate,
      token: "usd",
      // A verdict says whose a stake and a bond are, long before anybody fetches them.
      moves: {
        Upheld: ({ seller, challenger, toChallenger, toTreasury }) => [
          { from: seller, to: challenger, amount: toChallenger },
          { from: seller, amount: toTreasury }
        ],
        Dismissed: ({ seller, challenger, bond }) => [{ from: challenger, to: seller, amount: bond }]
      }
    }
  }),
  metrics: {
    fakeSold: {
      unit: "ratio",
      every: "13 weeks",
      says: "share of sales, in closed editions, that were of fakes, copies and replicas: only the lab knows",
      matters: { by: 0.02, better: "lower" },
      sample: ({ gauge }) => {
        const fake =
          gauge("constants", "sold") +
          gauge("noise", "sold") +
          gauge("marginals", "sold") +
          gauge("copies", "sold") +
          gauge("replicators", "sold")
        const all = fake + gauge("sellers", "sold") + gauge("replicators", "originals")
        return all === 0 ? 0 : fake / all
      }
    },
    blindSold: {
      unit: "ratio",
      every: "13 weeks",
      says: "the part of it that were constants and noise, which inform of nothing",
      sample: ({ gauge }) => {
        const blind = gauge("constants", "sold") + gauge("noise", "sold") + gauge("marginals", "sold")
        const all =
          blind +
          gauge("copies", "sold") +
          gauge("replicators", "sold") +
          gauge("sellers", "sold") +
          gauge("replicators", "originals")
        return all === 0 ? 0 : blind / all
      }
    },
    leakage: {
      unit: "ratio",
      every: "13 weeks",
      says: "share of rewards claimed so far that went to makers of fakes and copies",
      matters: { by: 0.02, better: "lower" },
      sample: ({ ledger }) =>
        ledger.share("constants", "pool") +
        ledger.share("noise", "pool") +
        ledger.share("marginals", "pool") +
        ledger.share("copies", "pool")
    },
    welfare: {
      unit: "ratio",
      every: "13 weeks",
      says: "what data were worth to buyers, less all costs, in first prices per buyer and year of the whole run",
      matters: { by: 0.5, better: "higher" },
      sample: ({ gauge, ledger, params }) => {
        let cost = 0n
        for (const name of [
          "sellers",
          "constants",
          "noise",
          "marginals",
          "copies",
          "replicators",
          "buyers",
          "auditors",
          "arbiters",
          "curators"
        ] as const) {
          cost += ledger.spent(name) + ledger.gas(name) + ledger.capital(name)
        }
        const { price } = MARKETS[params.marketplace]
        return (gauge("buyers", "value") - wholeUnits(cost)) / (price * params.buyers * YEARS)
      }
    },
    buyerGain: {
      unit: "ratio",
      every: "13 weeks",
      says: "what data were worth to buyers, less what they paid, in first prices per buyer and year of the whole run",
      matters: { by: 0.5, better: "higher" },
      sample: ({ gauge, params }) =>
        (gauge("buyers", "value") - gauge("buyers", "paid")) /
        (MARKETS[params.marketplace].price * params.buyers * YEARS)
    },
    sellerGain: {
      unit: "ratio",
      every: "13 weeks",
      says: "honest sellers' profit, rewards among it, in first prices per seller and year of the whole run",
      matters: { by: 1, better: "higher" },
      sample: ({ ledger, params }) =>
        wholeUnits(ledger.profit("sellers")) / (MARKETS[params.marketplace].price * params.sellers * YEARS)
    },
    balance: {
      unit: "ratio",
      every: "13 weeks",
      says: "the smaller of two shares: buyers that bought at their last visit, honest sellers that have not given up",
      matters: { by: 0.05, better: "higher" },
      over: "mean",
      sample: ({ gauge, params }) =>
        Math.min(gauge("buyers", "active") / params.buyers, gauge("sellers", "inside") / params.sellers)
    },
    rewardsPerFee: {
      unit: "ratio",
      every: "13 weeks",
      says: "rewards paid so far, at their worth, for each dollar of fees earned so far",
      matters: { by: 1, better: "lower" },
      *sample({ world }) {
        const fees = yield* world.market.read.feesEarned()
        const paid = yield* world.pool.read.totalPaid()
        return fees === 0n ? 0 : wholeUnits(paid) / wholeUnits(fees)
      }
    },
    turnover: {
      unit: "money",
      every: "13 weeks",
      says: "prices of all sales so far, without buyers' fees",
      sample: ({ world }) => world.market.read.turnover()
    },
    fees: {
      unit: "money",
      every: "13 weeks",
      says: "fees so far",
      sample: ({ world }) => world.market.read.feesEarned()
    },
    fakerProfit: {
      unit: "money",
      every: "13 weeks",
      says: "profit so far of all makers of fakes and copies",
      sample: ({ ledger }) =>
        ledger.profit("constants") + ledger.profit("noise") + ledger.profit("marginals") + ledger.profit("copies")
    },
    auditorProfit: {
      unit: "money",
      every: "13 weeks",
      says: "profit so far of all auditors",
      sample: ({ ledger }) => ledger.profit("auditors")
    },
    sales: { unit: "count", every: "13 weeks", says: "sales so far", sample: ({ world }) => world.market.read.sales() },
    inside: {
      unit: "count",
      every: "13 weeks",
      says: "honest sellers that have not given up",
      sample: ({ gauge }) => BigInt(gauge("sellers", "inside"))
    },
    upheld: {
      unit: "count",
      every: "13 weeks",
      says: "challenges upheld so far",
      sample: ({ gauge }) => BigInt(gauge("arbiters", "upheld"))
    },
    faked: {
      unit: "count",
      every: "13 weeks",
      says: "fakes, copies and replicas registered so far: only the lab knows",
      sample: ({ tally }) => {
        const fake = ({ truth }: { readonly truth: { readonly [what: string]: unknown } }) => truth["fake"] === true
        let sum = 0n
        for (const name of ["constants", "noise", "marginals", "copies", "replicators"] as const)
          sum += tally(name, fake)
        return sum
      }
    }
  },
  checks: {
    "fees are what both sides' rates make of turnover": {
      always: ({ now, params }) => {
        const rate = BigInt(Math.round((params.buyerFee + params.sellerFee) * 10_000))
        const most = (now.turnover * rate) / 10_000n
        return now.fees <= most && most - now.fees <= now.sales * 2n
      }
    },
    "more than a hundred data sets are sold": { finally: ({ now }) => now.sales > 100n }
  },
  charts: [
    {
      line: ["fakeSold", "blindSold"],
      by: "stake",
      title: "Shares of sales that were fake, and that informed of nothing",
      says: "Copies and replicas inform as well as what they copy: buyers do not mind them, as long as they do not have both."
    },
    { line: "leakage", by: "stake", title: "Share of rewards that fakes got" },
    {
      line: ["buyerGain", "sellerGain"],
      by: "stake",
      title: "What each side gains, in first prices per head and year"
    },
    { line: "welfare", by: "stake", title: "Welfare, in first prices per buyer and year" },
    { line: "balance", by: "stake", title: "Balance of buyers and sellers" },
    { line: "rewardsPerFee", by: "rewards", title: "Rewards paid for each dollar of fees" }
  ]
})
