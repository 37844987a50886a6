/** Brings the section to life: asks, makes the runs, and shows what came of them. */
import type { ErrorWords } from "../../../sim/Errors.ts"
import { count, counted, decimal, listed } from "../../format/Quantity.ts"
import { span } from "../../format/Span.ts"
import { visible } from "../../format/Visible.ts"
import { commandLine } from "../../run/CommandLine.ts"
import { PLACES } from "../Places.ts"
import { besideReference, type RerunFacts } from "../Rerun.ts"
import { Book, type Counted, isEmpty, type Made, type Planned } from "./Book.ts"
import { armEffects, effects, type Sides } from "./Effects.ts"
import { byId, type Child, element, table } from "./Element.ts"
import { Form, type Question } from "./Form.ts"
import { graphs } from "./Graphs.ts"
import { Lab } from "./Lab.ts"
import { readFacts } from "./Payload.ts"
import { verdict } from "./Verdict.ts"

class Page {
  readonly #facts: RerunFacts
  readonly #book: Book
  readonly #lab = new Lab()
  readonly #form: Form
  readonly #plan = byId(PLACES.plan, HTMLElement)
  readonly #command = byId(PLACES.command, HTMLElement)
  readonly #progress = byId(PLACES.progress, HTMLElement)
  readonly #results = byId(PLACES.results, HTMLElement)
  readonly #said = byId(PLACES.said, HTMLElement)
  readonly #charts = element("div", {})
  #stopped = false
  /** Counts drawings, so that one of before gives way. */
  #drawn = 0

  constructor(facts: RerunFacts) {
    this.#facts = facts
    this.#book = new Book(facts)
    this.#form = new Form(facts, { onChange: () => this.#tellPlan(), onAsk: () => void this.#ask() })
    this.#tellPlan()
    byId(PLACES.stop, HTMLButtonElement).addEventListener("click", () => {
      this.#stopped = true
      this.#lab.stop()
    })
  }

  /** Says before anything runs what will. */
  #tellPlan(): void {
    // The form tells while it is being made.
    const question = (this.#form as Form | undefined)?.question()
    this.#plan.textContent = question === undefined ? "Give a seed, and how many in a row." : this.#planWords(question)
    if (question !== undefined) this.#command.textContent = this.#commandOf(question)
  }

