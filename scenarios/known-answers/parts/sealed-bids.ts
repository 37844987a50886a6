/** Sealed-bid auctions among bidders whose values are drawn from U[0, 1], run on chain by the hundred. */
import { type Asking, amountOf, type Hex, type Intent, type KnownAnswer, ONE, wholeUnits } from "mesocosm"

const NOTHING: Hex = `0x${"00".repeat(32)}`

/** What is auctioned, and how each bids for its value. */
export interface Auctions {
  readonly count: number
  readonly bidders: number
  readonly rule: "first" | "second"
  /** In whole tokens. */
  readonly reserve: number
  readonly bid: (value: number) => number
}

/** The seller's mean revenue of an auction, in whole tokens, as its credit in the contract says. */
export function* revenue(
  { deploy, send, together, advance, account, draw }: KnownAnswer.MeasureAt,
  { count, bidders, rule, reserve, bid }: Auctions
): Asking<number> {
  const seller = account("seller")
  const token = yield* deploy("DataToken", ["Dollar", "USD"])
  const house = yield* deploy("SealedBidAuction", [token.address])
  const who = Array.from({ length: bidders }, (_, i) => account(`bidder ${i}`))
  for (const bidder of who) {
    yield* send(token.tx.mint(bidder, BigInt(count) * ONE))
    yield* send({ ...token.tx.approve(house.address, 2n ** 255n), as: bidder })
  }
  const opens: Intent[] = []
  const commits: Intent[] = []
  const reveals: Intent[] = []
  const settles: Intent[] = []
  for (let auction = 0n; auction < BigInt(count); auction++) {
    const index = rule === "first" ? 0 : 1
    opens.push({ ...house.tx.open(NOTHING, index, amountOf(reserve), 0n, 86_400n, 86_400n), as: seller })
    for (const bidder of who) {
      const amount = amountOf(bid(draw.uniform()))
      const hidden = yield* house.read.commitmentOf(auction, bidder, amount, NOTHING)
      commits.push({ ...house.tx.commit(auction, hidden), as: bidder })
      reveals.push({ ...house.tx.reveal(auction, amount, NOTHING), as: bidder })
    }
    settles.push({ ...house.tx.settle(auction), as: seller })
  }
  yield* together(opens)
  yield* together(commits)
  yield* advance("1 day")
  yield* together(reveals)
  yield* advance("1 day")
  yield* together(settles)
  return wholeUnits(yield* house.read.creditOf(seller)) / count
}
