/**
 * The four public errors. Each carries a `reason` (a tag a program can branch on), the offending
 * value where there is one, and a `fix`: one sentence in the imperative.
 *
 * They are plain classes, so that the rooms that run in a page can throw them too.
 */

/** What was wrong, as written by whoever wrote it. */
export interface Offending {
  /** What the value is called: a Param, a flag, a path. */
  readonly name: string
  readonly value: string
  readonly unit?: string
}

/** How an error is described when it is made. */
export interface Description<Reason extends string> {
  readonly reason: Reason
  /** One sentence that says what is wrong, without the fix. */
  readonly message: string
  /** One sentence in the imperative. */
  readonly fix: string
  readonly offending?: Offending
  readonly cause?: unknown
}

/** Base of the public errors; never made itself. */
export abstract class MesocosmError<Reason extends string = string> extends Error {
  abstract readonly _tag: "ScenarioError" | "ChainError" | "AgentError" | "ReportError"
  readonly reason: Reason
  readonly fix: string
  readonly offending: Offending | undefined

  constructor(description: Description<Reason>) {
    super(description.message, description.cause === undefined ? undefined : { cause: description.cause })
    this.reason = description.reason
    this.fix = description.fix
    this.offending = description.offending
  }
}

export type ScenarioReason =
  | "UnknownScenario"
  | "UnknownArm"
  | "UnknownParam"
  | "UnknownMetric"
  | "OutOfDomain"
  | "WrongUnit"
  | "MalformedSeed"
  | "MalformedDeclaration"
  | "UnknownContract"
  | "WorldLacks"
  | "SetupFailed"
  | "MetricFailed"
  | "CapitalFailed"
  | "UnknownAnswer"
  | "MeasureFailed"
  | "LazyStep"
  | "Unwritable"
  | "AlreadyExists"
  | "Busy"
  | "Unreachable"
  | "OtherCode"
  | "Usage"

/** The declaration, or the way it was asked for, is wrong. Exit code 2. */
export class ScenarioError extends MesocosmError<ScenarioReason> {
  readonly _tag = "ScenarioError"
  override readonly name = "ScenarioError"
}

export type ChainReason =
  | "NoBytecode"
  | "MalformedArtifact"
  | "MalformedAbi"
  | "MalformedArguments"
  | "MalformedData"
  | "CallReverted"
  | "DeployFailed"
  | "Unsupported"
  | "Connection"
  | "Conservation"
  | "Audit"

/** The chain, an artifact, or the audit of what happened on it. Exit code 3 in a run, 2 before one. */
export class ChainError extends MesocosmError<ChainReason> {
  readonly _tag = "ChainError"
  override readonly name = "ChainError"
}

export type AgentReason = "Threw" | "NotItsIdentity" | "MalformedIntent" | "MalformedWake"

/** A behaviour threw, or asked for what it may not have. Exit code 3. */
export class AgentError extends MesocosmError<AgentReason> {
  readonly _tag = "AgentError"
  override readonly name = "AgentError"
}

export type ReportReason =
  | "UnknownRun"
  | "UnknownSubject"
  | "UnreadableRun"
  | "SchemaVersion"
  | "Unwritable"
  | "MalformedChart"
  | "NotComparable"
  | "MalformedQuery"
  | "NotForAPage"
  | "NoBrowser"
  | "PortTaken"
  | "NoFolder"

/** A stored run cannot be read, or a report cannot be made of it. Exit code 2. */
export class ReportError extends MesocosmError<ReportReason> {
  readonly _tag = "ReportError"
  override readonly name = "ReportError"
}

/** An error as a record keeps it. */
export interface ErrorWords {
  readonly tag: string
  readonly reason: string
  readonly message: string
  readonly fix: string
}

/** An error as plain data; one that is none of the four is a mistake of our own, and says so. */
export function errorWords(error: unknown): ErrorWords {
  if (error instanceof MesocosmError) {
    return { tag: error._tag, reason: error.reason, message: error.message, fix: error.fix }
  }
  return {
    tag: "Bug",
    reason: error instanceof Error ? error.name : typeof error,
    message: error instanceof Error ? error.message : String(error),
    fix: "This is a mistake in mesocosm: please report it with the command that shows it."
  }
}
