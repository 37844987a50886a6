/**
 * Finds compiled contracts by their bare names: our own in `artifacts/`, where Hardhat writes them,
 * and those of others that `contracts/foreign.json` lists. Node only.
 *
 * Invariant: a name means one contract. Where two files claim it, asking for it is an error; nothing
 * depends on the order of a directory.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join, relative, resolve, sep } from "node:path"
import { ChainError, ScenarioError } from "../../Errors.ts"
import { nearest } from "../../Nearest.ts"
import { type Artifact, parseArtifact } from "./Artifact.ts"

/** Our own project: its contracts are there for everybody, behind those of whoever asks. */
const OURS = resolve(import.meta.dirname, "..", "..", "..")

/** Where one artifact lies, before it is read. */
interface Place {
  /** The project that it belongs to. */
  readonly root: string
  /** Relative to the root for our own; as `foreign.json` writes it for others'. */
  readonly shown: string
  readonly foreign: boolean
}

export class ArtifactStore {
  readonly #places: ReadonlyMap<string, readonly Place[]>
  /** Whether anything was compiled in the project itself. */
  readonly #compiled: boolean
  /** What compiles it, as a person types it. */
  readonly #build: string
  readonly #read = new Map<string, Artifact>()

  private constructor(root: string, places: ReadonlyMap<string, readonly Place[]>, compiled: boolean) {
    this.#places = places
    this.#compiled = compiled
    // Our own Hardhat is called with the Node that fits, which need not be the one on the PATH.
    this.#build = resolve(root) === OURS ? "./mesocosm types" : "npx hardhat build"
  }

  /**
   * The artifacts of the project at `root`. Lists names only; a file is read when it is asked for.
   * @throws ChainError MalformedArtifact when `contracts/foreign.json` cannot be read.
   */
  static open(root: string): ArtifactStore {
    const own = listed(root)
    return new ArtifactStore(root, own, isCompiled(own))
  }

  /** The same, and behind them those of ours whose names it does not have: what behaviours need. */
  static openOver(root: string): ArtifactStore {
    if (resolve(root) === OURS) return ArtifactStore.open(root)
    const own = listed(root)
    // Of sources that are not compiled nobody knows the names: one of ours could stand for one of theirs.
    if (!isCompiled(own) && hasSources(root)) return new ArtifactStore(root, own, false)
    return new ArtifactStore(root, new Map([...listed(OURS), ...own]), isCompiled(own))
  }

  /** Every name there is, sorted. */
  names(): readonly string[] {
    return [...this.#places.keys()].sort()
  }

  /** The files behind the names, in their order, before they are read; of what is listed and not installed there is none. */
  files(): readonly { readonly name: string; readonly file: string | undefined; readonly foreign: boolean }[] {
    return this.names().flatMap((name) =>
      (this.#places.get(name) ?? []).map((place) => {
        const { root, shown, foreign } = place
        return { name, file: foreign ? found(name, place) : join(root, shown), foreign }
      })
    )
  }

  /** Whether `contracts/foreign.json` lists it: somebody else's contract, as it was published. */
  isForeign(name: string): boolean {
    return this.#places.get(name)?.some((place) => place.foreign) === true
  }

  /**
   * The artifact of that name.
   * @throws ScenarioError UnknownContract when there is none; ChainError MalformedArtifact when its file cannot
   *   be read, or two files claim the name.
   */
  get(name: string): Artifact {
    const known = this.#read.get(name)
    if (known !== undefined) return known
    const places = this.#places.get(name)
    const place = places?.[0]
    if (places === undefined || place === undefined) throw this.#unknown(name)
    if (places.length > 1) {
      throw new ChainError({
        reason: "MalformedArtifact",
        message: `more than one contract is called ${name}: ${places.map(({ shown }) => shown).join(" and ")}`,
        fix: `Rename one of them, or remove what an older build left behind.`,
        offending: { name: "contract", value: name }
      })
    }
    const artifact = place.foreign
      ? // Its source path says nothing here (everyone's begins with contracts/), where it came from does.
        {
          ...parseArtifact(readJson(located(name, place), place.shown), place.shown),
          name,
          source: place.shown
        }
      : parseArtifact(readJson(join(place.root, place.shown), place.shown), place.shown)
    this.#read.set(name, artifact)
    return artifact
  }

