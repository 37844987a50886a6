/**
 * The rooms of the repository and the arrows between them, as data (DESIGN.md, "The rooms").
 *
 * Invariant: the first room whose `holds` matches a file is the file's room, so narrower rooms stand first.
 * Paths are relative to the repository and use `/`. A place is a file, or a folder written with a final `/`.
 */

/** Where a file lives, and what it may import. */
export interface Room {
  readonly name: string
  /** The places that make up the room. */
  readonly holds: readonly string[]
  /** Places that a file of the room may import by path. */
  readonly imports: readonly string[]
  /** Packages that it may import; absent: any. A builtin counts as `node:`. */
  readonly packages?: readonly string[]
  /** Packages that it may import for their types alone, beside `packages`. */
  readonly types?: readonly string[]
  /** Our own package by name: for values too, for types alone, or not at all. */
  readonly self: "values" | "types" | "never"
  /** Set where the room runs in a page too: it may then reach no file of a room without it, save for types. */
  readonly page?: true
}

/** What the rooms of the simulation may import without Node: pure packages, and types that vanish. */
const pure = {
  packages: ["seedrandom", "@noble/hashes", "simple-statistics", "mathjs", "hyparquet", "hyparquet-writer"],
  types: ["viem", "abitype"],
  self: "never"
} as const

/** The simulation as seen from inside: all of `sim`, save for its composition root and its public face. */
const inner: readonly string[] = [
  "sim/Errors.ts",
  "sim/Nearest.ts",
  "sim/kernel/",
  "sim/chain/",
  "sim/scenario/",
  "sim/run/",
  "sim/experiment/",
  "sim/stats/",
  "sim/store/",
  "sim/browser/"
]

/** Rooms in the order in which they are tried. */
export const rooms: readonly Room[] = [
  {
    name: "sim/kernel",
    holds: ["sim/kernel/"],
    imports: ["sim/kernel/", "sim/Errors.ts"],
    packages: ["seedrandom"],
    self: "never",
    page: true
  },
  { name: "sim/cli", holds: ["sim/cli/", "sim/lint/"], imports: ["sim/", "reports/"], self: "values" },
  {
    name: "sim at the edge of Node",
    holds: [
      "sim/chain/hardhat/",
      "sim/chain/artifact/",
      "sim/chain/revm/build.ts",
      "sim/chain/revm/loadModule.ts",
      "sim/store/",
      "sim/experiment/executors/"
    ],
    imports: inner,
    self: "never"
  },
  // Beside the command, which it calls.
  { name: "sim/hardhat", holds: ["sim/hardhat/"], imports: ["sim/"], self: "never" },
  {
    name: "sim/vitest",
    holds: ["sim/vitest/"],
    imports: [...inner, "sim/vitest/", "reports/run/CommandLine.ts"],
    self: "never"
  },
  {
    name: "sim that runs in a page",
    holds: ["sim/Errors.ts", "sim/Nearest.ts", "sim/chain/", "sim/scenario/", "sim/run/", "sim/stats/", "sim/browser/"],
    imports: inner,
    ...pure,
    page: true
  },
  { name: "sim", holds: ["sim/"], imports: inner, ...pure },
  { name: "contracts", holds: ["contracts/"], imports: ["contracts/"], packages: [], self: "types" },
  { name: "agents", holds: ["agents/"], imports: ["agents/"], packages: [], self: "values" },
  { name: "scenarios", holds: ["scenarios/"], imports: ["agents/", "scenarios/"], packages: [], self: "values" },
  {
    name: "reports",
    holds: ["reports/"],
    imports: ["sim/store/", "sim/browser/", "sim/Errors.ts", "reports/"],
    self: "types"
  },
  {
    name: "notebooks",
    holds: ["notebooks/"],
    imports: ["sim/store/", "sim/browser/", "sim/chain/artifact/", "reports/", "notebooks/"],
    self: "values"
  }
]

/** True when `path` lies in one of `places`. */
export function within(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith("/") ? path.startsWith(place) : path === place))
}

/** The room of a file; undefined for what stands outside all rooms, such as configuration at the root. */
export function roomOf(path: string): Room | undefined {
  return rooms.find((room) => within(path, room.holds))
}

/** True for tests, the laws that several of them share, benches and fixtures: they may import anything, and nothing else may import them. */
export function isExempt(path: string): boolean {
  return /\.(?:test|laws)\.ts$|(?:^|\/)(?:bench|fixtures)\//.test(path)
}
