/** `mesocosm build-evm`: the fast chain's WebAssembly, from its Rust source. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { shown } from "../Checkout.ts"
import { attempt, EXIT, end } from "../Failure.ts"
import { number, print, printJson } from "../Text.ts"
import { json, quiet, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  check: switched("check", "Write nothing; end with 1 unless the bytes are those that are committed"),
  toolchain: Flag.Literals("toolchain", ["rustup", "debian"]).pipe(
    Flag.withDescription("Which Rust; rustup's where it is there, else Debian's"),
    Flag.optional
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("Write the bytes there, and leave the committed ones alone"),
    Flag.optional
  ),
  json,
  quiet
}

/** The command. */
export const buildEvm: Leaf<"build-evm"> = Command.make(
  "build-evm",
  parameters,
  Effect.fnUntraced(function* ({ check, toolchain, out, json: asJson, quiet: silent }) {
    const built = yield* attempt(async () => {
      const { buildEvm: build } = await import("../../chain/revm/build.ts")
      return build({
        check,
        ...(Option.isNone(toolchain) ? {} : { toolchain: toolchain.value }),
        ...(Option.isNone(out) ? {} : { out: out.value }),
        ...(silent ? {} : { onWords: (words: string) => process.stderr.write(words) })
      })
    })
    const { title, canonical, size, sha256, same, written } = built
    if (asJson) printJson(built)
    else {
      print(`built with ${title}: ${canonical ? "the canonical toolchain" : "not the canonical toolchain"}\n`)
      print(`${number(size)} bytes, SHA-256 ${sha256}: ${same ? "as committed" : "not as committed"}\n`)
      if (written !== undefined) print(`written: ${shown(written)}\n`)
      if (check && !same) {
        const fix = canonical ? "run it without --check, and commit what it writes" : "check with --toolchain rustup"
        print(`fix: ${fix}\n`)
      }
    }
    return yield* end(check && !same ? EXIT.checkFailed : EXIT.ok)
  })
).pipe(
  Command.withDescription(
    "Builds sim/chain/revm/revm.wasm from its Rust source, and says with which toolchain. The canonical one, rustup's " +
      "Rust 1.95.0, gives the committed bytes on every machine; Debian's packages give others that behave the same."
  ),
  Command.withShortDescription("Build the fast chain from its source"),
  Command.withExamples([
    { command: "mesocosm build-evm", description: "After the crate was changed" },
    { command: "mesocosm build-evm --check", description: "In CI: ends with 1 if the committed bytes are others" },
    {
      command: "mesocosm build-evm --toolchain debian --out /tmp/other.wasm",
      description: "With the second toolchain, beside the committed one"
    }
  ])
)
