#!/usr/bin/env node
/**
 * The compiler as slither calls it, on the JavaScript build of solc that npm installed: `--version`, and
 * `--combined-json` of one file. Hardhat's own output has no syntax trees, and a native solc would be a download.
 *
 *   slither contracts/access/DataMarket.sol --compile-force-framework solc --solc sim/cli/testing/slither/solc.ts \
 *     --solc-remaps "@openzeppelin/=node_modules/@openzeppelin/" --filter-paths node_modules
 */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

/** What is used of solc's JavaScript interface. */
interface Compiler {
  version(): string
  compile(
    input: string,
    callbacks: { readonly import: (path: string) => { readonly contents: string } | { readonly error: string } }
  ): string
}

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly sources: { readonly [file: string]: { readonly id: number; readonly ast: unknown } }
  readonly contracts: { readonly [file: string]: { readonly [name: string]: Compiled } }
}

interface Bytecode {
  readonly object: string
  readonly sourceMap: string
}

interface Compiled {
  readonly abi: unknown
  readonly userdoc: unknown
  readonly devdoc: unknown
  readonly evm: {
    readonly bytecode: Bytecode
    readonly deployedBytecode: Bytecode
    readonly methodIdentifiers: unknown
  }
}

// The package has no types.
const solc = createRequire(import.meta.url)("solc") as Compiler
const args = process.argv.slice(2)

if (args.includes("--version")) {
  // Slither looks for a platform, not for which.
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`)
} else {
  const remappings = args.filter((arg) => /^[^-].*=/.test(arg))
  const file = args.find((arg) => arg.endsWith(".sol"))
  if (file === undefined) throw new Error("no .sol file was named")
  console.log(JSON.stringify(combined(compiled(file, remappings))))
}

function compiled(file: string, remappings: readonly string[]): Output {
  const read = (path: string): string => {
    const found = remappings.map((each) => each.split("=")).find(([from = ""]) => path.startsWith(from))
    const [from = "", to = ""] = found ?? []
    return readFileSync(to + path.slice(from.length), "utf8")
  }
  const wanted = ["abi", "userdoc", "devdoc", "evm.bytecode", "evm.deployedBytecode", "evm.methodIdentifiers"]
  const input = {
    language: "Solidity",
    sources: { [file]: { content: read(file) } },
    settings: {
      remappings,
      optimizer: { enabled: true, runs: 200 },
      evmVersion: "prague",
      outputSelection: { "*": { "": ["ast"], "*": wanted } }
    }
  }
  const load = (path: string) => {
    try {
      return { contents: read(path) }
    } catch (error) {
      return { error: String(error) }
    }
  }
  // Its shape is solc's standard JSON.
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: load })) as Output
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error")
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"))
  return output
}

/** Standard JSON as `--combined-json` has it. */
function combined({ sources, contracts }: Output): unknown {
  const list: string[] = []
  for (const [file, { id }] of Object.entries(sources)) list[id] = file
  const each = Object.entries(contracts).flatMap(([file, named]) =>
    Object.entries(named).map(([name, { abi, userdoc, devdoc, evm }]) => [
      `${file}:${name}`,
      {
        abi,
        bin: evm.bytecode.object,
        "bin-runtime": evm.deployedBytecode.object,
        srcmap: evm.bytecode.sourceMap,
        "srcmap-runtime": evm.deployedBytecode.sourceMap,
        hashes: evm.methodIdentifiers,
        userdoc,
        devdoc
      }
    ])
  )
  return {
    contracts: Object.fromEntries(each),
    sources: Object.fromEntries(Object.entries(sources).map(([file, { ast }]) => [file, { AST: ast }])),
    sourceList: list.filter((file) => file !== undefined),
    version: solc.version()
  }
}
