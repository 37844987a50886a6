/** `mesocosm worker`, from its words to an exit code. */
import { availableParallelism } from "node:os"
import { pathToFileURL } from "node:url"
import { masked } from "../../experiment/executors/Fleet.ts"
import { serve } from "../../experiment/executors/QueueWorker.ts"
import { findEntry } from "../Catalogue.ts"
import { PROJECT } from "../Checkout.ts"
import { EXIT } from "../Failure.ts"
import { plural, printJson } from "../Text.ts"
import { readCount } from "./Asked.ts"
import { codeOf } from "./CodeOf.ts"

/** Serves until Ctrl-C. @returns the exit code. @throws ScenarioError Usage, Unreachable, OtherCode. */
export async function work(asked: {
  readonly queue: string
  readonly workers: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}): Promise<number> {
  const { queue: address, quiet, signal } = asked
  const workers = asked.workers === undefined ? availableParallelism() : readCount("--workers", asked.workers, 1, 256)
  const say = (text: string): void => {
    if (!quiet) process.stderr.write(`${text}\n`)
  }
  const codes = new Map<string, Promise<string>>()
  const made = await serve({
    address,
    workers,
    chain: "revm",
    root: PROJECT,
    preload: new URL("../Preload.ts", import.meta.url).href,
    find: async (named) => {
      const entry = findEntry(named)
      // As it was when it was first asked for: that is what the threads have loaded.
      const code = codes.get(entry.file) ?? codeOf(entry)
      codes.set(entry.file, code)
      return { file: pathToFileURL(entry.file).href, fingerprint: await code }
    },
    onReady: () => say(`serving ${masked(address)} with ${plural(workers, "thread")}; Ctrl-C ends it`),
    onRun: ({ arm, seed, status }) => say(`arm ${arm}, seed ${seed}: ${status}`),
    signal
  })
  if (asked.json) printJson({ queue: masked(address), made })
  else say(`${plural(made, "run")} made`)
  return EXIT.ok
}
