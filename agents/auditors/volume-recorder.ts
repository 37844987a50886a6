/** Tells the farm what was paid for which data, as the programme's operator did: it reads the chain, and judges nobody. */
import { type Address, Behaviour, type Hex } from "mesocosm"
import { OCEAN } from "../parts/ocean.ts"

export const volumeRecorder = Behaviour.make("volume-recorder", {
  needs: OCEAN,
  traits: {},
  watches: { exchange: ["Swapped"] },
  init: () => ({ records: 0, assets: {} as { readonly [exchange: string]: Address } }),
  wake: () => null,
  *act({ world, state, events }) {
    const assets: Record<string, Address> = { ...state.assets }
    const paid = new Map<Address, bigint>()
    for (const { args } of events) {
      const exchange = args["exchangeId"] as Hex
      const known = assets[exchange] ?? (yield* world.exchange.read.getExchange(exchange))[1]
      assets[exchange] = known
      const fees = ["marketFeeAmount", "oceanFeeAmount", "consumeMarketFeeAmount"] as const
      const price = fees.reduce((rest, fee) => rest - (args[fee] as bigint), args["baseTokenSwappedAmount"] as bigint)
      paid.set(known, (paid.get(known) ?? 0n) + price)
    }
    const intents = [...paid].map(([asset, amount]) => world.farm.tx.recordVolume(BigInt(asset), amount))
    return { intents, state: { records: state.records + intents.length, assets } }
  },
  gauges: { records: (state) => state.records }
})
