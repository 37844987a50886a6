/** What the reader asks for: arm, seeds, and what was moved. */
import { visible } from "../../format/Visible.ts"
import { grouped } from "../../sections/Params.ts"
import { MOST_SEEDS, PLACES } from "../Places.ts"
import { declaredIn, type RerunFacts } from "../Rerun.ts"
import { positionOf, slidOf, textAt } from "../Scale.ts"
import { byId } from "./Element.ts"

/** What is asked for. */
export interface Question {
  readonly arm: string
  readonly seeds: readonly number[]
  /** Param to value, of those that were moved away from the arm. */
  readonly moved: { readonly [param: string]: string }
}

type Param = RerunFacts["params"][number]

interface Knob {
  readonly param: Param
  readonly field: HTMLInputElement | HTMLSelectElement
  readonly slider: HTMLInputElement | null
  readonly was: HTMLElement | null
}

export class Form {
  readonly #facts: RerunFacts
  readonly #form: HTMLFormElement
  readonly #knobs: readonly Knob[]
  readonly #onChange: () => void

  constructor(facts: RerunFacts, { onChange, onAsk }: { readonly onChange: () => void; readonly onAsk: () => void }) {
    this.#facts = facts
    this.#onChange = onChange
    this.#form = byId(PLACES.form, HTMLFormElement)
    this.#knobs = [...this.#form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-param]")].flatMap(
      (field) => {
        const at = Number(field.dataset["param"])
        const param = facts.params[at]
        if (param === undefined) return []
        const slider = this.#form.querySelector<HTMLInputElement>(`[data-slides="${at}"]`)
        return [{ param, field, slider, was: field.parentElement?.querySelector<HTMLElement>("[data-was]") ?? null }]
      }
    )
    for (const knob of this.#knobs) this.#wire(knob)
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault()
      onAsk()
    })
    this.#form.addEventListener("reset", () => setTimeout(() => this.#toArm()))
    this.#form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement && target.name === "arm") this.#toArm()
      else this.#onChange()
    })
    this.#form.addEventListener("input", () => this.#onChange())
    this.#form.hidden = false
    this.#toArm()
  }

  /** What is asked for now; undefined while a seed is none. */
  question(): Question | undefined {
    const first = Number(this.#named("seed").value)
    const many = Number(this.#named("seeds").value)
    const seeds = Array.from({ length: many > 0 && many <= MOST_SEEDS ? many : 0 }, (_, nth) => first + nth)
    if (this.#named("seed").value.trim() === "" || seeds.length === 0 || !seeds.every(Number.isSafeInteger))
      return undefined
    const arm = this.#arm()
    const moved: { [param: string]: string } = {}
    for (const { param, field } of this.#knobs) {
      const value = read(field, param)
      if (value !== declaredIn(this.#facts, arm, param.name)) moved[param.name] = value
    }
    return { arm, seeds, moved }
  }

  /** Whether it can be asked now. */
  set busy(busy: boolean) {
    byId(PLACES.go, HTMLButtonElement).disabled = busy
    byId(PLACES.stop, HTMLButtonElement).disabled = !busy
  }

  #wire(knob: Knob): void {
    const { param, field, slider } = knob
    const slid = slidOf(param)
    field.addEventListener("input", () => {
      if (slider !== null && slid !== undefined) slider.value = String(positionOf(slid, field.value))
      this.#tell(knob)
    })
    slider?.addEventListener("input", () => {
      if (slid !== undefined) field.value = textAt(slid, Number(slider.value))
      this.#tell(knob)
    })
  }

  /** Puts every knob where the arm has it. */
  #toArm(): void {
    const arm = this.#arm()
    for (const knob of this.#knobs) {
      const { param, field, slider } = knob
      const value = declaredIn(this.#facts, arm, param.name)
      const slid = slidOf(param)
      field.value = field instanceof HTMLSelectElement ? String(param.domain?.indexOf(value) ?? 0) : value
      if (slider !== null && slid !== undefined) slider.value = String(positionOf(slid, value))
      this.#tell(knob)
    }
    this.#onChange()
  }

  #tell({ param, field, slider, was }: Knob): void {
    const value = read(field, param)
    const declared = declaredIn(this.#facts, this.#arm(), param.name)
    slider?.setAttribute("aria-valuetext", visible(value))
    field.parentElement?.classList.toggle("moved", value !== declared)
    if (was === null) return
    const ends = param.unit === "choice" ? "" : `${(param.domain ?? []).map(grouped).join(" to ")}`
    was.textContent = visible(value === declared ? ends : `moved; the arm has ${grouped(declared)}`)
  }

  #arm(): string {
    return Object.keys(this.#facts.arms)[Number(this.#named("arm").value)] ?? "baseline"
  }

  #named(name: string): HTMLInputElement | HTMLSelectElement {
    // RerunSection.ts wrote the form.
    return this.#form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement
  }
}

function read(field: HTMLInputElement | HTMLSelectElement, param: Param): string {
  return field instanceof HTMLSelectElement ? (param.domain?.[Number(field.value)] ?? "") : field.value.trim()
}
