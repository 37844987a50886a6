/** Reads the section `mesocosm` of a Hardhat config. */
import type { ConfigHooks } from "hardhat/types/hooks"
import type { MesocosmConfig } from "./Extensions.ts"

const DEFAULTS: MesocosmConfig = { scenarios: "scenarios", baselines: "baselines" }

/** The handlers of Hardhat's hooks. */
export default async function handlers(): Promise<Partial<ConfigHooks>> {
  return {
    async validateUserConfig({ mesocosm }) {
      if (mesocosm === undefined) return []
      if (typeof mesocosm !== "object" || mesocosm === null || Array.isArray(mesocosm)) {
        return [{ path: ["mesocosm"], message: 'is no object; write mesocosm: { scenarios: "scenarios" }' }]
      }
      return Object.entries(mesocosm).flatMap(([key, value]) => {
        if (!Object.hasOwn(DEFAULTS, key)) {
          return [{ path: ["mesocosm", key], message: `is unknown; there are ${Object.keys(DEFAULTS).join(" and ")}` }]
        }
        if (typeof value === "string" && value !== "") return []
        return [{ path: ["mesocosm", key], message: "is no folder; write its path, relative to the project" }]
      })
    },
    async resolveUserConfig(config, variable, next) {
      const resolved = await next(config, variable)
      return { ...resolved, mesocosm: { ...DEFAULTS, ...config.mesocosm } }
    }
  }
}
