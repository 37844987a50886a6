/** What `onSight` is told of agents: what each saw, wanted, got and became. Feeds no digest. */
import type { Intent } from "../chain/Contracts.ts"
import type { Reader } from "../chain/Handle.ts"
import type { AgentState } from "./Agents.ts"
import { toText } from "./Plain.ts"
import { ranOutOfGas } from "./Reverts.ts"
import type { Sight } from "./RunOptions.ts"

export class Sights {
  readonly #onSight: (sight: Sight) => void
  readonly #reader: Reader
  readonly #moment: { readonly time: number }
  /** Of an Intent that names none. */
  readonly #gasLimit: number
  /** The state of the agent at hand before it acted or settled. */
  #before = ""

  constructor(
    onSight: (sight: Sight) => void,
    of: { readonly reader: Reader; readonly moment: { readonly time: number }; readonly gasLimit: number }
  ) {
    this.#onSight = onSight
    this.#reader = of.reader
    this.#moment = of.moment
    this.#gasLimit = of.gasLimit
  }

  /** From now on until `decided`, what is read is what this agent sees. */
  woke(data: AgentState): void {
    this.#before = toText(data.state)
    this.#tell(data, "woke", "", undefined)
    this.#reader.observer = (contract, fn, args, answer) =>
      this.#tell(data, "saw", `${contract}.${fn}`, { args, answer })
  }

  decided(data: AgentState, intents: readonly Intent[]): void {
    this.#reader.observer = undefined
    for (const { contract, fn, args, as } of intents) {
      this.#tell(data, "wanted", `${contract}.${fn}`, { args, as: as ?? data.identities[0] })
    }
    this.#became(data)
  }

  settling(data: AgentState): void {
    this.#before = toText(data.state)
    for (const outcome of data.outcomes) {
      const { intent, status, gasUsed, error, events } = outcome
      const limit = intent.gas ?? this.#gasLimit
      const outOfGas = ranOutOfGas(outcome, limit) ? { outOfGas: limit } : {}
      this.#tell(data, "got", `${intent.contract}.${intent.fn}`, { status, gasUsed, error, ...outOfGas, events })
    }
  }

  settled(data: AgentState): void {
    this.#became(data)
  }

  #became(data: AgentState): void {
    if (toText(data.state) !== this.#before) this.#tell(data, "became", "", data.state)
  }

  #tell({ id }: AgentState, what: Sight["what"], subject: string, detail: unknown): void {
    this.#onSight({ time: this.#moment.time, agent: id, what, subject, detail })
  }
}
