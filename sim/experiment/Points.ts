/** Points in the space of Params: which axes an experiment varies, and where on them its runs are made. */
import { ScenarioError } from "../Errors.ts"
import { Stream } from "../kernel/Stream.ts"
import { nearest } from "../Nearest.ts"
import type { AnyParam, ParamValue } from "../scenario/Param.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { grid, latinHypercube } from "../stats/Designs.ts"
import { morrisTrajectories } from "../stats/Morris.ts"
import { saltelliDesign } from "../stats/Sobol.ts"
import { sobolPoints } from "../stats/SobolPoints.ts"
import type { AxisWords, Sampling, Sets } from "../store/ExperimentManifest.ts"
import { type Axis, axisOf } from "./Axis.ts"

/** An axis as a person asks for it: `stake`, `stake=0..1000000`, `stake=0,500000` (with or without `/5` steps). */
export interface Asked {
  readonly param: string
  /** Two ends, as a person writes them. */
  readonly ends?: readonly [string, string]
  /** The values themselves. */
  readonly values?: readonly string[]
  /** Values of a grid, evenly spread between the ends. */
  readonly steps?: number
}

/** Points, and what they were made of. */
export interface Points {
  readonly points: readonly Sets[]
  readonly axes: readonly AxisWords[]
  readonly sampling: Sampling
}

/** Steps of a grid's axis that names none. */
const STEPS = 5

/** Reads `stake`, `stake=0..1000000`, `stake=0..1000000/5`, `stake=0,500000`. @throws ScenarioError Usage. */
export function readAxis(text: string): Asked {
  const at = text.indexOf("=")
  if (at < 0) return { param: text.trim() }
  const param = text.slice(0, at).trim()
  const rest = text.slice(at + 1).trim()
  const span = /^(.+?)\.\.(.+?)(?:\/(\d+))?$/.exec(rest)
  if (span !== null) {
    const [, low = "", high = "", steps] = span
    const ends = [low.trim(), high.trim()] as const
    if (steps === undefined) return { param, ends }
    if (Number(steps) >= 2) return { param, ends, steps: Number(steps) }
  }
  const values = rest.split(",").map((value) => value.trim())
  if (param !== "" && span === null && values.every((value) => value !== "")) return { param, values }
  throw new ScenarioError({
    reason: "Usage",
    message: `--vary "${text}" is no axis`,
    fix: "Give a Param (stake), with ends (stake=0..1000000), with ends and steps (stake=0..1000000/5), or with values (stake=0,500000).",
    offending: { name: "--vary", value: text }
  })
}

/**
 * The axis of what was asked: between the ends given, else over the Param's domain, else over its assumed range.
 * @throws ScenarioError UnknownParam, OutOfDomain, WrongUnit, Usage.
 */
function axisFor(scenario: Scenario, { param: name, ends, values }: Asked): Axis {
  const param = paramOf(scenario, name)
  const bounds = values ?? ends
  if (bounds !== undefined) {
    const read = bounds.map((written) => param.read(written, name) as ParamValue)
    const texts = read.map((value) => param.text(value as never))
    if (param.kind !== "choice" && ends !== undefined && read[0] === read[1]) {
      const fix = `Give ends that differ, or one value for every run: ${name}=${texts[0]}.`
      throw usage(name, ends.join(".."), `has two ends that are both ${texts[0]}: there is nothing between them`, fix)
    }
    if (param.kind !== "choice" && ends !== undefined && !((read[0] as number) < (read[1] as number))) {
      const fix = `Give the lower end first: ${name}=${texts[1]}..${texts[0]}.`
      throw usage(name, ends.join(".."), "does not run from a lower end to a higher one", fix)
    }
    const twice = texts.find((text, at) => texts.indexOf(text) !== at)
    if (values !== undefined && twice !== undefined) {
      throw usage(name, values.join(","), `names ${twice} twice`, "Name each value once.")
    }
    // A list may come in any order; the axis runs from its least value to its largest.
    const rising = param.kind === "choice" ? read : [...read].sort((a, b) => (a < b ? -1 : 1))
    return axisOf(name, param, rising)
  }
  const own = param.domain ?? param.range
  if (own === undefined) {
    throw usage(
      name,
      name,
      "has neither a domain nor an assumed range to be varied in",
      `Give its ends: --vary ${name}=low..high; or declare a domain in the scenario, if it is a design choice.`
    )
  }
  return axisOf(name, param, own as readonly ParamValue[])
}

/**
 * The axis of what was asked, for points that fill it: a number has ends and nothing between them to choose from.
 * @throws ScenarioError as `axisFor`, and Usage for a list of numbers, or for steps.
 */
export function filledAxis(scenario: Scenario, asked: Asked): Axis {
  const axis = axisFor(scenario, asked)
  const { param, ends, values, steps } = asked
  const instead = (without: string): string => `Give ends alone (--vary ${param}=${without}), or sweep a grid.`
  if (axis.scale !== "choice" && values !== undefined) {
    const [low, high] = [axis.ends[0], axis.ends.at(-1)]
    throw usage(
      param,
      values.join(","),
      "is a list of values, and the points of this sampling lie anywhere between two ends",
      instead(`${low}..${high}`)
    )
  }
  if (steps !== undefined) {
    const span = ends?.join("..") ?? ""
    throw usage(param, `${span}/${steps}`, "has steps, which only a grid takes", instead(span))
  }
  return axis
}

