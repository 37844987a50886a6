/** Ctrl-C before a command says what it does then, or of one that has nothing to finish: a word, and the code of an interruption. */

export const SIGNALS = ["SIGINT", "SIGTERM"] as const

/** Ends the process; `interruptSignal` takes its place. */
export function leave(): void {
  process.stderr.write("\nmesocosm: interrupted\n")
  // `EXIT.interrupted`: this file is loaded before all others, and imports none.
  process.exit(130)
}

/** From now on. */
export function listenEarly(): void {
  for (const signal of SIGNALS) process.on(signal, leave)
}
