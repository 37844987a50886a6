/**
 * The tests of one contract, made ready to be run many times over: the compiler and EDR's test runner stay loaded in
 * this process, the compiler does not optimise, and only what the tests need is compiled. One answer takes about a
 * second of a core, where Hardhat's command takes eight.
 *
 * Invariant: files are only read. The tests are the same as under `hardhat test solidity`, with its seed and counts;
 * what depends on the optimiser (gas) is nothing that they ask for.
 */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"

/** What tests say of a source. */
export interface Answer {
  readonly fate: "passed" | "failed" | "uncompiled"
  /** Why not: the compiler's words, or the tests that failed. */
  readonly says: string
}

/** What is used of solc's JavaScript interface; the package has no types. */
interface Compiler {
  compile(input: string, callbacks: { readonly import: (path: string) => Found }): string
}
type Found = { readonly contents: string } | { readonly error: string }
interface Compiled {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts?: { readonly [source: string]: { readonly [name: string]: Contract } }
}
interface Contract {
  readonly abi: readonly { readonly type: string; readonly name?: string }[]
  readonly evm: {
    readonly bytecode: { readonly object: string }
    readonly deployedBytecode: { readonly object: string }
  }
}

/** What is used of EDR, which comes with Hardhat and is no dependency of ours. */
interface Edr {
  readonly EdrContext: new () => EdrContext
  readonly L1_CHAIN_TYPE: string
  readonly L1Hardfork: { readonly Osaka: number }
  readonly TestStatus: { readonly Success: string }
  l1SolidityTestRunnerFactory(): object
  l1HardforkToString(hardfork: number): string
}
interface EdrContext {
  registerSolidityTestRunnerFactory(chain: string, factory: object): Promise<void>
  runSolidityTests(
    chain: string,
    artifacts: readonly Artifact[],
    suites: readonly Artifact["id"][],
    settings: object,
    tracing: object,
    onSuite: (result: SuiteResult) => void
  ): Promise<unknown>
}
interface Artifact {
  readonly id: { readonly name: string; readonly solcVersion: string; readonly source: string }
  readonly contract: object
}
interface SuiteResult {
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly reason?: string }[]
}

// Enough for any test, and an end to a loop that a mutant made endless.
const GAS_LIMIT = 2n ** 26n

/**
 * What each test begins with. EDR runs a test that failed again, to say in which line, and keeps the memory of every
 * step: gigabytes, where a test builds long tables. One that asked for the time of the machine it does not run again.
 */
const ASKS_THE_TIME =
  '(bool asked_, ) = 0x7109709ECfa91a80626fF3989D68f67F5b1DD12D.call(abi.encodeWithSignature("unixTime()")); asked_;'

// A process has one.
let shared: EdrContext | undefined

/** Tests of one contract. */
export interface SolidityTester {
  /** Runs the tests with this source in the place of the contract's: those without invariants first. */
  run(source: string): Promise<Answer>
}

/**
 * Loads compiler and test runner.
 * @param root The repository.
 * @param contract Path of the source that varies.
 * @param tests Paths of the test sources.
 */
