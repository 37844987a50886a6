/** What a run threw, on its way from a thread to whoever asked: an error itself loses its class and members there. */
import {
  AgentError,
  ChainError,
  type Description,
  type ErrorWords,
  errorWords,
  MesocosmError,
  type Offending,
  ReportError,
  ScenarioError
} from "../../Errors.ts"

/** An error as plain data, with all that a person is told of it. */
export interface Thrown extends ErrorWords {
  readonly offending?: Offending
  /** Of a mistake of ours. */
  readonly stack?: string
}

/** The error as plain data. */
export function thrown(error: unknown): Thrown {
  const words = errorWords(error)
  if (error instanceof MesocosmError) {
    return error.offending === undefined ? words : { ...words, offending: error.offending }
  }
  return error instanceof Error && error.stack !== undefined ? { ...words, stack: error.stack } : words
}

/** The error again. */
export function asError({ tag, reason, message, fix, offending, stack }: Thrown): Error {
  // The reason is one that an error of this tag was made with.
  const of = { reason, message, fix, ...(offending === undefined ? {} : { offending }) } as Description<never>
  if (tag === "ScenarioError") return new ScenarioError(of)
  if (tag === "ChainError") return new ChainError(of)
  if (tag === "AgentError") return new AgentError(of)
  if (tag === "ReportError") return new ReportError(of)
  const bug = new Error(message)
  bug.name = reason
  if (stack !== undefined) bug.stack = stack
  return bug
}
