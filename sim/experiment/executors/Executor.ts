/** Who makes the runs of an experiment: threads here, or workers elsewhere. The same tasks give the same records. */

import type { ChainKind } from "../../chain/Chain.ts"
import type { ErrorWords } from "../../Errors.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import type { Task } from "../Planning.ts"

/** How a task ended. */
export interface TaskEnd {
  readonly task: Task
  /** Undefined where it could not begin, or whoever ran it was lost. */
  readonly record: RunRecord | undefined
  readonly manifest: Manifest | undefined
  readonly error: ErrorWords | undefined
  /** Who had it, where that is known; feeds no result. */
  readonly worker?: string
}

export interface Batch {
  /** Where the tasks run. */
  readonly chain: ChainKind
  /** Told as each ends, in any order; what it throws ends the batch. */
  readonly onEnd: (end: TaskEnd) => void | Promise<void>
  /** No further task begins once it is aborted. */
  readonly signal?: AbortSignal
}

export interface Executor {
  /** Does every task, each once. */
  execute(tasks: readonly Task[], batch: Batch): Promise<void>
  close(): Promise<void>
}
