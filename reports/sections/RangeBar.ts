/** Where in its assumed range a Param's value lies, as a drawing the size of a word. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { html, type Markup } from "../html/Html.ts"

type ParamWords = Manifest["params"][number]

/** From this ratio of its ends on, a range is drawn with equal ratios equally far apart. */
const WIDE = 8
/** Pixels, as drawn: from one end to the other, and beyond each. */
const [LENGTH, BEYOND, MIDDLE] = [112, 8, 8]

/** Whether a range is drawn by ratio. */
export function isWide(range: ParamWords["range"]): boolean {
  const [low, high] = [Number(range?.[0]), Number(range?.[1])]
  return low > 0 && high >= WIDE * low
}

/** The drawing; null where the Param has no range of numbers. */
export function rangeBar({ name, range, value, declared }: ParamWords): Markup | null {
  const [low, high, now, then] = [range?.[0], range?.[1], value, declared].map((text) => Number(text ?? Number.NaN))
  if (low === undefined || high === undefined || now === undefined || then === undefined) return null
  if (!(low < high) || !Number.isFinite(high - low) || !Number.isFinite(now)) return null
  const along = (at: number): number => {
    const share = isWide(range) ? Math.log(Math.max(at, 0) / low) / Math.log(high / low) : (at - low) / (high - low)
    const drawn = BEYOND + Math.max(-0.05, Math.min(1.05, share)) * LENGTH
    // Logarithms differ between machines in their last bits: a tenth of a pixel does not.
    return Math.round(drawn * 10) / 10
  }
  const outside = now < low || now > high
  const other = Number.isFinite(then) && declared !== value
  const says = `${name} is ${value}, ${outside ? "outside" : "in"} the range ${range?.[0]} to ${range?.[1]}; ${other ? `the default is ${declared}` : "the default"}`
  const [left, right] = [BEYOND, BEYOND + LENGTH]
  return html`<svg class="range" viewBox="0 0 ${LENGTH + 2 * BEYOND} ${2 * MIDDLE}" role="img" aria-label="${says}"><path class="ends" d="M${left} 3v10M${right} 3v10M${left} ${MIDDLE}H${right}"/>${
    other ? html`<circle class="then" cx="${along(then)}" cy="${MIDDLE}" r="4"/>` : null
  }<circle class="now${outside ? " beyond" : ""}" cx="${along(now)}" cy="${MIDDLE}" r="5"/></svg>${
    outside ? html`<span class="beyond-note">outside </span>` : null
  }`
}
