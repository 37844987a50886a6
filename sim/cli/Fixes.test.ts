/** What a fix says to do works, and what can be known before any run is told before it. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import type { ErrorDocument } from "./Failure.ts"
import { said } from "./fixtures/InProcess.ts"
import { mayWrite } from "./MayWrite.ts"

const folder = mkdtempSync(join(tmpdir(), "mesocosm-fixes-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("a refusal", () => {
  it.each([
    ["compare open-pool --set cost=1.0USD", "cost", /--set "cost=\d(\.\d+)?"\.$/],
    ["compare open-pool --arms baseline,honest --report /proc/x/y.html", "--report", /with --report\.$/],
    ["baseline open-pool --arms honest --file /proc/x.json", "--file", /with --file\.$/],
    [
      "check open-pool --file sim/experiment/gate/fixtures/meadow/baselines/meadow.json --junit /proc/x",
      "--junit",
      /with --junit\.$/
    ],
    [
      "check open-pool --file sim/experiment/gate/fixtures/meadow/baselines/meadow.json --markdown /proc/y",
      "--markdown",
      /with --markdown\.$/
    ],
    ["serve --port abc", "--port", /--port 8080/],
    ["compare open-pool --arms honest --seed 9007199254740990 --seeds 4", "--seed", /at most 9007199254740988/]
  ] as const)("%s", async (line, offending, fix) => {
    const { code, stdout } = await said(...line.split(" "), "--json")
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect([code, error.offending?.name]).toEqual([2, offending])
    expect(error.fix).toMatch(fix)
  })

  it("of a file that is a folder comes first too; what may be written is left as it is", async () => {
    mkdirSync(join(folder, "x.html"))
    await expect(mayWrite(join(folder, "x.html"), "--report")).rejects.toMatchObject({ reason: "Unwritable" })
    expect(await mayWrite(join(folder, "new/y.html"), "--report")).toBeUndefined()
  })
})
