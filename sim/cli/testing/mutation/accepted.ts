/** Mutants that may survive, each with the reason: nothing that anybody can see differs. */
import type { Judged } from "./MutationRun.ts"

/** A change that makes no difference. `line` is the text of the line, without its indentation; `nth` which of those that read so, the first when left out. */
interface Accepted {
  readonly line: string
  readonly nth?: number
  readonly from: string
  readonly to: string
  readonly because: string
}

/** By contract. */
const accepted: { readonly [contract: string]: readonly Accepted[] } = {
  "contracts/access/Subscriptions.sol": [
    {
      line: "return terms.refundable && block.timestamp < entry.paidUntil ? _unused(terms, entry) : 0;",
      from: "<",
      to: "<=",
      because: "in the second in which it ends no time is left, and nothing is paid back for it"
    },
    {
      line: "if (terms.refundable && block.timestamp < entry.paidUntil) {",
      from: "<",
      to: "<=",
      because: "in the second in which it ends the time that has passed is worth exactly what was paid"
    }
  ],
  "contracts/pricing/BondingCurve.sol": [
    {
      line: "return 2 + 2 * power * (2 + exponent) / 1e33;",
      from: "*",
      to: "/",
      because:
        "a smaller margin guards less against an error of the powers that is below a base unit at any size allowed"
    },
    {
      line: "return 2 + 2 * power * (2 + exponent) / 1e33;",
      from: "1e33",
      to: "2e33",
      because:
        "a smaller margin guards less against an error of the powers that is below a base unit at any size allowed"
    },
    {
      line: "return 2 + 2 * power * (2 + exponent) / 1e33;",
      from: "2",
      to: "3",
      because: "a larger margin guards a little more, by less than a base unit at any size allowed"
    },
    {
      line: "uint256 growth = Math.saturatingSub(power, FixedPoint.PRECISE + _margin(power, 1));",
      from: "1",
      to: "2",
      because: "a larger margin guards a little more, by less than a base unit at any size allowed"
    }
  ],
  "contracts/pricing/ConstantProductPair.sol": [
    {
      line: "(token0, token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);",
      from: "<",
      to: "<=",
      because: "that they are the same is refused three lines above"
    }
  ],
  "contracts/pricing/FixedPoint.sol": [
    {
      line: "int256 private constant EXP_MIN = -41446531673892822313;",
      from: "41446531673892822313",
      to: "41446531673892822314",
      because: "where x is just that, the result is zero either way"
    },
    {
      line: "if (x < EXP_MIN) return 0;",
      from: "<",
      to: "<=",
      because: "where x is just that, the result is zero either way"
    },
    {
      line: "if (exponent >= 0) return Math.mulDiv(mantissa, 1 << uint256(exponent), WAD);",
      from: ">=",
      to: ">",
      because: "a shift by nothing is the same to the left as to the right"
    },
    {
      line: "if (exponent >= 0) return Math.mulDiv(mantissa, 1 << uint256(exponent), WAD);",
      from: "0",
      to: "1",
      because: "a shift by nothing is the same to the left as to the right"
    },
    {
      line: "return expPrecise(Math.mulDiv(_abs(lnPrecise(x, WAD)), y, WAD), x < WAD) / WAD;",
      from: "<",
      to: "<=",
      because: "the magnitude is zero there, and its sign says nothing"
    },
    {
      line: "return expPrecise(Math.mulDiv(_abs(logarithm), up, down), logarithm < 0);",
      from: "<",
      to: "<=",
      because: "the magnitude is zero there, and its sign says nothing"
    },
    {
      line: "return expPrecise(Math.mulDiv(_abs(logarithm), up, down), logarithm < 0);",
      from: "0",
      to: "1",
      because: "the magnitude is zero there, and its sign says nothing"
    },
    {
      line: "int256 private constant EXP_PRECISE_MIN = -83e36;",
      from: "83e36",
      to: "84e36",
      because:
        "e to the power of -83 is less than one unit of 10^-36: what is computed below it rounds down to zero too"
    },
    {
      line: "if (x < EXP_PRECISE_MIN) return 0;",
      from: "<",
      to: "<=",
      because: "where x is just that, the result is zero either way"
    },
    {
      line: "return exponent >= 0 ? mantissa << uint256(exponent) : mantissa >> uint256(-exponent);",
      from: ">=",
      to: ">",
      because: "a shift by nothing is the same to the left as to the right"
    },
    {
      line: "return exponent >= 0 ? mantissa << uint256(exponent) : mantissa >> uint256(-exponent);",
      from: "0",
      to: "1",
      because: "a shift by nothing is the same to the left as to the right"
    },
    {
      line: "uint256 m = k >= 0",
      from: ">=",
      to: ">",
      because: "a shift by nothing is the same to the left as to the right"
    },
    {
      line: "uint256 m = k >= 0",
      from: "0",
      to: "1",
      because: "a shift by nothing is the same to the left as to the right"
    },
    {
      line: "uint256 private constant SQRT_2 = 1414213562373095048801688724209698079;",
      from: "1414213562373095048801688724209698079",
      to: "1414213562373095048801688724209698080",
      because: "near the boundary the series holds on either side"
    },
    {
      line: "if (m >= SQRT_2) {",
      from: ">=",
      to: ">",
      because: "on the boundary itself the series holds on either side"
    },
    {
      line: "int256 half = x >= 0 ? LN_2 / 2 : -LN_2 / 2;",
      from: ">=",
      to: ">",
      because:
        "any whole number of ln 2 may be taken out: the series takes more terms, and the result keeps its stated error"
    },
    {
      line: "int256 half = x >= 0 ? LN_2 / 2 : -LN_2 / 2;",
      from: "0",
      to: "1",
      because:
        "any whole number of ln 2 may be taken out: the series takes more terms, and the result keeps its stated error"
    },
    {
      line: "int256 half = x >= 0 ? LN_2 / 2 : -LN_2 / 2;",
      from: "/",
      to: "*",
      because:
        "any whole number of ln 2 may be taken out: the series takes more terms, and the result keeps its stated error"
    },
    {
      line: "int256 half = x >= 0 ? LN_2 / 2 : -LN_2 / 2;",
      from: "2",
      to: "3",
      because:
        "any whole number of ln 2 may be taken out: the series takes more terms, and the result keeps its stated error"
    },
    {
      line: "exponent = (x + half) / LN_2;",
      from: "+",
      to: "-",
      because:
        "any whole number of ln 2 may be taken out: the series takes more terms, and the result keeps its stated error"
    },
    {
      line: "return uint256(x >= 0 ? x : -x);",
      from: ">=",
      to: ">",
      because: "the magnitude of zero is zero with either sign"
    },
    {
      line: "return uint256(x >= 0 ? x : -x);",
      from: "0",
      to: "1",
      because: "the magnitude of zero is zero with either sign"
    }
  ],
  "contracts/pricing/LogMarketScoringRule.sol": [
    {
      line: "uint256 private constant ERROR = 10_000;",
      from: "10_000",
      to: "10001",
      because: "a larger margin guards a little more, by less than a base unit at any size allowed"
    },
    {
      line: "later = _cost(sold) + 2 * ERROR * liquidity;",
      from: "2",
      to: "3",
      because: "a larger margin guards a little more, by less than a base unit at any size allowed"
    }
  ],
  "contracts/rewards/CoveragePool.sol": [
    {
      line: "if (lambda == 0 || others == 0) return amount;",
      from: "||",
      to: "&&",
      because: "e to the power of nothing is one: the line saves the work"
    },
    {
      line: "if (lambda == 0 || others == 0) return amount;",
      from: "if (lambda == 0 || others == 0) return amount;",
      to: "",
      because: "the same"
    }
  ],
  "contracts/rewards/VolumeFarming.sol": [
    {
      line: "if (entry.pending > 0) {",
      from: ">",
      to: ">=",
      because:
        "what is then written besides is read of a week in which somebody has pending stake only, and of such a week it is written anyway: the line saves writes"
    },
    {
      line: "if (position.pending > 0 && position.week < week) earned += position.pending * (perStake - atWeekEnd);",
      from: ">",
      to: ">=",
      because: "no pending stake earns nothing: the line saves the work"
    }
  ],
  "contracts/rewards/WeeklyRewards.sol": [
    {
      line: "uint256 missed = week > entry.enrolled ? week - entry.enrolled : 0;",
      from: ">",
      to: ">=",
      because: "the difference of equal weeks is the zero that stands on the other side"
    },
    {
      line: "uint256 missed = week > entry.enrolled ? week - entry.enrolled : 0;",
      from: "0",
      to: "1",
      because: "one missed week costs what none does: nothing before the third"
    },
    {
      line: "return staked > entry.lockEndsAt ? staked : entry.lockEndsAt;",
      from: ">",
      to: ">=",
      because: "of two equal times either is the later one"
    }
  ],
  "contracts/rewards/WeightedPool.sol": [
    {
      line: "_issuedAt = block.timestamp;",
      from: "_issuedAt = block.timestamp;",
      to: "",
      because:
        "that of the constructor: while nothing weighs nothing is issued, and the first contribution sets the time before it weighs"
    }
  ],
  "contracts/staking/ListingStake.sol": [
    {
      line: "entry.challengedAt = 0;",
      from: "0",
      to: "1",
      because: "it is read only while a challenge is open, and a challenge writes it anew: the line gives storage back"
    },
    {
      line: "entry.challengedAt = 0;",
      from: "entry.challengedAt = 0;",
      to: "",
      because: "the same"
    }
  ],
  "contracts/tokens/PullPayments.sol": [
    {
      line: "if (amount == 0) return;",
      from: "if (amount == 0) return;",
      to: "",
      because:
        "crediting nothing changes nothing: the line saves two writes (what is collected is tested by a token that refuses)"
    }
  ]
}

/** The survivors that nothing here explains. */
export function unexplained(contract: string, judged: readonly Judged[]): readonly Judged[] {
  const known = accepted[contract] ?? []
  return judged.filter(
    ({ mutant, fate }) =>
      fate === "survived" &&
      !known.some(
        ({ line, from, to, nth = 1 }) =>
          line === mutant.text && from === mutant.from && to === mutant.to && nth === mutant.nth
      )
  )
}
