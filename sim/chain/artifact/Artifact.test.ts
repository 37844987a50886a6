import { createRequire } from "node:module"
import { keccak256 as viemKeccak } from "viem"
import { describe, expect, it } from "vitest"
import { ChainError } from "../../Errors.ts"
import type { Address } from "../Contracts.ts"
import { type Artifact, bytecodeHash, link, parseArtifact, requireBytecode, unlinkedLibraries } from "./Artifact.ts"

const require = createRequire(import.meta.url)
/** As Hardhat 2 wrote it, and OpenZeppelin published it. */
const hardhat = require("@openzeppelin/contracts/build/contracts/VestingWallet.json")
/** As Waffle wrote it, and Uniswap published it: no name, no 0x. */
const waffle = require("@uniswap/v2-core/build/UniswapV2Pair.json")

function caught(body: () => unknown): ChainError {
  try {
    body()
  } catch (error) {
    if (error instanceof ChainError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

describe("the shapes that tools write", () => {
  const expected: Artifact = {
    name: "VestingWallet",
    source: "contracts/finance/VestingWallet.sol",
    abi: hardhat.abi,
    bytecode: hardhat.bytecode,
    deployedBytecode: hardhat.deployedBytecode,
    linkReferences: {}
  }
  const settings = { compilationTarget: { "contracts/finance/VestingWallet.sol": "VestingWallet" } }
  const forge = {
    abi: hardhat.abi,
    bytecode: { object: hardhat.bytecode, sourceMap: "", linkReferences: {} },
    deployedBytecode: { object: hardhat.deployedBytecode, sourceMap: "", linkReferences: {} },
    methodIdentifiers: {}
  }

  it("Hardhat 2", () => expect(parseArtifact(hardhat, "x")).toEqual(expected))

  it("Hardhat 3", () => {
    const json = {
      ...hardhat,
      _format: "hh3-artifact-1",
      immutableReferences: {},
      inputSourceName: `project/${hardhat.sourceName}`,
      buildInfoId: "solc-0_8_37-0"
    }
    expect(parseArtifact(json, "x")).toEqual(expected)
  })

  it("Foundry, with metadata as an object, as text, or none", () => {
    expect(parseArtifact({ ...forge, metadata: { settings } }, "x")).toEqual(expected)
    expect(parseArtifact({ ...forge, metadata: JSON.stringify({ settings }) }, "x")).toEqual(expected)
    const from = "out/VestingWallet.sol/VestingWallet.json"
    expect(parseArtifact({ ...forge, metadata: "" }, from)).toEqual({ ...expected, source: from })
  })

  it("Truffle", () => {
    const { abi, bytecode, deployedBytecode } = hardhat
    const json = {
      contractName: "VestingWallet",
      abi,
      bytecode,
      deployedBytecode,
      sourcePath: "/contracts/V.sol",
      metadata: "{}",
      networks: {}
    }
    expect(parseArtifact(json, "x")).toEqual({ ...expected, source: "/contracts/V.sol" })
  })

  it("Waffle", () => {
    const pair = parseArtifact(waffle, "build/UniswapV2Pair.json")
    expect([pair.name, pair.bytecode, pair.abi]).toEqual(["UniswapV2Pair", `0x${waffle.bytecode}`, waffle.abi])
    expect(pair.deployedBytecode).toBe(`0x${waffle.evm.deployedBytecode.object}`)
    expect(requireBytecode(pair)).toBe(pair.bytecode)
  })

  it("refuses what none of them writes", () => {
    const wrong = [
      null,
      [],
      "text",
      {},
      { abi: {} },
      { abi: [{ type: "function" }] },
      { abi: [null] },
      { abi: [], metadata: "{" }
    ]
    for (const json of [...wrong, { abi: [], linkReferences: { a: { b: [{ start: 1 }] } } }]) {
      expect(caught(() => parseArtifact(json, "x.json")).reason).toBe("MalformedArtifact")
    }
  })

  it("has a hash of its bytecode as viem computes it", () => {
    expect(bytecodeHash(expected)).toBe(viemKeccak(expected.bytecode))
  })

  it("has no bytecode for an interface, and says so", () => {
    const json = require("@openzeppelin/contracts/build/contracts/IERC20.json")
    const error = caught(() => requireBytecode(parseArtifact(json, "x")))
    expect([error.reason, error.offending?.value]).toEqual(["NoBytecode", "IERC20"])
  })

  it("refuses bytecode that is not hexadecimal", () => {
    expect(caught(() => requireBytecode({ ...expected, bytecode: "0x6" })).reason).toBe("MalformedArtifact")
    expect(caught(() => requireBytecode({ ...expected, bytecode: "0xzz" })).reason).toBe("MalformedArtifact")
  })
})

describe("libraries", () => {
  const content = `pragma solidity ^0.8.0;
    library Near { function one() external pure returns (uint256) { return 1; } }
    library Far { function two() external pure returns (uint256) { return 2; } }
    contract Both { function f() external pure returns (uint256) { return Near.one() + Far.two() + Near.one(); } }`
  const near: Address = `0x${"1a".repeat(20)}`
  const far: Address = `0x${"2b".repeat(20)}`

  /** What the real compiler makes of the source, with or without the libraries' addresses. */
  function compiled(libraries: object): { readonly object: string; readonly linkReferences: object } {
    const input = {
      language: "Solidity",
      sources: { "a/Both.sol": { content } },
      // The hash of the metadata would differ, since it covers the addresses.
      settings: {
        libraries,
        metadata: { bytecodeHash: "none" },
        outputSelection: { "*": { "*": ["evm.bytecode", "abi"] } }
      }
    }
    return JSON.parse(require("solc").compile(JSON.stringify(input))).contracts["a/Both.sol"].Both.evm.bytecode
  }
  const open = compiled({})
  const closed = `0x${compiled({ "a/Both.sol": { Near: near, Far: far } }).object}`
  const artifact = parseArtifact(
    { contractName: "Both", abi: [], bytecode: open.object, linkReferences: open.linkReferences },
    "x"
  )

  it("are named until they are linked", () => {
    const error = caught(() => requireBytecode(artifact))
    expect([error.reason, error.offending?.value]).toEqual(["MalformedArtifact", "Far, Near"])
    expect(unlinkedLibraries(link(artifact, { Near: near }))).toEqual(["Far"])
    expect(bytecodeHash(artifact)).not.toBe(bytecodeHash(link(artifact, { Near: near })))
  })

  it("are linked as the compiler links them", () => {
    expect(requireBytecode(link(artifact, { Near: near, Far: far }))).toBe(closed)
    expect(requireBytecode(link(link(artifact, { "a/Both.sol:Far": far }), { Near: near }))).toBe(closed)
  })

  it("are linked by their placeholders where the file lists no places", () => {
    const bare = { ...artifact, linkReferences: {} }
    expect(unlinkedLibraries(bare).length).toBe(2)
    expect(requireBytecode(link(bare, { "a/Both.sol:Near": near, "a/Both.sol:Far": far }))).toBe(closed)
    // Truffle writes names, filled up with underscores.
    const truffle: Artifact = { ...bare, bytecode: `0x6000${"__Near".padEnd(40, "_")}5000` }
    expect(caught(() => requireBytecode(truffle)).offending?.value).toBe("Near")
    expect(requireBytecode(link(truffle, { Near: near }))).toBe(`0x6000${near.slice(2)}5000`)
  })

  it("are refused when nothing needs them, or the address is none", () => {
    expect(caught(() => link(artifact, { Nowhere: near })).reason).toBe("MalformedArtifact")
    expect(caught(() => link(artifact, { Near: "0x12" })).reason).toBe("MalformedArguments")
  })
})
