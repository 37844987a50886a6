/** `test [--slow] [--only <suite>] [--json] [filter…]`: runs the suites and exits with 1 if a check failed, 2 on misuse. */
import { parseArgs } from "node:util"
import { MesocosmError } from "../../Errors.ts"
import { suites } from "./Suites.ts"
import { renderEnd, renderSuite, testSuite } from "./TestSuite.ts"

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { slow: { type: "boolean" }, only: { type: "string" }, json: { type: "boolean" } }
})

try {
  const report = await testSuite(suites, {
    slow: values.slow ?? false,
    ...(values.only === undefined ? {} : { only: values.only }),
    filters: positionals,
    failOnSkip: process.env["MESOCOSM_FAIL_ON_SKIP"] === "1",
    ...(values.json ? {} : { onSuite: (result) => console.log(renderSuite(result)) })
  })
  console.log(values.json ? JSON.stringify(report, null, 2) : renderEnd(report))
  process.exitCode = report.ok ? 0 : 1
} catch (error) {
  if (!(error instanceof MesocosmError)) throw error
  console.error(`${error.message}\nfix: ${error.fix}`)
  process.exitCode = 2
}
