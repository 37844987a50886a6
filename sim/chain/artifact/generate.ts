/**
 * Keeps `contracts/contracts.gen.ts` in step with the compiled contracts. Node only.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { ChainError } from "../../Errors.ts"
import type { Artifact } from "./Artifact.ts"
import { ArtifactStore } from "./ArtifactStore.ts"
import { generateTypes } from "./TypeGenerator.ts"

/** What became of the generated file. */
export interface GeneratedTypes {
  /** Relative to the project's root. */
  readonly path: string
  /** The names that have types, sorted. */
  readonly contracts: readonly string[]
  /** Whether the file was missing, or said something else. */
  readonly stale: boolean
}

/** Whether scenarios may name it: everything of others that is listed; of ours, what is no test and no dependency. */
function isShown(artifact: Artifact, store: ArtifactStore): boolean {
  if (store.isForeign(artifact.name)) return true
  const { source } = artifact
  return source.startsWith("contracts/") && !source.includes("/test/") && !source.endsWith(".t.sol")
}

/** A project with sources and no artifacts has not been compiled: its types would all be dropped. */
function requireCompiled(root: string, store: ArtifactStore): void {
  if (store.names().some((name) => !store.isForeign(name))) return
  const contracts = join(root, "contracts")
  const sources = existsSync(contracts) ? readdirSync(contracts, { recursive: true, encoding: "utf8" }) : []
  if (!sources.some((source) => source.endsWith(".sol"))) return
  throw new ChainError({
    reason: "MalformedArtifact",
    message: "the contracts have not been compiled, so there is nothing to make types of",
    fix: "Run `npx hardhat build` first.",
    offending: { name: "path", value: "artifacts" }
  })
}

/**
 * Writes `contracts/contracts.gen.ts` for the compiled and the listed contracts of the project at `root`;
 * with `check`, writes nothing and only says whether it is stale.
 * @throws ChainError MalformedArtifact when nothing is compiled, or an artifact cannot be read.
 */
export function writeTypes(root: string, { check }: { readonly check: boolean }): GeneratedTypes {
  const store = ArtifactStore.open(root)
  requireCompiled(root, store)
  const artifacts = store
    .names()
    .map((name) => store.get(name))
    .filter((artifact) => isShown(artifact, store))
  const text = generateTypes(artifacts)
  const path = join(root, "contracts", "contracts.gen.ts")
  const stale = !existsSync(path) || readFileSync(path, "utf8") !== text
  if (stale && !check) writeFileSync(path, text)
  return { path: "contracts/contracts.gen.ts", contracts: artifacts.map(({ name }) => name), stale }
}
