/**
 * Hardhat's simulated network in this process, reduced to three verbs: ask one request, ask many in
 * one crossing into native code, close. Hardhat is loaded when the first network is opened, once per
 * process, with a configuration of its own: no hardhat.config file is read and no artifact is looked at.
 *
 * Every failure of a request leaves here as ChainError Connection with the node's message.
 */
import type { EdrNetworkUserConfig } from "hardhat/types/config"
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre"
import type { JsonRpcRequest } from "hardhat/types/providers"
import { ChainError } from "../../Errors.ts"
import type { Hardfork } from "../Chain.ts"
import { CHAIN_ID } from "../Rules.ts"

/** A JSON-RPC method and its parameters. */
export type Request = readonly [method: string, ...params: readonly unknown[]]

/** How a network is opened. */
export interface NetworkOptions {
  readonly hardfork: Hardfork
  /** Most gas a transaction may ask for; `false` lifts the cap; the hardfork's own when absent. */
  readonly transactionGasCap?: number | false
}

/** Gas limit of the genesis block; a scenario's blocks set their own. */
export const GENESIS_GAS_LIMIT = 10_000_000_000

/** The name under which many requests travel as one through Hardhat's request hook. */
const BATCH = "mesocosm_batch"

/** An isolated network. */
export class Network {
  readonly #ask: (method: string, params: readonly unknown[]) => Promise<unknown>
  readonly #close: () => Promise<void>

  private constructor(
    ask: (method: string, params: readonly unknown[]) => Promise<unknown>,
    close: () => Promise<void>
  ) {
    this.#ask = ask
    this.#close = close
  }

  /** Opens an empty network at block 0, timestamp 0. */
  static async open(options: NetworkOptions): Promise<Network> {
    const hre = await runtime()
    const cap = options.transactionGasCap
    const connection = await hre.network.create({
      network: options.hardfork,
      chainType: "l1",
      override: cap === undefined ? {} : { transactionGasCap: cap === false ? false : BigInt(cap) }
    })
    return new Network(
      (method, params) => connection.provider.request({ method, params: params as unknown[] }),
      () => connection.close()
    )
  }

  /**
   * Asks one request.
   * @throws ChainError Connection with the node's message.
   */
  async ask(request: Request): Promise<unknown> {
    const [method, ...params] = request
    try {
      return await this.#ask(method, params)
    } catch (cause) {
      throw refused(method, cause)
    }
  }

  /**
   * Asks many requests, executed one after the other in the order given; stops at the first that fails,
   * what came before it having happened.
   * @throws ChainError Connection with the node's message, without saying which request failed.
   */
  async askAll(requests: readonly Request[]): Promise<readonly unknown[]> {
    if (requests.length === 0) return []
    const batch = requests.map(([method, ...params], id) => ({ jsonrpc: "2.0", id, method, params }))
    try {
      // EDR answers a batch with one array of results.
      return (await this.#ask(BATCH, batch)) as readonly unknown[]
    } catch (cause) {
      throw refused("a batch of requests", cause)
    }
  }

  /** Frees the network. */
  close(): Promise<void> {
    return this.#close()
  }
}

let loading: Promise<HardhatRuntimeEnvironment> | undefined

function runtime(): Promise<HardhatRuntimeEnvironment> {
  loading ??= load()
  return loading
}

async function load(): Promise<HardhatRuntimeEnvironment> {
  // Hardhat reports use to its makers from interactive terminals; a run talks to nobody.
  process.env["HARDHAT_DISABLE_TELEMETRY"] ??= "true"
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre")
  const network = (hardfork: Hardfork): EdrNetworkUserConfig => ({
    type: "edr-simulated",
    chainType: "l1",
    chainId: CHAIN_ID,
    hardfork,
    accounts: [],
    allowBlocksWithSameTimestamp: true,
    allowUnlimitedContractSize: false,
    blockGasLimit: GENESIS_GAS_LIMIT,
    // Absent, it would be the wall clock.
    initialDate: new Date(0),
    initialBaseFeePerGas: 0,
    coinbase: `0x${"0".repeat(40)}`,
    mining: { auto: false, interval: 0, mempool: { order: "fifo" } },
    throwOnTransactionFailures: false
  })
  const hre = await createHardhatRuntimeEnvironment(
    {
      // Build information only serves stack traces, which are not asked for, and would be read at each start.
      paths: { artifacts: `${import.meta.dirname}/no-artifacts` },
      networks: { prague: network("prague"), osaka: network("osaka") }
    },
    {},
    import.meta.dirname
  )
  hre.hooks.registerHandlers("network", {
    onRequest: (context, connection, request, next) =>
      // A JSON-RPC batch is an array, which EDR takes and Hardhat's types do not know.
      next(context, connection, request.method === BATCH ? (request.params as unknown as JsonRpcRequest) : request)
  })
  return hre
}

function refused(what: string, cause: unknown): ChainError {
  return new ChainError({
    reason: "Connection",
    message: cause instanceof Error ? cause.message : String(cause),
    fix: "Report this with the scenario, arm and seed: the engine asked the Hardhat network for something it refuses.",
    offending: { name: "request", value: what },
    cause
  })
}
