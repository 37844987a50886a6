/**
 * The ABI as compilers write it (JSON), and its canonical signatures.
 * Source: Solidity documentation, "Contract ABI Specification", section "JSON".
 */

/** A parameter of a function, event, error or constructor, or a member of a struct. */
export interface AbiParameter {
  /** Empty or absent when it has none. */
  readonly name?: string
  /** `uint256`, `address[]`, `tuple[2]`, … */
  readonly type: string
  readonly internalType?: string
  /** The members, where `type` begins with `tuple`. */
  readonly components?: readonly AbiParameter[]
  /** In events: the value stands in a topic instead of in the data. */
  readonly indexed?: boolean
}

export type StateMutability = "pure" | "view" | "nonpayable" | "payable"

export interface AbiFunction {
  readonly type: "function"
  readonly name: string
  readonly inputs: readonly AbiParameter[]
  readonly outputs?: readonly AbiParameter[]
  readonly stateMutability?: StateMutability
  /** What compilers before Solidity 0.6 wrote beside or instead of `stateMutability`. */
  readonly constant?: boolean
  /** What compilers before Solidity 0.6 wrote beside or instead of `stateMutability`. */
  readonly payable?: boolean
}

export interface AbiEvent {
  readonly type: "event"
  readonly name: string
  readonly inputs: readonly AbiParameter[]
  readonly anonymous?: boolean
}

export interface AbiError {
  readonly type: "error"
  readonly name: string
  readonly inputs: readonly AbiParameter[]
}

export interface AbiConstructor {
  readonly type: "constructor"
  readonly inputs?: readonly AbiParameter[]
  readonly stateMutability?: StateMutability
  readonly payable?: boolean
}

/** `fallback` and `receive`: nothing to encode. */
export interface AbiEntry {
  readonly type: "fallback" | "receive"
  readonly stateMutability?: StateMutability
  readonly payable?: boolean
}

export type AbiItem = AbiFunction | AbiEvent | AbiError | AbiConstructor | AbiEntry

export type Abi = readonly AbiItem[]

/** The type of a parameter as signatures write it: tuples as `(…)`, `uint` as `uint256`. */
export function canonicalType(parameter: AbiParameter): string {
  const { type } = parameter
  if (type.startsWith("tuple")) return `(${(parameter.components ?? []).map(canonicalType).join(",")})${type.slice(5)}`
  return type.replace(/^(u?int)(?!\d)/, "$1256")
}

/** The canonical signature, `transfer(address,uint256)`: what selectors and topics are hashes of. */
export function signature(item: AbiFunction | AbiEvent | AbiError | AbiConstructor): string {
  const name = item.type === "constructor" ? "constructor" : item.name
  return `${name}(${(item.inputs ?? []).map(canonicalType).join(",")})`
}

/** Whether a call changes state, and so is an Intent; `view` and `pure` functions are reads. */
export function mutates(item: AbiFunction): boolean {
  if (item.stateMutability !== undefined) return item.stateMutability !== "view" && item.stateMutability !== "pure"
  return item.constant !== true
}

/**
 * Whether a function can be called from outside. Libraries list functions that take storage pointers or
 * types by their Solidity names; those can only be linked.
 */
export function callable(item: AbiFunction): boolean {
  return [...item.inputs, ...(item.outputs ?? [])].every(({ type }) => !/ storage$|\./.test(type))
}

/** Whether a call may send native value along. */
export function payable(item: AbiFunction | AbiConstructor): boolean {
  return item.stateMutability === undefined ? item.payable === true : item.stateMutability === "payable"
}

/**
 * Whether a tuple of these is an object keyed by their names (viem's convention): all are named,
 * no name twice, and none that an object takes for its prototype. Else it is an array.
 */
export function named(parameters: readonly AbiParameter[]): boolean {
  const names = new Set(parameters.map((parameter) => parameter.name ?? ""))
  return parameters.length > 0 && names.size === parameters.length && !names.has("") && !names.has("__proto__")
}

/** A key for each parameter, none twice: its name, else `arg0`, `arg1`, … by position. */
export function fieldNames(parameters: readonly AbiParameter[]): readonly string[] {
  const taken = new Set(parameters.map((parameter) => parameter.name ?? ""))
  const used = new Set<string>(["__proto__"])
  return parameters.map((parameter, index) => {
    let key = parameter.name ?? ""
    if (key === "") {
      key = `arg${index}`
      while (taken.has(key)) key += "_"
    }
    while (used.has(key)) key += "_"
    used.add(key)
    return key
  })
}