  #unknown(name: string): ScenarioError {
    const names = this.names()
    const near = nearest(name, names)
    return new ScenarioError({
      reason: "UnknownContract",
      message: `there is no contract ${name}${near === undefined ? "" : `; did you mean ${near}?`}`,
      fix: this.#compiled
        ? `Write its bare name as in Solidity, and run \`${this.#build}\` if it is new; list others' contracts in contracts/foreign.json.`
        : `Run \`${this.#build}\`: nothing has been compiled yet.`,
      offending: { name: "contract", value: name }
    })
  }
}

/** Where a foreign artifact lies: a path relative to `contracts/`, or what Node resolves from the project's root. */
function located(name: string, { root, shown: specifier }: Place): string {
  if (/^\.{1,2}\//.test(specifier)) return join(root, "contracts", specifier)
  try {
    return createRequire(join(root, "package.json")).resolve(specifier)
  } catch (cause) {
    throw new ChainError({
      reason: "MalformedArtifact",
      message: `contracts/foreign.json says ${name} is ${specifier}, which is not installed`,
      fix: `Install the package with npm, or correct contracts/foreign.json.`,
      offending: { name, value: specifier },
      cause
    })
  }
}

/** The same; undefined where there is no such file. */
function found(name: string, place: Place): string | undefined {
  try {
    const path = located(name, place)
    return existsSync(path) ? path : undefined
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** Whether anything of the project itself was compiled. */
function isCompiled(places: ReadonlyMap<string, readonly Place[]>): boolean {
  return [...places.values()].flat().some((place) => !place.foreign)
}

function hasSources(root: string): boolean {
  const contracts = join(root, "contracts")
  return (
    existsSync(contracts) &&
    readdirSync(contracts, { recursive: true, encoding: "utf8" }).some((path) => path.endsWith(".sol"))
  )
}

/** Name to where contracts of that name lie in a project. */
function listed(root: string): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  const add = (name: string, place: Place): void => {
    const there = places.get(name)
    if (there === undefined) places.set(name, [place])
    else there.push(place)
  }
  for (const path of compiled(join(root, "artifacts"))) {
    const name = path.slice(path.lastIndexOf(sep) + 1, -".json".length)
    add(name, { root, shown: relative(root, path).split(sep).join("/"), foreign: false })
  }
  for (const [name, specifier] of Object.entries(foreign(root))) add(name, { root, shown: specifier, foreign: true })
  return places
}

/** The artifact files below a folder, in the order of their paths; none when it does not exist. */
function compiled(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && !entry.name.endsWith(".dbg.json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).startsWith("build-info"))
    .sort()
}

/** What `contracts/foreign.json` lists: name to npm specifier or path; nothing when there is no such file. */
function foreign(root: string): Readonly<Record<string, string>> {
  const path = join(root, "contracts", "foreign.json")
  if (!existsSync(path)) return {}
  const json = readJson(path, "contracts/foreign.json")
  const listed =
    typeof json === "object" &&
    json !== null &&
    !Array.isArray(json) &&
    Object.values(json).every((each) => typeof each === "string")
  if (!listed) {
    throw new ChainError({
      reason: "MalformedArtifact",
      message: "contracts/foreign.json is no object of names and paths",
      fix: 'Write { "Name": "package/path/Name.json" }.',
      offending: { name: "contracts/foreign.json", value: JSON.stringify(json).slice(0, 80) }
    })
  }
  // An object whose values are strings: looked at above.
  return json as Readonly<Record<string, string>>
}

/** The JSON in a file; `shown` is what messages call it. */
function readJson(path: string, shown: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (cause) {
    throw new ChainError({
      reason: "MalformedArtifact",
      message: `${shown} cannot be read as JSON`,
      fix: "Compile the contracts again, or correct contracts/foreign.json.",
      offending: { name: "path", value: shown },
      cause
    })
  }
}
