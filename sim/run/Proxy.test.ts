/** A proxy is seen as what stands behind it, from its deployment on and after a rebuild. */
import { ONE, Scenario, type Step } from "mesocosm"
import { describe, expect, it } from "vitest"
import { driveAsync } from "../chain/Step.ts"
import { open } from "./fixtures/harness.ts"
import { Run } from "./Run.ts"

/** Counter is a test's contract, so it is not in the registry. */
interface Counter {
  readonly address: `0x${string}`
  readonly tx: { add(amount: bigint): never }
  readonly read: { count(): never }
}

const scenario = Scenario.make("proxied", {
  horizon: "2 weeks",
  block: { every: "1 hour" },
  params: {},
  *setup({ deploy, send, at }: Scenario.SetupAt<object>) {
    const behind = yield* (deploy as unknown as (name: string, args: readonly unknown[]) => Step<Counter>)(
      "Counter",
      []
    )
    // The call that sets it up raises the count once.
    const proxy = yield* deploy("ERC1967Proxy", [behind.address, "0xd09de08a"])
    const counter = at("Counter" as never, proxy.address) as unknown as Counter
    yield* send(counter.tx.add(5n))
    return { counter, behind } as never
  },
  populations: () => ({}),
  numeraire: () => ({ name: "USD", ether: 3000n * ONE, tokens: {} }),
  metrics: {
    count: {
      unit: "count",
      every: "1 week",
      sample: ({ world }: { readonly world: never }) => counters(world).counter.read.count()
    },
    behind: {
      unit: "count",
      every: "1 week",
      sample: ({ world }: { readonly world: never }) => counters(world).behind.read.count()
    }
  }
} as never) as unknown as Scenario.Scenario

const counters = (world: never): { readonly counter: Counter; readonly behind: Counter } => world

describe("a proxy", () => {
  it("answers under the names of what stands behind it, and keeps its own state", async () => {
    const options = await open(scenario)
    const run = await driveAsync(Run.begin(options))
    const state = run.save()
    await driveAsync(run.continue())
    expect(run.end().now).toEqual({ count: 6n, behind: 0n })
    const { contract, event } = run.books.recorder.columns("events")
    expect((event ?? []).filter((_, row) => contract?.[row] === "counter")).toContain("Incremented")
    await options.chain.close()
    const again = await open(scenario)
    const resumed = await driveAsync(Run.resume(again, state))
    await driveAsync(resumed.continue())
    expect(resumed.end().digests).toEqual(run.end().digests)
    await again.chain.close()
  })
})
