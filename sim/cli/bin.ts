#!/usr/bin/env node
/** The command of the package. It runs under any Node, so that an old one is told what to do, and not a stack trace. */
import { tooOld } from "./NodeVersion.ts"

const says = tooOld(["mesocosm", ...process.argv.slice(2)].join(" "))

if (says === undefined) await import("./main.ts")
else {
  process.stderr.write(says)
  process.exitCode = 2
}