  /** The command that makes the first run that is asked for. */
  #commandOf({ arm, seeds: [seed = 1], moved }: Question): string {
    const { scenario, set } = this.#facts
    return visible(commandLine({ scenario, arm, seed, set: { ...set, ...moved } }))
  }

  #planWords(question: Question): string {
    const { arm, seeds, moved } = question
    const known = seeds.filter((seed) => this.#book.publishedOf(arm, seed) !== undefined)
    const names = Object.keys(moved).map((name) => visible(name))
    if (names.length > 0) {
      const extra = this.#book.plan(question).length - seeds.length
      return (
        `Yours, not published: ${names.join(", ")} moved. ` +
        (extra === 0 ? "" : `${counted(extra, "run")} more will be made to compare with. `) +
        (seeds.length === 1 ? "One seed shows what may happen, not what is likely." : "")
      )
    }
    if (known.length === seeds.length) return "As published: the digests will be compared with the published ones."
    return known.length === 0
      ? "Not published: nothing to compare digests with."
      : `Published: ${known.join(", ")}, whose digests will be compared. The other seeds are not.`
  }

  async #ask(): Promise<void> {
    const question = this.#form.question()
    if (question === undefined) return
    this.#stopped = false
    this.#form.busy = true
    this.#said.replaceChildren()
    const plan = this.#book.plan(question)
    const fresh: Made[] = []
    let ending: Node | undefined
    for (const [nth, planned] of plan.entries()) {
      const outcome = await this.#make(planned, `Run ${nth + 1} of ${plan.length}`)
      if (outcome.type === "done") {
        fresh.push(this.#book.add(planned, outcome))
        this.#show(question, fresh)
      }
      if (outcome.type === "failed") ending = trouble(outcome.error)
      else if (this.#stopped) ending = line(`Stopped: ${fresh.length} of ${counted(plan.length, "run")} made.`)
      if (ending !== undefined) break
    }
    this.#progress.replaceChildren()
    this.#said.replaceChildren(ending ?? line(`${counted(plan.length, "run")} made.`))
    this.#form.busy = false
    this.#tellPlan()
    this.#draw(question)
  }

  async #make({ arm, seed, moved }: Planned, nth: string): ReturnType<Lab["run"]> {
    const bar = element("progress", { max: "1", "aria-label": nth })
    const words = element("p", { class: "quiet" }, `${nth}: setting up`)
    this.#progress.replaceChildren(bar, words)
    const set = { ...this.#facts.set, ...moved }
    const which = `${nth}: arm ${visible(arm)}, seed ${seed}${isEmpty(moved) ? "" : ", with what you moved"}`
    return this.#lab.run({ arm, seed, set }, ({ time, horizon, transactions }, seconds) => {
      bar.value = time / horizon
      const rate = seconds < 0.2 ? "" : `, ${count(Math.round(transactions / seconds))} a second`
      words.textContent = `${which}. ${span(time)} of ${span(horizon)}; ${counted(transactions, "transaction")}${rate}`
    })
  }

  /** What is known so far; charts are drawn with the first run of a question, and again when all are made. */
  #show(question: Question, fresh: readonly Made[]): void {
    const own = this.#book.own(question)
    const unmoved = isEmpty(question.moved)
    const first = own.length === 1 && fresh.at(-1) === own[0]
    if (first || own.length === 0) this.#charts.replaceChildren()
    const about =
      own.length === 0
        ? []
        : [
            element("h3", {}, unmoved ? "Seeds that nobody published" : movedWords(question)),
            effects(this.#facts, this.#sides(question)),
            element("p", { class: "note" }, this.#besideWords(question)),
            ...(unmoved ? [] : this.#effectHere(question, own)),
            this.#charts
          ]
    this.#results.replaceChildren(
      ...[...fresh.map(verdict), ...about, this.#list()].flatMap((child) => (child instanceof Node ? [child] : []))
    )
    if (first) this.#draw(question)
  }

  /** What the arm changes against the reference arm, with what was moved and as published. */
  #effectHere(question: Question, own: readonly Made[]): readonly Child[] {
    const { reference } = this.#facts
    const against = this.#book.against(question)
    if (reference === undefined || against.length === 0) return []
    const published = (arm: string): readonly Counted[] => this.#facts.published.filter((each) => each.arm === arm)
    const { arm, moved } = question
    const beside = besideReference(this.#facts, arm, moved) ?? {}
    const alone = Object.keys(moved)
      .filter((param) => !Object.hasOwn(beside, param))
      .map(visible)
    return [
      element("h4", {}, `What ${visible(arm)} changes against ${visible(reference)}`),
      armEffects(this.#facts, {
        here: { before: against, after: own },
        published: { before: published(reference), after: published(arm) }
      }),
      element(
        "p",
        { class: "note" },
        `Yours: ${visible(reference)} and ${visible(arm)} with what you moved${alone.length === 0 ? "" : `, but ${listed(alone)} in ${visible(arm)} alone, which sets ${alone.length === 1 ? "it" : "them"}`}. Mean differences, seed by seed; shown, not judged.`
      )
    ]
  }

  #draw(question: Question): void {
    const sides = this.#sides(question)
    const drawn = ++this.#drawn
    if (sides.own.length > 0) void graphs(this.#charts, this.#facts, sides, () => drawn !== this.#drawn)
  }

  #sides(question: Question): Sides {
    const unmoved = isEmpty(question.moved)
    return {
      own: this.#book.own(question),
      beside: this.#book.beside(question),
      named: { beside: unmoved ? "published" : "as declared", own: unmoved ? "run here" : "yours" }
    }
  }

  #besideWords({ arm, seeds, moved }: Question): string {
    const shown =
      "What is yours has a dotted line under it. It is shown, not judged: a verdict takes an experiment, with enough seeds."
    if (isEmpty(moved)) return `Other seeds are other chance: there is no difference to take. ${shown}`
    const published = seeds.filter((seed) => this.#book.publishedOf(arm, seed) !== undefined).length
    const here = seeds.length - published
    const known = published === 0 ? "" : `${counted(published, "published run")}`
    const made = here === 0 ? "" : `${counted(here, "run")} made here`
    return `As declared: ${[known, made].filter((each) => each !== "").join(" and ")}. Differences are taken seed by seed. ${shown}`
  }

  #list(): Child {
    const rows = this.#book.made.map(({ arm, seed, moved, published, outcome }): readonly Child[] => [
      `${visible(arm)}, seed ${seed}`,
      Object.entries(moved).length === 0
        ? "nothing"
        : Object.entries(moved)
            .map(([name, value]) => visible(`${name}=${value}`))
            .join(", "),
      published === undefined ? element("span", { class: "own" }, "yours") : "published",
      element("code", { title: outcome.digests.economy }, outcome.digests.economy.slice(0, 12)),
      element("code", { title: outcome.digests.trace }, outcome.digests.trace.slice(0, 12)),
      count(outcome.transactions),
      `${decimal(outcome.seconds)} s`,
      element(
        "code",
        {},
        visible(commandLine({ scenario: this.#facts.scenario, arm, seed, set: { ...this.#facts.set, ...moved } }))
      )
    ])
    return element(
      "details",
      { class: "made" },
      element("summary", {}, `${counted(rows.length, "run")} made in this page`),
      table(
        "Runs made in this page",
        ["Run", "Moved", "Whose", "Economy", "Trace", "Transactions", "Took", "From a terminal"],
        rows,
        [5, 6]
      )
    )
  }
}

function movedWords({ moved, arm }: Question): string {
  const said = Object.entries(moved).map(([name, value]) => `${name} = ${value}`)
  return visible(`Arm ${arm} with ${said.join(", ")}`)
}

function line(text: string): Node {
  return element("p", {}, text)
}

function trouble({ tag, reason, message, fix }: ErrorWords): Node {
  return element(
    "div",
    { class: "verdict other" },
    element("p", { dir: "auto" }, element("strong", {}, `${tag} ${reason}`), `: ${visible(message)}`),
    element("p", { dir: "auto" }, element("strong", {}, "What to do: "), visible(fix))
  )
}

if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined") {
  byId(PLACES.results, HTMLElement).textContent = "That takes a browser of 2023 or newer."
} else {
  new Page(readFacts())
}