/** @throws ScenarioError Usage where a Param is asked for twice: a point sets it once. */
export function onceEach(asked: readonly Asked[]): readonly Asked[] {
  const twice = asked.find(({ param }, at) => asked.findIndex((each) => each.param === param) !== at)
  if (twice === undefined) return asked
  throw usage("--vary", twice.param, `names ${twice.param} twice`, "Name each Param once, with all its values.")
}

/** The axes of every assumed Param of the scenario: those with a range. */
export function assumedAxes(scenario: Scenario): readonly Axis[] {
  return Object.entries(scenario.params).flatMap(([name, param]) =>
    param.range === undefined ? [] : [axisOf(name, param, param.range as readonly ParamValue[])]
  )
}

/** Every combination. */
export function gridPoints(scenario: Scenario, asked: readonly Asked[]): Points {
  const axes = asked.map((each) => axisFor(scenario, each))
  const columns = asked.map(({ param, values, steps = STEPS }, nth) => {
    if (values !== undefined) return values.map((written) => canonical(scenario, param, written))
    const axis = axes[nth] as Axis
    if (axis.scale === "choice") return axis.ends
    return [...new Set(Array.from({ length: steps }, (_, step) => axis.at(step / (steps - 1))))]
  })
  const points = grid(columns).map((row) => Object.fromEntries(asked.map(({ param }, nth) => [param, row[nth] ?? ""])))
  const listed = asked.length === 1 && asked[0]?.values !== undefined
  return { points, axes: axes.map(words), sampling: { method: listed ? "list" : "grid", base: points.length } }
}

/** Points that fill the space of the axes. The stream is named by what is asked, so that it gives the same points again. */
export function filledPoints(axes: readonly Axis[], method: "latin" | "sobol", count: number): Points {
  const dimensions = axes.length
  const stream = streamOf(method, axes, count)
  const rows =
    method === "latin"
      ? latinHypercube({ dimensions, points: count, stream })
      : sobolPoints({ dimensions, points: count, shift: stream })
  return { points: rows.map((row) => placed(axes, row)), axes: axes.map(words), sampling: { method, base: count } }
}

/** The points of a sensitivity analysis. */
export function sensitivityPoints(axes: readonly Axis[], method: "morris" | "saltelli", base: number): Points {
  const points = sensitivityRows(axes, method, base).map((row) => placed(axes, row))
  return { points, axes: axes.map(words), sampling: { method, base } }
}

/** The same points as coordinates. */
export function sensitivityRows(
  axes: readonly AxisWords[],
  method: "morris" | "saltelli",
  base: number
): readonly (readonly number[])[] {
  const dimensions = axes.length
  const stream = streamOf(method, axes, base)
  return method === "morris"
    ? morrisTrajectories({ dimensions, trajectories: base, stream })
    : saltelliDesign({ dimensions, base, shift: stream })
}

/** The Params that a point of coordinates sets. */
export function placed(axes: readonly Axis[], row: readonly number[]): Sets {
  return Object.fromEntries(axes.map((axis, nth) => [axis.param, axis.at(row[nth] ?? 0)]))
}

/** An axis as data. */
export function words({ param, unit, ends, scale }: Axis): AxisWords {
  return { param, unit, ends, scale }
}

/** The axes of a design again. */
export function axesOf(scenario: Scenario, axes: readonly AxisWords[]): readonly Axis[] {
  return axes.map(({ param: name, ends }) => {
    const param = paramOf(scenario, name)
    return axisOf(
      name,
      param,
      ends.map((end) => param.read(end, name) as ParamValue)
    )
  })
}

function streamOf(method: string, axes: readonly AxisWords[], count: number): Stream {
  return Stream.open(
    `points/${method}/${count}/${axes.map(({ param, ends }) => `${param}:${ends.join(":")}`).join("/")}`
  )
}

function canonical(scenario: Scenario, name: string, written: string): string {
  const param = paramOf(scenario, name)
  return param.text(param.read(written, name) as never)
}

function paramOf(scenario: Scenario, name: string): AnyParam {
  const param = Object.hasOwn(scenario.params, name) ? scenario.params[name] : undefined
  if (param !== undefined) return param
  const names = Object.keys(scenario.params)
  const near = nearest(name, names)
  throw new ScenarioError({
    reason: "UnknownParam",
    message: `${scenario.id} has no Param "${name}"`,
    fix: `${near === undefined ? "" : `Did you mean ${near}? `}Choose one of ${names.join(", ")}.`,
    offending: { name: "--vary", value: name }
  })
}

function usage(name: string, value: string, message: string, fix: string): ScenarioError {
  return new ScenarioError({ reason: "Usage", message: `${name} ${message}`, fix, offending: { name, value } })
}
