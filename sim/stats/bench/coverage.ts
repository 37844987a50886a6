/**
 * Prints how often intervals cover the truth, how often they raise false alarms, and how often they are labelled
 * approximate: `node sim/stats/bench/coverage.ts [experiments]`, 20,000 a cell when not told otherwise. Then the false
 * alarms of stopping early.
 */
import { cellHeading, cellLine, distributions, measureCell } from "../fixtures/CoverageStudy.ts"
import { falseAlarms } from "../fixtures/SequentialStudy.ts"
import { sequentialPlan } from "../Sequential.ts"

const experiments = Number(process.argv[2] ?? 20_000)
console.log(`${experiments} experiments a cell\n\n${cellHeading}`)
for (const distribution of distributions) {
  for (const n of [10, 30, 100]) {
    for (const row of measureCell(distribution, n, { experiments })) console.log(cellLine(row))
  }
}
console.log("\n| arms without effect | up to | false alarms |\n| --- | --- | --- |")
for (const arms of ["normal", "lognormal", "Bernoulli", "rare Bernoulli"] as const) {
  for (const maxSeeds of [100, 1_000]) {
    const share = falseAlarms(sequentialPlan({ maxSeeds }), arms, { experiments })
    console.log(`| ${arms} | ${maxSeeds} | ${(100 * share).toFixed(2)} % |`)
  }
}
