/**
 * Tries a function of an action map at set-up, before any agent does. One that reads would ask the chain; one that acts
 * makes an Intent, which is plain data: it is called with stand-ins for its arguments, on a stand-in for the contract. What can be told whatever the arguments are is told
 * then: a function that the contract does not have, a number or kind of arguments that it does not take, an answer that
 * is no Intent. What throws for another reason may do so because of the stand-ins, and is left for when it is used.
 */
import type { AbiCodec } from "../chain/codec/Codec.ts"
import type { FunctionCodec } from "../chain/codec/FunctionCodec.ts"
import { nearest } from "../Nearest.ts"
import { type MappedVerb, SENDER } from "../scenario/Adapter.ts"

/** What is wrong, and what to do. */
interface Misfit {
  readonly says: string
  readonly fix: string
}

/** A call that a stand-in took. */
interface Call {
  readonly fn: string
  readonly args: readonly unknown[]
}

/** Tries a verb's function for each way in which the interface calls the verb; undefined where nothing is wrong. */
export function rehearse(
  { verb, make }: MappedVerb,
  ours: AbiCodec,
  { name, codec: theirs }: { readonly name: string; readonly codec: AbiCodec }
): Misfit | undefined {
  const known = new Map([...theirs.overloads].filter(([, all]) => all.some(({ mutates }) => mutates)))
  for (const overload of ours.overloads.get(verb) ?? []) {
    const given = typesOf(overload).map(standIn)
    if (make === undefined || !overload.mutates || given.includes(undefined)) continue
    const calls = new Map<unknown, Call>()
    const missed: string[] = []
    const acts = new Proxy(
      {},
      {
        get: (_, fn) => {
          const there = known.get(String(fn))
          if (there === undefined) missed.push(String(fn))
          return there === undefined ? undefined : taker(String(fn), calls)
        }
      }
    )
    let made: unknown
    try {
      made = make({ name, address: SENDER, tx: acts, read: {} }, ...given)
    } catch {
      if (missed.length === 0) continue
    }
    const [lacking] = missed
    if (!isIntent(made)) return lacking === undefined ? noIntent(verb) : lacks(name, lacking, [...known.keys()])
    const call = calls.get(made)
    // What it made of another contract is that contract's matter.
    if (call === undefined) continue
    const all = (known.get(call.fn) ?? []).filter(({ mutates }) => mutates)
    if (all.some((each) => takes(typesOf(each), call.args))) continue
    return {
      says: `calls ${name}.${call.fn} with (${call.args.map(kindOf).join(", ")}), which takes ${all.map((each) => `(${typesOf(each).join(", ")})`).join(" or ")}`,
      fix: `Give ${call.fn} what it takes; SENDER stands for the address of whoever will send.`
    }
  }
  return undefined
}

/** A function of the stand-in: it keeps what it was called with. */
function taker(fn: string, calls: Map<unknown, Call>): (...args: readonly unknown[]) => unknown {
  return (...args) => {
    const made = { fn, args }
    calls.set(made, made)
    return made
  }
}

function noIntent(verb: string): Misfit {
  return {
    says: "answers with no Intent",
    fix: `Return what is to be sent: ${verb}: (at, …) => at.tx.…(…), without braces or with return.`
  }
}

function lacks(name: string, fn: string, known: readonly string[]): Misfit {
  const near = nearest(fn, known)
  return {
    says: `calls ${name}.${fn}, which ${name} does not have`,
    fix: near === undefined ? `Call one of ${known.join(", ")}.` : `Did you mean ${near}?`
  }
}

/** The types of a function's parameters; a tuple is one. */
function typesOf({ signature }: FunctionCodec): readonly string[] {
  const types: string[] = []
  let depth = 0
  for (const sign of signature.slice(signature.indexOf("(") + 1, -1)) {
    if (sign === "(") depth++
    if (sign === ")") depth--
    if (sign === "," && depth === 0) types.push("")
    else types.push(`${types.pop() ?? ""}${sign}`)
  }
  return types
}

/** A value of the type; undefined for lists and tuples, of which functions are not tried. */
function standIn(type: string): unknown {
  if (/[[(]/.test(type)) return undefined
  if (/^u?int/.test(type)) return 1n
  if (type === "address") return SENDER
  if (type === "bool") return true
  if (type === "string") return "x"
  const [, bytes] = /^bytes(\d*)$/.exec(type) ?? []
  return bytes === undefined ? undefined : `0x${"01".repeat(Number(bytes || 1))}`
}

/** Whether values of these kinds could be given, whatever they are. */
function takes(types: readonly string[], args: readonly unknown[]): boolean {
  return types.length === args.length && types.every((type, at) => isOf(type, args[at]))
}

function isOf(type: string, value: unknown): boolean {
  if (/[[(]/.test(type)) return typeof value === "object"
  if (/^u?int/.test(type)) return typeof value === "bigint" || typeof value === "number"
  return typeof value === (type === "bool" ? "boolean" : "string")
}

function kindOf(value: unknown): string {
  return value === SENDER ? "SENDER" : typeof value
}

function isIntent(made: unknown): boolean {
  return typeof made === "object" && made !== null && "fn" in made
}