export async function solidityTester(
  root: string,
  contract: string,
  tests: readonly string[]
): Promise<SolidityTester> {
  const require = createRequire(join(root, "package.json"))
  // Typed by what is declared above.
  const solc = require("solc") as Compiler
  // The very EDR that Hardhat brings.
  const edr = createRequire(require.resolve("hardhat"))("@nomicfoundation/edr") as Edr
  const context = await contextOf(edr)
  const texts = new Map<string, string>()

  const compile = (source: string, optimised: boolean): Compiled => {
    const read = (path: string): string => {
      if (path === contract) return source
      const known = texts.get(path)
      if (known !== undefined) return known
      const file = readFileSync(join(root, path.startsWith("contracts/") ? path : `node_modules/${path}`), "utf8")
      const text = tests.includes(path) ? unrepeatable(file) : file
      texts.set(path, text)
      return text
    }
    const wanted = { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] }
    const input = {
      language: "Solidity",
      sources: Object.fromEntries(tests.map((test) => [test, { content: read(test) }])),
      settings: {
        optimizer: { enabled: optimised, runs: 200 },
        evmVersion: "prague",
        metadata: { appendCBOR: false },
        outputSelection: Object.fromEntries(tests.map((test) => [test, wanted]))
      }
    }
    const load = (path: string): Found => {
      try {
        return { contents: read(path) }
      } catch (error) {
        return { error: String(error) }
      }
    }
    // Its shape is solc's standard JSON.
    return JSON.parse(solc.compile(JSON.stringify(input), { import: load })) as Compiled
  }

  const test = async (
    artifacts: readonly Artifact[],
    suites: readonly Artifact["id"][],
    pattern: object
  ): Promise<readonly string[]> => {
    const failures: string[] = []
    await new Promise<void>((resolve, reject) => {
      let left = suites.length
      const onSuite = ({ testResults }: SuiteResult): void => {
        for (const { name, status, reason } of testResults) {
          if (status !== edr.TestStatus.Success) failures.push(`${name}: ${reason ?? status}`)
        }
        left -= 1
        if (left === 0) resolve()
      }
      const settings = {
        projectRoot: root,
        hardfork: edr.l1HardforkToString(edr.L1Hardfork.Osaka),
        disableBlockGasLimit: true,
        disableTransactionGasCap: true,
        gasLimit: GAS_LIMIT,
        blockTimestamp: 1n,
        // As in hardhat.config.ts.
        fuzz: { seed: "0x6d65736f636f736d", runs: 256 },
        invariant: { runs: 64, depth: 64, failOnRevert: true, shrinkRunLimit: 0 },
        ...pattern
      }
      context
        .runSolidityTests(edr.L1_CHAIN_TYPE, artifacts, suites, settings, { buildInfos: [] }, onSuite)
        .catch(reject)
    })
    return failures
  }

  const answer = async (source: string, optimised: boolean): Promise<Answer> => {
    const { errors = [], contracts = {} } = compile(source, optimised)
    const broken = errors.find(({ severity }) => severity === "error")
    if (broken !== undefined) return { fate: "uncompiled", says: broken.formattedMessage }
    // Handlers of invariants are found by what is known of their code.
    const artifacts: Artifact[] = []
    const suites: Artifact["id"][] = []
    for (const [source, named] of Object.entries(contracts)) {
      for (const [name, { abi, evm }] of Object.entries(named)) {
        if (evm.bytecode.object === "") continue
        const id = { name, solcVersion: "0.8.37", source }
        if (abi.some(isTest)) suites.push(id)
        artifacts.push({
          id,
          contract: {
            abi: JSON.stringify(abi),
            bytecode: `0x${evm.bytecode.object}`,
            linkReferences: {},
            deployedBytecode: `0x${evm.deployedBytecode.object}`,
            deployedLinkReferences: {}
          }
        })
      }
    }
    for (const pattern of [{ excludeTestPattern: "^invariant_" }, { testPattern: "^invariant_" }]) {
      const failures = await test(artifacts, suites, pattern)
      if (failures.length > 0) return { fate: "failed", says: failures.join("\n") }
    }
    return { fate: "passed", says: "" }
  }

  // What is too deep for a stack without the optimiser is compiled with it.
  let optimised = false
  return {
    async run(source) {
      const first = await answer(source, optimised)
      if (first.fate !== "uncompiled" || optimised || !/Stack too deep/i.test(first.says)) return first
      optimised = true
      return answer(source, optimised)
    }
  }
}

async function contextOf(edr: Edr): Promise<EdrContext> {
  if (shared === undefined) {
    shared = new edr.EdrContext()
    await shared.registerSolidityTestRunnerFactory(edr.L1_CHAIN_TYPE, edr.l1SolidityTestRunnerFactory())
  }
  return shared
}

/** The source of tests, each of which is run once. */
function unrepeatable(source: string): string {
  return source.replaceAll(
    /(function (?:test|invariant_)\w*\([^)]*\) external)( pure| view)?( override)? \{/g,
    (_, head: string, _mutability, override: string | undefined) => `${head}${override ?? ""} { ${ASKS_THE_TIME}`
  )
}

function isTest({ type, name = "" }: Contract["abi"][number]): boolean {
  return type === "function" && /^(?:test|invariant)/.test(name)
}
