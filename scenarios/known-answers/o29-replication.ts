import { type Hex, KnownAnswer, ONE } from "mesocosm"

const EPOCH = 86_400n
const LN_2 = 693_147_180_559_945_310n
const one: Hex = `0x${"00".repeat(31)}01`
const two: Hex = `0x${"00".repeat(31)}02`

export default KnownAnswer.make("o29-replication", {
  claim: "A clone raises its owner's Shapley share of coverage from .75 to .8333, and the robust factor makes it lose",
  setting: "one supplier of two records, another of one of them; the first clones itself once; lambda = ln 2",
  source:
    "Agarwal, Dahleh, Sarkar (2019): (1 + 1/2) / 2 and 2 (1/2 + 1/3) / 2; times e^(-lambda / 2) alone and " +
    "e^(-3 lambda / 2) with the clone: .75 / sqrt 2 and .8333 / sqrt 8",
  expected: { alone: 0.75, cloned: 0.833333333333, robustAlone: 0.53033008589, robustCloned: 0.294627825494 },
  tolerance: { absolute: 1e-9 },
  unit: "of the reward",
  *measure({ deploy, send, advance, account }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    function* earned(lambda: bigint, clones: readonly string[]) {
      const pool = yield* deploy("CoveragePool", [token.address, 1000n * ONE, EPOCH, lambda])
      yield* send(token.tx.grantMinter(pool.address))
      for (const name of clones) yield* send({ ...pool.tx.supply([one, two]), as: account(name) })
      yield* send({ ...pool.tx.supply([two]), as: account("other") })
      yield* advance("1 day")
      let paid = 0n
      for (const name of clones) {
        const before = yield* token.read.balanceOf(account(name))
        yield* send({ ...pool.tx.claim(0n, [one, two]), as: account(name) })
        paid += (yield* token.read.balanceOf(account(name))) - before
      }
      return Number(paid) / Number(1000n * ONE)
    }
    return {
      alone: yield* earned(0n, ["first"]),
      cloned: yield* earned(0n, ["first", "clone"]),
      robustAlone: yield* earned(LN_2, ["first"]),
      robustCloned: yield* earned(LN_2, ["first", "clone"])
    }
  }
})
