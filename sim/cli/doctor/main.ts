/** `doctor [--json]`: exits with 0 when everything that a run needs is there, 1 when not, 2 on misuse. */
import { doctor, render } from "./Doctor.ts"

const args = process.argv.slice(2)
if (args.some((arg) => arg !== "--json")) {
  const asked = args.includes("--help") || args.includes("-h")
  console[asked ? "log" : "error"]("usage: mesocosm doctor [--json]\nLooks whether what mesocosm needs is there.")
  process.exitCode = asked ? 0 : 2
} else {
  const report = await doctor()
  console.log(args.length > 0 ? JSON.stringify(report, null, 2) : render(report))
  process.exitCode = report.ok ? 0 : 1
}
