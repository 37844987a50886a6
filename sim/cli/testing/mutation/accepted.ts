/** Mutants that may survive, each with the reason: nothing that anybody can see differs. */
import type { Judged } from "./MutationRun.ts"

/** A change that makes no difference. `line` is the text of the line, without its indentation. */
interface Accepted {
  readonly line: string
  readonly from: string
  readonly to: string
  readonly because: string
}

/** By contract. */
const accepted: { readonly [contract: string]: readonly Accepted[] } = {
  "contracts/pricing/BondingCurve.sol": [
    {
      line: "return 2 + 2 * power * (2 + exponent) / 1e33;",
      from: "*",
      to: "/",
      because:
        "a smaller margin guards less against an error of the powers that is below a base unit at any size allowed"
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
      !known.some(({ line, from, to }) => line === mutant.text && from === mutant.from && to === mutant.to)
  )
}
