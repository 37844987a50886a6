/**
 * Ocean's published contracts, and a farm that pays stakes by the volume of sales: when does buying one's own data pay?
 */
import { amountOf, ONE, Param, Population, Scenario, Trait, wholeUnits } from "mesocosm"
import { washConsumer } from "../agents/attackers/wash-consumer.ts"
import { volumeRecorder } from "../agents/auditors/volume-recorder.ts"
import { oceanBuyer } from "../agents/buyers/ocean-buyer.ts"
import { oceanCurator } from "../agents/honest/ocean-curator.ts"
import { oceanPublisher } from "../agents/honest/ocean-publisher.ts"

const WEEKS = 26
const NOBODY = `0x${"0".repeat(40)}` as const

export default Scenario.make("ocean-market", {
  question: "At which multiplier of the volume does it stop paying to buy one's own data for the rewards?",
  about:
    "Publishers sell data through Ocean's contracts as npm has them, buyers buy, curators stake; wash consumers buy their own data from themselves, and farm on the volume. " +
    "Written down before the first run: with the published multiplier, weekly volume from DF29 on is at most a tenth of what it was in DF19 to 28; a multiplier at the fee lowers the share of volume that is washed by at least 0.5. " +
    "What it teaches: who pays a price to itself pays the fee alone, so that a reward by volume is a price on washing, and no detector is needed where the reward stays at or below the fee; but honest stakes earn no more then either.",
  omits: [
    "Consumers that wash know the fee and the multiplier; they neither hide nor share, and wash a set amount, not what would pay best.",
    "Curators stake on data that they would buy; none follows the volume with its stake.",
    "Volume is counted where it is paid, at the exchange; the published programme counts orders.",
    "The price of OCEAN is fixed: what is issued does not press on it.",
    "The dispenser stands in the router, and nobody gives data away."
  ],
  horizon: `${WEEKS} weeks`,
  block: { every: "1 hour" },
  params: {
    multiplier: Param.choice("published", ["published", "fixed"], { source: "OM1" }),
    fixed: Param.ratio(1, { source: "OM2", domain: [0, 10] }),
    swapFee: Param.ratio(0.001, { source: "OM3", domain: [0, 0.1] }),
    washing: Param.choice("while-it-pays", ["while-it-pays", "always"], { source: "OM4" }),
    washers: Param.count(3, { source: "OM5", range: [1, 6], domain: [0, 50] }),
    washPrice: Param.tokens("2000", { source: "OM6", range: ["1000", "4000"], domain: ["1", "1000000"] }),
    publishers: Param.count(8, { source: "OM7", range: [4, 16], domain: [1, 100] }),
    buyers: Param.count(50, { source: "OM8", range: [25, 100], domain: [1, 1000] }),
    curators: Param.count(10, { source: "OM9", range: [5, 20], domain: [0, 200] }),
    budget: Param.tokens("150000", { source: "OM10" }),
    yearlyYield: Param.ratio(1.25, { source: "OM11" }),
    gasPrice: Param.gwei("0.01", { source: "OM12", range: ["0.001", "0.05"], domain: ["0", "1000"] }),
    ether: Param.money("6000", { source: "OM13", range: ["2000", "12000"] })
  },
  arms: {
    "multiplier-1": { multiplier: "fixed", fixed: 1 },
    "multiplier-0.1": { multiplier: "fixed", fixed: 0.1 },
    "at-fee": { multiplier: "fixed", fixed: 0.001 },
    "always-at-fee": { multiplier: "fixed", fixed: 0.001, washing: "always" }
  },
  gas: ({ params }) => ({ price: params.gasPrice }),
  *setup({ deploy, send, at, params, deployer, identities }) {
    const ocean = yield* deploy("OceanToken", [deployer])
    const collector = yield* deploy("OPFCommunityFeeCollector", [deployer, deployer])
    const router = yield* deploy("FactoryRouter", [deployer, ocean.address, ocean.address, collector.address, []])
    const exchange = yield* deploy("FixedRateExchange", [router.address])
    const dispenser = yield* deploy("Dispenser", [router.address])
    const nft = yield* deploy("ERC721Template", [])
    const template = yield* deploy("ERC20Template", [])
    const factory = yield* deploy("ERC721Factory", [nft.address, template.address, router.address])
    yield* send(router.tx.addFactory(factory.address))
    yield* send(router.tx.addFixedRateContract(exchange.address))
    yield* send(router.tx.addDispenserContract(dispenser.address))
    yield* send(router.tx.updateOPCFee(amountOf(params.swapFee), amountOf(0.002), amountOf(0.03), 0n))
    // One transaction makes data NFT, datatoken and exchange; the exchange mints what it sells.
    for (const owner of [...identities("publishers"), ...identities("washers")]) {
      yield* send(
        factory.tx.createNftWithErc20WithFixedRate(
          { name: "Data", symbol: "DATA", templateIndex: 1n, tokenURI: "", transferable: true, owner },
          {
            templateIndex: 1n,
            strings: ["Datatoken", "DT"],
            addresses: [owner, NOBODY, NOBODY, NOBODY],
            uints: [2n ** 100n, 0n],
            bytess: []
          },
          {
            fixedPriceAddress: exchange.address,
            addresses: [ocean.address, owner, owner, NOBODY],
            // Too dear for anyone, until its owner says what it asks.
            uints: [18n, 18n, 1_000_000n * ONE, 0n, 1n]
          }
        )
      )
    }
    for (const id of yield* exchange.read.getExchanges()) at("ERC20Template", (yield* exchange.read.getExchange(id))[1])
    const farm = yield* deploy("VolumeFarming", [
      ocean.address,
      {
        firstWeek: 9n,
        budget: params.budget,
        // A year has 52.18 weeks; the published bound a week is 1.5717 % for 125 % a year, compounded.
        yieldBound: amountOf(0.015717 * (params.yearlyYield / 1.25)),
        published: params.multiplier === "published",
        fixedMultiplier: amountOf(params.fixed)
      }
    ])
    for (const who of identities("recorder")) yield* send(farm.tx.grantRecorder(who))
    yield* send(ocean.tx.mint(deployer, 100_000_000n * ONE))
    // What is farmed is issued as it is claimed.
    yield* send(ocean.tx.transferOwnership(farm.address))
    return { ocean, router, exchange, dispenser, factory, datatoken: at("ERC20Template", template.address), farm }
  },
  populations: ({ params }) => ({
    publishers: Population.of(oceanPublisher, {
      count: params.publishers,
      traits: { stake: 50_000n * ONE },
      holds: { ocean: 51_000n * ONE }
    }),
    curators: Population.of(oceanCurator, {
      count: params.curators,
      traits: { stake: 50_000n * ONE },
      holds: { ocean: 51_000n * ONE }
    }),
    buyers: Population.of(oceanBuyer, { count: params.buyers, holds: { ocean: 50_000n * ONE } }),
    washers: Population.of(washConsumer, {
      count: params.washers,
      traits: {
        price: wholeUnits(params.washPrice),
        stake: 1_000_000n * ONE,
        always: params.washing === "always" ? 1 : 0,
        hour: Trait.uniform({ low: 0.05, high: 0.9, unit: "share of a day" })
      },
      holds: { ocean: 1_000_000n * ONE + 10n * params.washPrice }
    }),
    recorder: Population.of(volumeRecorder, { count: 1 })
  }),
  numeraire: ({ params }) => ({ name: "OCEAN", ether: params.ether, tokens: { ocean: ONE } }),
  metrics: {
    volume: {
      unit: "tokens",
      every: "1 week",
      says: "prices paid on the exchange so far, as the farm was told",
      *sample({ world, time }) {
        let sum = 0n
        for (let week = 0; week <= Math.floor(time / 604_800); week++) {
          sum += yield* world.farm.read.totalVolume(BigInt(9 + week))
        }
        return sum
      }
    },
    washed: {
      unit: "tokens",
      every: "1 week",
      says: "the part of it that was paid to oneself: only the lab knows",
      sample: ({ gauge }) => amountOf(gauge("washers", "volume"))
    },
    washShare: {
      unit: "ratio",
      every: "1 week",
      says: "share of volume so far that was washed",
      matters: { by: 0.02, better: "lower" },
      *sample({ world, time, gauge }) {
        let sum = 0n
        for (let week = 0; week <= Math.floor(time / 604_800); week++) {
          sum += yield* world.farm.read.totalVolume(BigInt(9 + week))
        }
        return sum === 0n ? 0 : gauge("washers", "volume") / wholeUnits(sum)
      }
    },
    fall: {
      unit: "ratio",
      every: "1 week",
      says: "weekly volume of DF29 to 32, in that of DF19 to 28; 1 until DF32 is over",
      matters: { by: 0.05, better: "lower" },
      *sample({ world, time }) {
        if (time < 24 * 604_800) return 1
        let before = 0n
        for (let week = 19n; week <= 28n; week++) before += yield* world.farm.read.totalVolume(week)
        let after = 0n
        for (let week = 29n; week <= 32n; week++) after += yield* world.farm.read.totalVolume(week)
        return before === 0n ? 1 : (wholeUnits(after) * 10) / (wholeUnits(before) * 4)
      }
    },
    rewards: {
      unit: "tokens",
      every: "1 week",
      says: "rewards claimed so far",
      sample: ({ world }) => world.farm.read.totalPaid()
    },
    leakage: {
      unit: "ratio",
      every: "1 week",
      says: "share of rewards claimed so far that went to wash consumers",
      matters: { by: 0.02, better: "lower" },
      sample: ({ ledger }) => ledger.share("washers", "farm")
    },
    washProfit: {
      unit: "money",
      every: "1 week",
      says: "profit of wash consumers so far, net of gas",
      matters: { by: 1000, better: "lower" },
      sample: ({ ledger }) => ledger.profit("washers")
    },
    curatorProfit: {
      unit: "money",
      every: "1 week",
      says: "profit of curators so far, net of gas",
      matters: { by: 1000, better: "higher" },
      sample: ({ ledger }) => ledger.profit("curators")
    },
    sold: {
      unit: "count",
      every: "1 week",
      says: "datatokens that buyers bought and spent",
      sample: ({ gauge }) => BigInt(gauge("buyers", "bought"))
    }
  },
  checks: {
    "no more is washed than is sold": {
      always: ({ now, params }) => now.washed <= now.volume + params.washPrice * BigInt(params.washers)
    },
    "honest buyers buy": { finally: ({ now }) => now.sold > 100n }
  },
  charts: [
    { line: ["volume", "washed"], by: "fixed", title: "Volume, and what of it was washed, OCEAN" },
    { line: "washProfit", by: "fixed", title: "Profit of wash consumers, OCEAN" },
    { line: "leakage", by: "fixed", title: "Share of rewards that wash consumers got" }
  ]
})
