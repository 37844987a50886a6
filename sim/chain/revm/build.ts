/**
 * Builds revm.wasm from the crate, and writes it and its SHA-256 beside this file.
 *
 *     node sim/chain/revm/build.ts            build, replace, and say whether anything changed
 *     node sim/chain/revm/build.ts --check    build, and fail unless it is byte for byte what is here
 *
 * Two toolchains do it. The canonical one is rustup's, at the version below, and its result is the one that
 * is committed. Without it, Debian's packages build the standard library themselves; that result behaves the
 * same and has other bytes. Which of them was used is said. Rust is built outside the checkout.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"

/** The Rust of the committed bytes. */
const CANONICAL = "1.95.0"
const TARGET = "wasm32-unknown-unknown"
const here = import.meta.dirname
const crate = join(here, "crate")

interface Toolchain {
  readonly name: string
  readonly canonical: boolean
  readonly cargo: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0
}

function toolchain(): Toolchain {
  if (runs("rustup", ["--version"])) {
    const version = `+${CANONICAL}`
    const installed = () => runs("rustup", ["run", CANONICAL, "rustc", "--version"])
    if (!installed())
      spawnSync("rustup", ["toolchain", "install", CANONICAL, "--profile", "minimal"], { stdio: "inherit" })
    if (installed() && runs("rustup", ["target", "add", TARGET, "--toolchain", CANONICAL])) {
      return {
        name: `rustup, Rust ${CANONICAL}`,
        canonical: true,
        cargo: "cargo",
        before: [version],
        after: [],
        env: {}
      }
    }
  }
  if (existsSync("/usr/bin/cargo") && runs("wasm-ld-19", ["--version"])) {
    const version = execFileSync("/usr/bin/rustc", ["--version"], { encoding: "utf8" }).trim()
    return {
      name: `Debian, ${version}`,
      canonical: false,
      cargo: "/usr/bin/cargo",
      before: [],
      after: ["-Z", "build-std=std,panic_abort"],
      env: {
        RUSTC: "/usr/bin/rustc",
        RUSTC_BOOTSTRAP: "1",
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: "wasm-ld-19"
      }
    }
  }
  console.error(`build-evm: no Rust that builds for ${TARGET} was found`)
  console.error(
    `fix: install rustup, or: apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld-19`
  )
  process.exit(2)
}

/** Flags that keep this machine's paths out of the result, and so let two machines build the same bytes. */
function remapping(): string {
  const home = process.env["CARGO_HOME"] ?? join(homedir(), ".cargo")
  const sources = join(home, "registry", "src")
  const registries = existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : []
  const pairs = [...registries.map((path) => [path, "crates"]), [crate, "mesocosm-revm"]]
  // Unit separators, so that a path may hold spaces.
  return pairs.map(([from, to]) => `--remap-path-prefix=${from}=${to}`).join("\u001f")
}

const used = toolchain()
console.log(
  `build-evm: with ${used.name}${used.canonical ? ", the canonical toolchain" : ", not the canonical toolchain"}`
)
const kept = process.env["CARGO_TARGET_DIR"]
const folder = kept ?? mkdtempSync(join(tmpdir(), "mesocosm-revm-"))
const cargo = (args: readonly string[]) =>
  execFileSync(used.cargo, [...used.before, ...args], {
    cwd: crate,
    stdio: "inherit",
    env: { ...process.env, ...used.env, CARGO_TARGET_DIR: folder, CARGO_ENCODED_RUSTFLAGS: remapping() }
  })
let bytes: Buffer
try {
  // Fetched first: the paths to be remapped exist only then.
  cargo(["fetch", "--locked", "--target", TARGET])
  cargo(["build", "-j2", "--locked", "--release", "--target", TARGET, ...used.after])
  bytes = readFileSync(join(folder, TARGET, "release", "mesocosm_revm.wasm"))
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true })
}

const digest = createHash("sha256").update(bytes).digest("hex")
const at = join(here, "revm.wasm")
const same = existsSync(at) && readFileSync(at).equals(bytes)
console.log(`build-evm: ${bytes.length} bytes, SHA-256 ${digest}: ${same ? "as it was" : "not as it was"}`)
if (process.argv.includes("--check")) {
  if (!same) {
    console.error("build-evm: revm.wasm is not what its source builds")
    console.error(
      `fix: ${used.canonical ? "run ./mesocosm build-evm and commit what it writes" : "check with the canonical toolchain"}`
    )
    process.exit(1)
  }
} else {
  writeFileSync(at, bytes)
  writeFileSync(`${at}.sha256`, `${digest}  revm.wasm\n`)
}
