/**
 * How many identities does one operator run, when a weekly reward is shared equally by all who contribute?
 *
 * A pro-rata pool with open entry has closed answers: see `theory` below and ASSUMPTIONS.md.
 */
import { amountOf, Param, Population, Scenario, WEEK, YEAR } from "mesocosm"
import { entrant } from "../agents/entrants/entrant.ts"
import { contributor } from "../agents/honest/contributor.ts"
import { identityFarm } from "../agents/sybil/identity-farm.ts"

const ZERO = "0x0000000000000000000000000000000000000000"

export default Scenario.make("open-pool", {
  question: "How many identities does one operator run when a weekly reward is shared equally by all who contribute?",
  about:
    "Each week a pool pays a fixed reward in equal parts to every identity that contributed. Honest contributors have " +
    "one identity each; one operator runs as many as pay. Theory says it stops at k* = √(RN/c) − N, " +
    "where R is the weekly reward, N the honest identities and c what an identity costs per week.",
  omits: [
    "The token's price does not move: rewards are worth what they are when they are paid.",
    "Nobody checks what is contributed: every identity's contribution counts.",
    "Honest contributors stay, whatever they earn."
  ],
  horizon: "52 weeks",
  block: { every: "1 hour" },
  params: {
    honest: Param.count(100, { source: "OP1", domain: [0, 2000] }),
    operators: Param.count(1, { source: "OP2", domain: [0, 10] }),
    entrants: Param.count(0, { source: "OP3", domain: [0, 5000] }),
    weekly: Param.tokens("1000", { source: "OP4", domain: ["1", "100000000"] }),
    cost: Param.money("2", { source: "OP5", range: ["0.5", "8"], domain: ["0.01", "1000"] }),
    identities: Param.count(1, { source: "OP6", domain: [0, 500] }),
    strategy: Param.choice("climb", ["climb", "fixed"], { source: "OP6" }),
    stake: Param.tokens("0", { source: "OP7", domain: ["0", "100000"] }),
    capitalRate: Param.ratio(0.1, { source: "OP8", range: [0.02, 0.3], domain: [0, 1] }),
    arrivals: Param.choice("fixed", ["fixed", "random"], { source: "OP9" }),
    presence: Param.ratio(0.8, { source: "OP9", range: [0.5, 1], domain: [0, 1] }),
    gasPrice: Param.gwei("0.01", { source: "OP10", range: ["0.001", "0.1"], domain: ["0", "1000"] }),
    ether: Param.money("3000", { source: "OP11", range: ["1000", "6000"] }),
    tokenPrice: Param.money("1", { source: "OP12" })
  },
  arms: {
    honest: { operators: 0 },
    "sybil-with-stake": { stake: "4172" },
    "free-entry": { honest: 0, operators: 0, entrants: 1000 }
  },
  gas: ({ params }) => ({ price: params.gasPrice }),
  *setup({ deploy, send, params, deployer }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    const vault = yield* deploy("StakeVault", [token.address, params.stake, 604_800n])
    const gate = params.stake > 0n ? vault.address : ZERO
    const pool = yield* deploy("RewardPool", [token.address, params.weekly, 604_800n, gate])
    yield* send(token.tx.grantMinter(pool.address))
    const capital = params.stake * BigInt(params.honest + params.operators * 500)
    if (capital > 0n) yield* send(token.tx.mint(deployer, capital))
    return { token, vault, pool }
  },
  populations: ({ params }) => ({
    honest: Population.of(contributor, {
      count: params.honest,
      traits: { cost: params.cost, stake: params.stake, presence: params.arrivals === "random" ? params.presence : 1 },
      holds: { token: params.stake }
    }),
    farm: Population.of(identityFarm, {
      count: params.operators,
      traits: {
        identities: params.identities,
        adapts: params.strategy === "climb",
        cost: params.cost,
        stake: params.stake,
        capitalRate: (params.capitalRate * 604_800) / YEAR
      },
      holds: { token: params.stake * 500n }
    }),
    entrants: Population.of(entrant, { count: params.entrants, traits: { cost: params.cost } })
  }),
  numeraire: ({ params }) => ({ name: "USD", ether: params.ether, tokens: { token: params.tokenPrice } }),
  capital: ({ params }) => ({ vault: params.capitalRate }),
  metrics: {
    identities: {
      unit: "count",
      every: "1 week",
      says: "identities the operator contributes with",
      matters: { by: 5, better: "lower" },
      sample: ({ gauge }) => BigInt(gauge("farm", "identities"))
    },
    operatorProfit: {
      unit: "money",
      every: "1 week",
      says: "what the operator earned in the week before the last",
      sample: ({ gauge }) => amountOf(gauge("farm", "profit"))
    },
    reward: {
      unit: "tokens",
      every: "1 week",
      says: "what one contributing identity was paid for the last whole week",
      matters: { by: 0.5, better: "higher" },
      sample: ({ world }) => world.pool.read.lastReward()
    },
    sybilShare: {
      unit: "ratio",
      every: "1 week",
      says: "share of all rewards claimed so far that went to the operator",
      matters: { by: 0.02, better: "lower" },
      sample: ({ ledger }) => ledger.share("farm", "pool")
    },
    inside: {
      unit: "count",
      every: "1 week",
      says: "entrants who take part",
      sample: ({ gauge }) => BigInt(gauge("entrants", "inside"))
    },
    paid: {
      unit: "tokens",
      every: "1 week",
      says: "rewards claimed so far",
      sample: ({ world }) => world.pool.read.totalPaid()
    }
  },
  checks: {
    "the pool never pays more than it was given": {
      always: ({ now, week, params }) => now.paid <= params.weekly * week
    },
    "the operator never runs more than the 500 identities it can": { always: ({ now }) => now.identities <= 500n }
  },
  charts: [
    {
      line: "identities",
      by: "stake",
      title: "Identities of the operator",
      says: "It climbs its own profit; the line is where theory says it stops. In c is what the stake's capital costs.",
      theory: {
        label: "k* = √(RN/c) − N",
        value: ({ params }) => {
          // Of one operator that looks for its best number; several would be a contest.
          if (params.operators !== 1 || params.strategy === "fixed") return undefined
          const [weekly, stake, price, cost] = [params.weekly, params.stake, params.tokenPrice, params.cost].map(
            (amount) => Number(amount) / 1e18
          ) as [number, number, number, number]
          const honest = params.honest * (params.arrivals === "random" ? params.presence : 1)
          const capital = (stake * price * params.capitalRate * WEEK) / YEAR
          return Math.max(0, Math.sqrt((weekly * price * honest) / (cost + capital)) - honest)
        }
      }
    },
    {
      line: "reward",
      by: "stake",
      title: "Reward of one identity per week",
      says: "Every identity more makes every part smaller."
    },
    { line: "sybilShare", by: "cost", title: "Share of rewards that the operator took" },
    {
      line: "inside",
      title: "Entrants who take part",
      says: "With free entry, they come until a reward is worth what it costs.",
      theory: {
        label: "R / c",
        // Entrants alone come until then: those who are there anyway take their share.
        value: ({ params }) =>
          params.entrants === 0 || params.honest + params.operators > 0
            ? undefined
            : (Number(params.weekly) * Number(params.tokenPrice)) / (Number(params.cost) * 1e18)
      }
    }
  ]
})
