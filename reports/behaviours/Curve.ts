/** The learning curve: what each training episode earned, and what the learner earned frozen on its way. */
import type { LineData, Point } from "../charts/LineData.ts"
import { count, freeStyle, quantity } from "../format/Quantity.ts"
import type { Learner } from "./Findings.ts"

/** The curve of one learner over training episodes. */
export function curveOf(learner: Learner, numeraire: string): LineData {
  const style = freeStyle(numeraire)
  const { population, behaviour, episodes, checkpoints } = learner
  const point = (episode: number, value: number): Point => ({
    x: episode,
    y: value,
    at: `episode ${count(episode)}`,
    shown: quantity(value, style)
  })
  const [first = 0, last = 0] = [episodes[0], episodes.at(-1)]
  const tried = checkpoints.map(
    ({ episodes: after, profit }) => `${quantity(profit.mean, style)} after ${count(after)}`
  )
  const lines = [
    { label: "training, exploring", points: episodes.map((profit, at) => point(at + 1, profit)) },
    {
      label: "frozen, on seeds it has not seen",
      points: checkpoints.map(({ episodes: after, profit }) => point(after, profit.mean))
    }
  ]
  return {
    title: `${population}: ${behaviour}`,
    says: "Profit of each training episode, and of the frozen learner on its way.",
    description: `Learning curve of ${behaviour}. Training episodes go from ${quantity(first, style)} to ${quantity(last, style)}; frozen: ${tried.join(", ")}.`,
    // One point makes no line.
    lines: lines.filter(({ points }) => points.length > 1),
    theory: null,
    x: { title: "training episodes", end: episodes.length },
    y: { title: numeraire, percent: false, whole: false }
  }
}
