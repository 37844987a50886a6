/**
 * Says which contracts are not compiled as they stand in the sources. Hardhat keeps what it compiled in
 * artifacts/build-info, so that texts are compared, not dates. Test contracts (`.t.sol`) are compiled elsewhere.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What is read of a build info of Hardhat 3. */
interface BuildInfo {
  readonly userSourceNameMap?: Readonly<Record<string, string>>
  readonly input?: { readonly sources?: Readonly<Record<string, { readonly content?: string }>> }
}

/** Paths of the contracts whose text was not compiled, sorted; all of them when nothing was. */
export function staleContracts(root: string): readonly string[] {
  const compiled = new Map<string, Set<string>>()
  const folder = join(root, "artifacts/build-info")
  const names = existsSync(folder) ? readdirSync(folder) : []
  for (const name of names.filter((each) => each.endsWith(".json") && !each.endsWith(".output.json"))) {
    // Hardhat wrote it; what lacks the fields counts as not compiled.
    const { userSourceNameMap, input } = JSON.parse(readFileSync(join(folder, name), "utf8")) as BuildInfo
    for (const [path, source] of Object.entries(userSourceNameMap ?? {})) {
      const content = input?.sources?.[source]?.content
      if (content !== undefined) compiled.set(path, (compiled.get(path) ?? new Set()).add(content))
    }
  }
  return readdirSync(join(root, "contracts"), { recursive: true, encoding: "utf8" })
    .map((path) => `contracts/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".sol") && !path.endsWith(".t.sol"))
    .filter((path) => !compiled.get(path)?.has(readFileSync(join(root, path), "utf8")))
    .sort()
}
