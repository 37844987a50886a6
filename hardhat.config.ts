/** Hardhat: how the contracts are compiled and tested. Nothing is downloaded: the compiler is the one that npm installed. */
import { createRequire } from "node:module"
import { defineConfig } from "hardhat/config"

const soljson = createRequire(import.meta.url).resolve("solc/soljson.js")

// Coverage compiles instrumented code. It goes elsewhere, or the next run would deploy it from artifacts/.
const build = process.argv.includes("--coverage")
  ? { artifacts: "./cache/coverage/artifacts", cache: "./cache/coverage" }
  : { artifacts: "./artifacts", cache: "./cache" }

export default defineConfig({
  solidity: {
    version: "0.8.37",
    path: soljson,
    settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: "prague" },
    // Tests compile into cache/, so that artifacts/ holds only what a run may deploy.
    splitTestsCompilation: true
  },
  paths: { sources: "./contracts", ...build },
  test: {
    solidity: {
      // A fixed seed and fixed counts: the same tests, and the same gas, every time.
      fuzz: { seed: "0x6d65736f636f736d", runs: 256 },
      invariant: { runs: 64, depth: 64, failOnRevert: true, failurePersistDir: "./cache/invariant" }
    }
  }
})
