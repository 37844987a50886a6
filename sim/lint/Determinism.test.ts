/** Runs Biome with the repository's own settings on planted violations of S13 and S14, and on their clean twins. */
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const repository = fileURLToPath(new URL("../../", import.meta.url))

const bad: Readonly<Record<string, readonly string[]>> = {
  S13: [
    "Math.log(2)",
    "Math.log2(2)",
    "Math.log10(2)",
    "Math.log1p(2)",
    "Math.exp(2)",
    "Math.expm1(2)",
    "Math.pow(2, 3)",
    "Math.sin(2)",
    "Math.cos(2)",
    "Math.tan(2)",
    "Math.asin(1)",
    "Math.acos(1)",
    "Math.atan(1)",
    "Math.atan2(1, 2)",
    "Math.sinh(1)",
    "Math.cosh(1)",
    "Math.tanh(1)",
    "Math.asinh(1)",
    "Math.acosh(1)",
    "Math.atanh(0)",
    "Math.cbrt(2)",
    "Math.hypot(1, 2)",
    'Math["log"](2)',
    "[Math]",
    "(({ log }) => log(2))(Math)",
    "Math.floor(Math.log(2))",
    "globalThis.Math.log(2)",
    "2 ** 3",
    "10n ** BigInt(18)",
    "Date.now()",
    "Date()",
    "new Date()",
    "new Date",
    "new Date(Date.now())",
    "[Date]",
    "performance.now()",
    "setTimeout(() => 1, 1)",
    "setInterval(() => 1, 1)",
    "setImmediate(() => 1)"
  ],
  S14: [
    "Math.random()",
    "crypto.randomUUID()",
    "crypto.getRandomValues(new Uint8Array(1))",
    'crypto["randomUUID"]()',
    "(({ randomUUID: draw }) => draw())(crypto)",
    "randomUUID()"
  ]
}

const good = [
  "Math.floor(Math.sqrt(2)) + Math.max(1, 2) * Math.PI",
  "10n ** 18n",
  "10n**18n",
  "new Date(1_700_000_000_000).toISOString()",
  "Date.UTC(2020, 1)",
  "{ Math: 1, Date: 2, setTimeout: 3, performance: 4 }",
  "Mathematics.log(2)",
  "[1, 2].map((performanceOf) => performanceOf)"
]

/** Whole files, with the rule that each must break (none: it must pass). */
const files: Readonly<Record<string, readonly [text: string, rule?: string]>> = {
  "sim/run/Destructured.ts": ["const { log } = Math\nexport const a = log(2)\n", "S13"],
  "sim/run/Powered.ts": ["export let a = 2\na **= 3\n", "S13"],
  "sim/run/MemberPowered.ts": ["export const a = { b: 2 }\na.b **= 3\n", "S13"],
  "sim/stats/Library.ts": ['import { randomInt } from "mathjs"\nexport const a = randomInt(3)\n', "S14"],
  "sim/stats/Renamed.ts": ['import { random as r } from "mathjs"\nexport const a = r()\n', "S14"],
  "sim/stats/Sampled.ts": ['import { sample } from "simple-statistics"\nexport const a = sample([1], 1)\n', "S14"],
  "sim/stats/Mean.ts": ['import { mean } from "simple-statistics"\nexport const a = mean([1])\n'],
  "sim/stats/Drawn.ts": ["export const a = Math.random()\n", "S14"],
  "sim/stats/Logarithm.ts": ["export const a = Math.log(2)\n"],
  "sim/cli/Clock.ts": ["export const a = performance.now()\n"],
  "sim/run/Clock.test.ts": ["export const a = performance.now() + Math.log(2)\n"],
  "sim/run/bench/Clock.ts": ["export const a = performance.now() + Math.log(2)\n"],
  "agents/honest/logarithm.ts": ["export const a = Math.log(2)\n", "S13"],
  "scenarios/clock.ts": ["export const a = Date.now()\n", "S13"],
  "reports/Clock.ts": ["export const a = Date.now()\n"],
  "sim/run/Excused.ts": [
    "// biome-ignore lint/plugin/no-inexact-math: bigint, and so exact\nexport const a = (b: bigint): bigint => b ** 2n\n"
  ],
  "agents/honest/camelCase.ts": ["export const a = 1\n", "useFilenamingConvention"],
  "agents/honest/kebab-case.ts": ["export const a = 1\n"],
  "scenarios/PascalCase.ts": ["export const a = 1\n", "useFilenamingConvention"],
  "scenarios/kebab-case.test.ts": ["export const a = 1\n"],
  "sim/run/PascalCase.ts": ["export const a = 1\n"],
  "sim/run/Any.ts": ["export const a: any = 1\n", "noExplicitAny"],
  "sim/run/Unused.ts": ['import { b } from "./B.ts"\nexport const a = 1\n', "noUnusedImports"],
  "sim/run/Generator.ts": ["export function* act(): Generator<number, number> {\n  return 1\n}\n"]
}

interface Diagnostic {
  readonly severity: string
  readonly category: string
  readonly message: string
  readonly location: { readonly path: string; readonly start?: { readonly line: number } }
}

/** Errors by `path:line`. */
const errors = new Map<string, string[]>()
let root = ""

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mesocosm-determinism-"))
  const all = new Map<string, string>(Object.entries(files).map(([path, [text]]) => [path, text]))
  for (const [rule, lines] of Object.entries(bad)) {
    all.set(`sim/run/Bad${rule}.ts`, lines.map((line, at) => `export const a${at} = ${line}\n`).join(""))
  }
  all.set("sim/run/Good.ts", good.map((line, at) => `export const a${at} = ${line}\n`).join(""))
  all.set(".gitignore", "node_modules/\n")
  for (const [path, text] of all) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(join(root, "sim/lint"))
  cpSync(join(repository, "biome.json"), join(root, "biome.json"))
  for (const name of readdirSync(join(repository, "sim/lint"))) {
    if (name.endsWith(".grit")) cpSync(join(repository, "sim/lint", name), join(root, "sim/lint", name))
  }
  const biome = join(repository, "node_modules/@biomejs/biome/bin/biome")
  const ran = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "--max-diagnostics=none"], {
    cwd: root,
    encoding: "utf8"
  })
  // The shape is that of Biome's JSON reporter.
  const { diagnostics } = JSON.parse(ran.stdout) as { readonly diagnostics: readonly Diagnostic[] }
  for (const each of diagnostics.filter(({ severity }) => severity === "error" || severity === "warning")) {
    const place = `${each.location.path}:${each.location.start?.line ?? 0}`
    errors.set(place, [...(errors.get(place) ?? []), `${each.category} ${each.message}`])
  }
})

afterAll(() => rmSync(root, { recursive: true }))

const at = (path: string): readonly string[] =>
  [...errors].filter(([place]) => place.startsWith(`${path}:`)).flatMap(([, messages]) => messages)

describe.each(Object.entries(bad))("%s bites on", (rule, lines) => {
  it.each(lines.map((line, index) => [line, index + 1] as const))("%s", (_, line) => {
    expect(errors.get(`sim/run/Bad${rule}.ts:${line}`)?.join("\n")).toContain(`${rule}:`)
  })
})

describe("passes", () => {
  it.each(good.map((line, index) => [line, index + 1] as const))("%s", (_, line) => {
    expect(errors.get(`sim/run/Good.ts:${line}`)).toBeUndefined()
  })
})

describe("file", () => {
  it.each(Object.entries(files))("%s", (path, [, rule]) => {
    if (rule === undefined) expect(at(path)).toEqual([])
    else expect(at(path).join("\n")).toContain(rule)
  })
})
