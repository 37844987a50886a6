/**
 * Transactions per second of whole runs: in a report opened in Chromium, and by `execute` in this Node, in turns.
 * `node sim/browser/bench/page.ts [rounds]`; both are warm after their first round, which is not counted.
 */
import { join } from "node:path"
import { openReport, startBrowser } from "../../../reports/fixtures/Browser.ts"
import { rerunnable } from "../../../reports/fixtures/Folders.ts"
import { ask } from "../../../reports/fixtures/Rerun.ts"
import { writeReport } from "../../../reports/RunReport.ts"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { execute } from "../../experiment/Execute.ts"
import { resolve } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"

const ROOT = join(import.meta.dirname, "../../..")
const rounds = Number(process.argv[2] ?? 3)
const browser = await startBrowser()

for (const id of ["open-pool", "weekly-rewards"]) {
  const file = join(ROOT, `scenarios/${id}.ts`)
  const folder = await rerunnable(file, { seed: 7 })
  await writeReport(folder, { charts: false })
  const { default: scenario } = (await import(file)) as { readonly default: Scenario }
  const { page } = await openReport(browser, join(folder, "report.html"), { scheme: "light", width: 1280 })
  const seconds = { page: 0, node: 0 }
  let transactions = 0
  for (let round = 0; round <= rounds; round++) {
    await ask(page)
    const [sent = 0, inPage = 0] = (await page.evaluate(
      "[...[...document.querySelectorAll('.made tbody tr')].at(-1).children].slice(5, 7).map((cell) => parseFloat(cell.textContent.replaceAll(',', '')))"
    )) as number[]
    const artifacts = ArtifactStore.open(ROOT)
    const { manifest } = await execute({ scenario, resolved: resolve(scenario, { seed: 7 }), chain: "revm", artifacts })
    if (sent !== manifest.counts.transactions) throw new Error(`${sent} transactions in the page`)
    if (round === 0) continue
    transactions += sent
    seconds.page += inPage
    seconds.node += manifest.host.seconds
  }
  await page.close()
  const rate = (took: number): string => Math.round(transactions / took).toLocaleString("en")
  console.log(
    `${id}: Chromium ${rate(seconds.page)}, Node ${rate(seconds.node)} transactions/s; ratio ${(seconds.node / seconds.page).toFixed(2)} over ${rounds} rounds`
  )
}
await browser.close()
