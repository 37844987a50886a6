import { expect, it } from "vitest"
import openPool from "../../scenarios/open-pool.ts"
import weeklyRewards from "../../scenarios/weekly-rewards.ts"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import { loadModule } from "../chain/revm/loadModule.ts"
import { neededArtifacts } from "./Needed.ts"

const store = ArtifactStore.open(new URL("../..", import.meta.url).pathname)
const artifacts = (name: string) => store.get(name)

it("finds the contracts of every arm and choice, and no other", () => {
  const module = loadModule()
  expect(Object.keys(neededArtifacts(openPool, { module, artifacts }))).toEqual([
    "DataToken",
    "IERC20",
    "IRewardPool",
    "IStakeVault",
    "RewardPool",
    "StakeVault"
  ])
  const names = Object.keys(neededArtifacts(weeklyRewards, { module, artifacts }))
  // The pair is a choice: no arm sets it.
  expect(names).toEqual(expect.arrayContaining(["ConstantProductPair", "UniswapV2Pair", "UniswapV2Factory"]))
  expect(names).not.toContain("RewardPool")
})

it("keeps of an artifact what a run needs", () => {
  const [first] = Object.values(neededArtifacts(openPool, { module: loadModule(), artifacts }))
  expect(Object.keys(first ?? {})).toEqual(["name", "abi", "bytecode"])
})
