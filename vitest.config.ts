import { defineConfig } from "vitest/config"

/**
 * Slow tests run only when asked for: MESOCOSM_SLOW=1, which `./mesocosm test --slow` sets.
 *
 * Test files run in processes, not threads: EDR is a native module that holds a runtime of its own, and a
 * process per file lets it go with the file. "mesocosm" resolves by package self-reference, without an alias.
 */
const slow = process.env["MESOCOSM_SLOW"] === "1"

export default defineConfig({
  test: {
    include: ["{sim,agents,scenarios,reports,contracts,notebooks}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/fixtures/**", ...(slow ? [] : ["**/*.slow.test.ts"])],
    pool: "forks",
    testTimeout: slow ? 300_000 : 30_000,
    hookTimeout: 60_000
  }
})
