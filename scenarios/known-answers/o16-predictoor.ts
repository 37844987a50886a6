import { type Address, KnownAnswer, ONE } from "mesocosm"
import { NO_MARKET_FEE, NO_PROVIDER_FEE, NOBODY } from "../../agents/parts/ocean.ts"

const EPOCH = 300n
/** Epochs of one subscription, which pays each of them 20. */
const EPOCHS = 288n
const REVENUE = 20n * ONE
const PRICE = REVENUE * EPOCHS

export default KnownAnswer.make("o16-predictoor", {
  claim: "Who predicted right shares all stakes and the epoch's revenue by stake; who did not gets nothing",
  setting:
    "ERC20Template3 as published: 10 and 90 staked on the value that came, 50 on the other; one subscription that is worth 20 an epoch",
  source: "Ocean Protocol, ERC20Template3: payout = stake × (all stakes + revenue) / right stakes = 10 × 170 / 100",
  expected: { right: 17n * ONE, rest: 153n * ONE, wrong: 0n, all: 170n * ONE },
  tolerance: "exact",
  unit: "OCEAN",
  decimals: 18,
  *measure({ deploy, at, send, advance, account, now, deployer }) {
    const [right, rest, wrong, buyer] = [account("right"), account("rest"), account("wrong"), account("buyer")]
    const ocean = yield* deploy("OceanToken", [deployer])
    const router = yield* deploy("FactoryRouter", [deployer, ocean.address, ocean.address, deployer, []])
    const exchange = yield* deploy("FixedRateExchange", [router.address])
    const nft = yield* deploy("ERC721Template", [])
    const template = yield* deploy("ERC20Template3", [])
    const factory = yield* deploy("ERC721Factory", [nft.address, template.address, router.address])
    yield* send(router.tx.addFactory(factory.address))
    yield* send(router.tx.addFixedRateContract(exchange.address))
    const made = yield* send(
      factory.tx.createNftWithErc20WithFixedRate(
        { name: "Feed", symbol: "FEED", templateIndex: 1n, tokenURI: "", transferable: true, owner: deployer },
        {
          templateIndex: 1n,
          strings: ["Feed", "FEED"],
          addresses: [deployer, deployer, deployer, NOBODY, ocean.address],
          uints: [1000n * ONE, 0n, EPOCH, EPOCH * EPOCHS, EPOCH],
          bytess: []
        },
        {
          fixedPriceAddress: exchange.address,
          addresses: [ocean.address, deployer, deployer, NOBODY],
          uints: [18n, 18n, PRICE, 0n, 1n]
        }
      )
    )
    const feed = at("ERC20Template3", made.events(factory, "TokenCreated")[0]?.newTokenAddress ?? NOBODY)
    const id = yield* exchange.read.generateExchangeId(ocean.address, feed.address)
    for (const who of [right, rest, wrong, buyer]) {
      yield* send(ocean.tx.mint(who, 10_000n * ONE))
      for (const where of [feed.address, exchange.address]) {
        yield* send({ ...ocean.tx.approve(where, 10_000n * ONE), as: who })
      }
    }
    const order = {
      consumer: buyer,
      serviceIndex: 0n,
      _providerFee: NO_PROVIDER_FEE,
      _consumeMarketFee: NO_MARKET_FEE
    } as const
    const rate = {
      exchangeContract: exchange.address,
      exchangeId: id,
      maxBaseTokenAmount: 10_000n * ONE,
      swapMarketFee: 0n,
      marketFeeAddress: NOBODY
    }
    yield* send({ ...feed.tx.buyFromFreAndOrder(order, rate), as: buyer })
    const epoch = yield* feed.read.soonestEpochToPredict(BigInt(now() + 60))
    const before = yield* ocean.read.balanceOf(feed.address)
    yield* send({ ...feed.tx.submitPredval(true, 10n * ONE, epoch), as: right })
    yield* send({ ...feed.tx.submitPredval(true, 90n * ONE, epoch), as: rest })
    yield* send({ ...feed.tx.submitPredval(false, 50n * ONE, epoch), as: wrong })
    yield* advance(`${Number(epoch) - now() + 60} seconds`)
    yield* send(feed.tx.submitTrueVal(epoch, true, false))

    function* paid(who: Address) {
      const had = yield* ocean.read.balanceOf(who)
      yield* send({ ...feed.tx.payout(epoch, who), as: who })
      return (yield* ocean.read.balanceOf(who)) - had
    }
    const got = { right: yield* paid(right), rest: yield* paid(rest), wrong: yield* paid(wrong) }
    const left = yield* ocean.read.balanceOf(feed.address)
    return { ...got, all: before + 150n * ONE - left }
  }
})
