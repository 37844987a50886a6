/** Finds known answers, by id or by the number that it begins with: `o26` is every file `o26-….ts`. */
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import type { KnownAnswer } from "../scenario/KnownAnswer.ts"
import { type Entry, entriesIn, loadAs } from "./Catalogue.ts"
import { command } from "./Checkout.ts"
import { EXIT } from "./Failure.ts"
import { print, printJson, table } from "./Text.ts"

const FOLDER = "scenarios/known-answers"

/**
 * The known answers that the words name, each once, in order of their ids; all without words.
 * @throws ScenarioError UnknownAnswer (with the nearest id), MalformedDeclaration when a file cannot be loaded.
 */
export async function findKnownAnswers(named: readonly string[]): Promise<readonly KnownAnswer[]> {
  const entries = entriesIn(FOLDER)
  for (const word of named) {
    if (!entries.some((entry) => isNamed(entry, word))) throw unknown(word, entries)
  }
  const wanted = entries.filter((entry) => named.length === 0 || named.some((word) => isNamed(entry, word)))
  const found: KnownAnswer[] = []
  for (const entry of wanted) {
    found.push(await loadAs(entry, { thing: "known answer", maker: "KnownAnswer.make", is: isKnownAnswer }))
  }
  return found
}

/** Prints what is known, without measuring it. @returns the exit code. */
export async function listKnownAnswers({ json }: { readonly json: boolean }): Promise<number> {
  const answers = await findKnownAnswers([])
  if (json) {
    const said = ({ id, claim, setting, source, slow, replications }: KnownAnswer): object => ({
      id,
      claim,
      setting,
      source,
      slow,
      replications
    })
    printJson({ knownAnswers: answers.map(said) })
  } else {
    print(table([["known answer", "claim"], ...answers.map(({ id, claim }) => [id, claim])], [], 0))
    print(`\nMeasure them: ${command("validate")}\n`)
  }
  return EXIT.ok
}

function isNamed({ id }: Entry, word: string): boolean {
  const name = word.toLowerCase()
  return id === name || id.startsWith(`${name}-`)
}

function isKnownAnswer(value: unknown): value is KnownAnswer {
  return typeof value === "object" && value !== null && "expected" in value && "tolerance" in value && "id" in value
}

function unknown(word: string, entries: readonly Entry[]): ScenarioError {
  const ids = entries.map(({ id }) => id)
  const near = nearest(word, ids)
  return new ScenarioError({
    reason: "UnknownAnswer",
    message: `there is no known answer "${word}"`,
    fix: `${near === undefined ? "" : `Did you mean ${near}? `}The known answers are ${ids.join(", ")}.`,
    offending: { name: "known answer", value: word }
  })
}
