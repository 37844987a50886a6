/**
 * What does an identity stake do to a fleet that earns a weekly issue, and to the one who clones vehicles in it?
 *
 * The issue is DIMO's as published; the market, the demand and the people are assumptions with ranges.
 */
import {
  amountOf,
  type Contract,
  Environment,
  Mathematics,
  ONE,
  Param,
  Population,
  Scenario,
  Trait,
  wholeUnits,
  YEAR
} from "mesocosm"
import { dataBuyer } from "../agents/buyers/data-buyer.ts"
import { vehicleOwner } from "../agents/honest/vehicle-owner.ts"
import { vehicleCloner } from "../agents/sybil/vehicle-cloner.ts"
import { banditTrader } from "../agents/traders/bandit-trader.ts"
import { noiseTrader } from "../agents/traders/noise-trader.ts"
import { qTrader } from "../agents/traders/q-trader.ts"

const WEEKS_A_YEAR = YEAR / 604_800

/** Enough for four lots at twice the price. */
const LEARNERS_HOLD = { usd: 800n * ONE }

export default Scenario.make("weekly-rewards", {
  question: "Does a stake per vehicle keep cloned vehicles out of a weekly reward, and what does it cost the honest?",
  about:
    "A fleet of vehicles shares newly issued tokens every week by points: a vehicle earns points for being connected, and " +
    "more the longer it stays. A stake is what its owner must lock for each vehicle while it earns; it comes back after the " +
    "vehicle has left. Owners sell part of what they earn on an automated market (a constant-product pair); data buyers " +
    "must buy the token there and burn it. One operator clones vehicles, and runs as many clones as pay. Some traders act " +
    "at random, others learn.",
  omits: [
    "Nobody checks that a vehicle exists: nothing but its cost, the stake and the bonus for staying stands against a clone.",
    "Outside demand does not react to the price: it is a sum of money per week.",
    "Nobody adds to or takes from the pool's liquidity.",
    "300 owners stand for a fleet of any size: what matters is shares, not numbers."
  ],
  horizon: "26 weeks",
  block: { every: "1 hour" },
  params: {
    owners: Param.count(300, { source: "WR1", domain: [1, 5000] }),
    weekly: Param.tokens("1105000", { source: "WR2" }),
    connectionA: Param.count(6000, { source: "WR3" }),
    connectionB: Param.count(3000, { source: "WR3" }),
    streaks: Param.choice("on", ["on", "off"], { source: "WR4" }),
    stake: Param.tokens("0", { source: "WR5", domain: ["0", "5000000"] }),
    capitalRate: Param.ratio(0.1, { source: "WR6", range: [0.02, 0.3], domain: [0, 2] }),
    operators: Param.count(1, { source: "WR7", domain: [0, 5] }),
    cloneCost: Param.money("3", { source: "WR8", range: ["1", "6"], domain: ["0", "100"] }),
    ownerCost: Param.money("0.5", { source: "WR9", range: ["0.1", "1.5"], domain: ["0", "100"] }),
    reservation: Param.money("1.5", { source: "WR10", range: ["0.5", "4"], domain: ["0", "100"] }),
    pair: Param.choice("own", ["own", "uniswap-v2"], { source: "WR11" }),
    depth: Param.money("10000", { source: "WR12", range: ["2500", "40000"], domain: ["100", "10000000"] }),
    price: Param.money("0.002", { source: "WR13", range: ["0.001", "0.004"], domain: ["0.000001", "1000"] }),
    demand: Param.money("1500", { source: "WR14", range: ["500", "4500"], domain: ["0", "1000000"] }),
    traders: Param.count(10, { source: "WR15", range: [0, 40], domain: [0, 1000] }),
    learners: Param.count(1, { source: "WR18", range: [0, 5], domain: [0, 20] }),
    gasPrice: Param.gwei("0.01", { source: "WR16", range: ["0.001", "0.05"], domain: ["0", "1000"] }),
    ether: Param.money("3000", { source: "WR17", range: ["1000", "6000"] })
  },
  arms: {
    "identity-stake": { stake: "500000" },
    "streaks-off": { streaks: "off" }
  },
  environment: ({ params }) => {
    const median = Number(params.demand) / 1e18
    return {
      demand: Environment.model({
        unit: "USD per week",
        source: "WR14",
        every: "1 week",
        says: `data buyers' spending: around ${median} USD a week, in logarithms an autoregression of 0.8 with shocks of 0.2`,
        start: median,
        step: ({ value, draw }) =>
          median === 0
            ? 0
            : median * Mathematics.exp(0.8 * Mathematics.log(value / median) + draw.normal({ mean: 0, sd: 0.2 }))
      }),
      gasPrice: Environment.model({
        unit: "gwei",
        source: "WR16",
        every: "1 day",
        says: "gas price: lognormal around its Param, sigma 0.3, drawn anew each day",
        start: Number(params.gasPrice) / 1e9,
        step: ({ draw }) => draw.lognormal({ median: Math.max(1e-9, Number(params.gasPrice) / 1e9), sigma: 0.3 })
      })
    }
  },
  gas: () => ({ price: { process: "gasPrice" } }),
  *setup({ deploy, send, at, params, deployer }) {
    const token = yield* deploy("DataToken", ["Fleet token", "FLEET"])
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    const rewards = yield* deploy("WeeklyRewards", [
      token.address,
      {
        firstWeekLimit: params.weekly,
        connectionPoints: [BigInt(params.connectionA), BigInt(params.connectionB)],
        streaks: params.streaks === "on",
        identityStake: params.stake,
        stakeLock: 604_800n
      }
    ])
    const vault = at("IdentityVault", yield* rewards.read.vault())
    yield* send(token.tx.grantMinter(rewards.address))
    const router = yield* deploy("PairRouter", [])
    let pair: Contract<"ConstantProductPair"> | Contract<"UniswapV2Pair">
    if (params.pair === "own") pair = yield* deploy("ConstantProductPair", [token.address, usd.address])
    else {
      const factory = yield* deploy("UniswapV2Factory", [deployer])
      yield* send(factory.tx.createPair(token.address, usd.address))
      pair = at("UniswapV2Pair", yield* factory.read.getPair(token.address, usd.address))
    }
    // The pool holds as much in tokens as in dollars; everybody's beginnings come from the deployer.
    const tokens = (params.depth * ONE) / params.price
    const stakes = params.stake * BigInt(params.owners + params.operators * 300)
    yield* send(token.tx.mint(deployer, tokens + stakes + 2_000_000n * ONE * BigInt(params.traders)))
    yield* send(usd.tx.mint(deployer, params.depth + 10_000_000n * ONE))
    yield* send(token.tx.transfer(pair.address, tokens))
    yield* send(usd.tx.transfer(pair.address, params.depth))
    yield* send(pair.tx.mint(deployer))
    return { token, usd, rewards, vault, router, pair }
  },
  populations: ({ params }) => ({
    owners: Population.of(vehicleOwner, {
      count: params.owners,
      traits: {
        cost: params.ownerCost,
        stake: params.stake,
        reservation: Trait.lognormal({ median: wholeUnits(params.reservation), sigma: 0.7, unit: "numeraire per week" })
      },
      holds: { token: params.stake }
    }),
    cloners: Population.of(vehicleCloner, {
      count: params.operators,
      traits: {
        cost: params.cloneCost,
        stake: params.stake,
        capitalRate: params.capitalRate / WEEKS_A_YEAR,
        points: params.connectionA
      },
      holds: { token: params.stake * 300n }
    }),
    buyers: Population.of(dataBuyer, { count: 10, holds: { usd: 500_000n * ONE } }),
    noise: Population.of(noiseTrader, { count: params.traders, holds: { usd: 200n * ONE, token: 100_000n * ONE } }),
    bandits: Population.of(banditTrader, { count: params.learners, holds: LEARNERS_HOLD }),
    qTraders: Population.of(qTrader, { count: params.learners, holds: LEARNERS_HOLD })
  }),
  numeraire: ({ params }) => ({
    name: "USD",
    ether: params.ether,
    tokens: {
      usd: ONE,
      token: {
        *market({ world }) {
          const [reserve0, reserve1] = yield* world.pair.read.getReserves()
          const first = (yield* world.pair.read.token0()) === world.token.address
          return { token: first ? reserve0 : reserve1, numeraire: first ? reserve1 : reserve0, feeBps: 30n }
        }
      }
    }
  }),
  capital: ({ params }) => ({ vault: params.capitalRate }),
  metrics: {
    clones: {
      unit: "count",
      every: "1 week",
      says: "cloned vehicles that the operator runs",
      matters: { by: 5, better: "lower" },
      sample: ({ gauge }) => BigInt(gauge("cloners", "clones"))
    },
    sybilShare: {
      unit: "ratio",
      every: "1 week",
      says: "share of all rewards claimed so far that went to cloned vehicles",
      matters: { by: 0.02, better: "lower" },
      sample: ({ ledger }) => ledger.share("cloners", "rewards")
    },
    inside: {
      unit: "count",
      every: "1 week",
      says: "honest owners who have not left, of those who were there at the start",
      matters: { by: 10, better: "higher" },
      sample: ({ gauge }) => BigInt(gauge("owners", "inside"))
    },
    price: {
      unit: "money",
      every: "1 day",
      says: "price of a token on the pair",
      *sample({ world }) {
        const [reserve0, reserve1] = yield* world.pair.read.getReserves()
        const first = (yield* world.pair.read.token0()) === world.token.address
        return first ? (reserve1 * ONE) / reserve0 : (reserve0 * ONE) / reserve1
      }
    },
    paid: {
      unit: "tokens",
      every: "1 week",
      says: "rewards claimed so far",
      sample: ({ world }) => world.rewards.read.totalPaid()
    },
    operatorProfit: {
      unit: "money",
      every: "1 week",
      says: "the operator's profit so far, at what selling would fetch",
      sample: ({ ledger }) => ledger.profit("cloners")
    },
    ownerProfit: {
      unit: "money",
      every: "1 week",
      says: "profit so far of all honest owners together, their tokens counted at what selling would fetch",
      matters: { by: 200, better: "higher" },
      sample: ({ ledger }) => ledger.profit("owners")
    },
    cloneWorth: {
      unit: "money",
      every: "1 week",
      says: "what one clone's weekly reward is worth",
      sample: ({ gauge }) => amountOf(gauge("cloners", "worth"))
    },
    banditProfit: {
      unit: "money",
      every: "1 week",
      says: "profit so far of the traders that learn as a bandit, from scratch in each run",
      sample: ({ ledger }) => ledger.profit("bandits")
    },
    qProfit: {
      unit: "money",
      every: "1 week",
      says: "profit so far of the traders that learn by Q-learning, from scratch in each run",
      sample: ({ ledger }) => ledger.profit("qTraders")
    },
    falseConnections: {
      unit: "count",
      every: "1 week",
      says: "connections so far behind which there was no vehicle: only the lab knows",
      sample: ({ tally }) => tally("cloners", ({ fn, truth }) => fn === "connect" && truth["cloned"] === true)
    }
  },
  checks: {
    "the fleet is never paid more than was issued": {
      always: ({ now, week, params }) => now.paid <= params.weekly * week
    },
    "at least half of the owners stay": { finally: ({ now, params }) => now.inside * 2n >= BigInt(params.owners) }
  },
  charts: [
    {
      line: "clones",
      by: "stake",
      title: "Cloned vehicles",
      says: "It runs as many as pay at what selling their reward would fetch."
    },
    { line: "sybilShare", by: "stake", title: "Share of rewards that went to clones" },
    { line: "inside", by: "stake", title: "Owners who stay" },
    {
      line: "price",
      by: "demand",
      title: "Price of the token",
      says: "Owners sell what they earn; data buyers buy and burn."
    },
    { line: "ownerProfit", by: "stake", title: "Profit of all owners" },
    { line: "operatorProfit", by: "stake", title: "Profit of the operator" }
  ]
})
