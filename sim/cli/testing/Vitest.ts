/** Runs the TypeScript tests, and counts them from Vitest's JSON. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { type Asked, type Outcome, type Ran, runScript } from "./Suite.ts"

/** What is read of Vitest's JSON report, which follows Jest's. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: "passed" | "failed"
    readonly message?: string
    readonly assertionResults: readonly {
      readonly status: "passed" | "failed" | "skipped" | "pending" | "todo" | "disabled"
      readonly fullName: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

/** Runs the tests below `root`; with `filters`, those files whose path contains one of them. */
export async function vitest({ root, slow, filters }: Asked): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "mesocosm-tests-"))
  try {
    const file = join(folder, "report.json")
    const script = join(root, "node_modules/vitest/vitest.mjs")
    // The default reporter says what the JSON leaves out: errors outside of tests, and that no file was found.
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...filters]
    const ran = await runScript(root, script, args, slow ? { MESOCOSM_SLOW: "1" } : {})
    // Vitest wrote it; where it did not, what it said is all there is.
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : { testResults: [] }
    return count(root, report, ran)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Invariant: a run that Vitest calls failed has at least one failure here, a file that did not load among them. */
function count(root: string, report: Report, ran: Ran): Outcome {
  const failures: string[] = []
  const skipped: { readonly name: string }[] = []
  let passed = 0
  for (const { name, status, message, assertionResults } of report.testResults) {
    const path = relative(root, name)
    const before = failures.length
    for (const test of assertionResults) {
      if (test.status === "passed") passed += 1
      else if (test.status === "failed") {
        failures.push(`${path}\n  ${test.fullName}\n${indent((test.failureMessages ?? []).join("\n"))}`)
      } else skipped.push({ name: `${path}: ${test.fullName}` })
    }
    if (status === "failed" && failures.length === before)
      failures.push(`${path}\n${indent(message ?? "did not load")}`)
  }
  const unexplained = !ran.ok && failures.length === 0
  return {
    passed,
    failed: unexplained ? 1 : failures.length,
    skipped,
    output: unexplained ? ran.output : failures.join("\n\n")
  }
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n")
}
