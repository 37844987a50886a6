/**
 * Which code would run a scenario: the sources of mesocosm, the modules that the scenario is made of, and where it does
 * not run on the checkout's contracts, those that its project has.
 */
import { createHash } from "node:crypto"
import { readFileSync, realpathSync } from "node:fs"
import { dirname, relative, sep } from "node:path"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { fingerprint, isFingerprinted } from "../../store/CodeVersion.ts"
import type { Entry } from "../Catalogue.ts"
import { PROJECT, ROOT } from "../Checkout.ts"
import { graphOf } from "./ModuleGraph.ts"

/**
 * Hash of the code that would run a scenario.
 * @param project the folder whose contracts it would run on.
 * @throws ScenarioError MalformedDeclaration, ChainError MalformedArtifact.
 */
export async function codeOf({ file }: Entry, project: string = PROJECT): Promise<string> {
  const parts: string[] = []
  const { files, packages } = await graphOf(file)
  const folder = realpathSync(dirname(file))
  let text = ""
  for (const path of files) {
    const content = readFileSync(path)
    text += content.toString("utf8")
    // Relative to the scenario: the same project lies elsewhere on another machine.
    if (!isFingerprinted(path)) parts.push(`${relative(folder, path).split(sep).join("/")} ${hashOf(content)}`)
  }
  parts.push(...packages)
  // The sources of ours are among the sources of mesocosm.
  if (project !== ROOT) parts.push(...contractsOf(project, text))
  return fingerprint(...parts)
}

/** Where the compiler hashes sources and settings, comments too, into the code. */
const METADATA = /a264697066735822[0-9a-f]{68}64736f6c6343[0-9a-f]{6}0033/g

/**
 * A line for each contract that the project compiled or lists, since set-up may make up a name. Of one whose name
 * stands nowhere in the text, the compiler's hash of its sources is left out: a comment in it changes nothing here.
 */
function contractsOf(project: string, text: string): readonly string[] {
  return ArtifactStore.open(project)
    .files()
    .map(({ name, file, foreign }) => {
      if (file === undefined) return `${name} is not installed`
      const content = readFileSync(file, "utf8")
      if (foreign) return `${name} ${hashOf(content)}`
      const { abi, bytecode } = JSON.parse(content) as { readonly abi?: unknown; readonly bytecode?: unknown }
      const code = JSON.stringify([abi, bytecode])
      return `${name} ${hashOf(text.includes(name) ? code : code.replaceAll(METADATA, ""))}`
    })
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex")
}
