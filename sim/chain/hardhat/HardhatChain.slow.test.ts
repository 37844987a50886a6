import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { address, at, RECORDER, take, tx } from "../Chain.laws.ts"
import { HardhatChain } from "./HardhatChain.ts"

describe("HardhatChain", () => {
  it("tells the same story in two processes, block hashes included", { timeout: 60_000 }, async () => {
    const tell = async () => {
      const story = `${import.meta.dirname}/fixtures/story.ts`
      return (await promisify(execFile)(process.execPath, [story])).stdout
    }
    const [one, two] = [await tell(), await tell()]
    expect(two).toBe(one)
    const { all } = JSON.parse(one)
    expect(all.length).toBe(5)
    // The hash is there, and another in each block.
    expect(new Set(all.map((receipts: { logs: { data: string }[] }[]) => receipts[0]?.logs[0]?.data)).size).toBe(5)
    expect(all[4][2].revert).toBe(all[4][0].logs[0].data)
  })

  it("frees a chain that is closed", { timeout: 120_000 }, async () => {
    const rss: number[] = []
    for (let i = 0; i < 30; i++) {
      const chain = await HardhatChain.open({ hardfork: "osaka" })
      const accounts = Array.from({ length: 1000 }, (_, n) => address(1000 + n))
      await take(chain.fund(accounts, 10n ** 18n))
      await take(chain.place(address(50), RECORDER))
      // Each snapshot copies the funded accounts: some 20 MB a chain, 600 MB if none were freed.
      for (let number = 1; number <= 20; number++) {
        await take(chain.snapshot())
        const transactions = accounts.slice(0, 50).map((from) => tx(from, number - 1, { to: address(50) }))
        await take(chain.block(at(number), transactions))
      }
      await chain.close()
      rss.push(process.memoryUsage().rss)
    }
    const peak = (from: number, to: number) => Math.max(...rss.slice(from, to))
    expect(peak(20, 30) - peak(0, 10)).toBeLessThan(150e6)
  })
})
