/** What the plugin adds to Hardhat's types: the section `mesocosm` of its config. */
import "hardhat/types/config"

/** As the project writes it. */
export interface MesocosmUserConfig {
  /** Folder of the scenarios; `scenarios` when left out. */
  readonly scenarios?: string
  /** Folder of the recorded baselines; `baselines` when left out. */
  readonly baselines?: string
}

/** With what was left out. */
export interface MesocosmConfig {
  readonly scenarios: string
  readonly baselines: string
}

declare module "hardhat/types/config" {
  interface HardhatUserConfig {
    mesocosm?: MesocosmUserConfig
  }
  interface HardhatConfig {
    mesocosm: MesocosmConfig
  }
}
