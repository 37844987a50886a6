#!/usr/bin/env node
/** The command of the package. It runs under any Node, so that an old one is told what to do, and not a stack trace. */

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

if (major > 24 || (major === 24 && minor >= 12)) await import("./main.ts")
else {
  process.stderr.write(
    `mesocosm needs Node 24.12 or newer, and this is ${process.version}\n` +
      `fix: npx -y -p node@24 -c "mesocosm ${process.argv.slice(2).join(" ")}"\n`
  )
  process.exitCode = 2
}

export {}
