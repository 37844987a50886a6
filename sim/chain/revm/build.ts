/**
 * Builds revm.wasm from the crate, and writes it and its SHA-256 beside this file, or checks that they are what
 * the source builds.
 *
 * Two toolchains do it. The canonical one is rustup's, at the version below, and its result is the one that
 * is committed. Without it, Debian's packages build the standard library themselves; that result behaves the
 * same and has other bytes. Rust is built outside the checkout.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { ScenarioError } from "../../Errors.ts"

/** The Rust of the committed bytes. */
const CANONICAL = "1.95.0"
const TARGET = "wasm32-unknown-unknown"
const here = import.meta.dirname
const crate = join(here, "crate")
const committed = join(here, "revm.wasm")

/** Which of the two: `rustup` is the canonical one. */
export type ToolchainName = "rustup" | "debian"

interface Toolchain {
  readonly name: ToolchainName
  /** What it calls itself. */
  readonly title: string
  readonly cargo: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What a build gave. */
export interface Built {
  readonly toolchain: ToolchainName
  /** The toolchain's own words, with its version. */
  readonly title: string
  /** Whether its bytes are the ones to commit. */
  readonly canonical: boolean
  readonly size: number
  /** Of the bytes that were built, in digits. */
  readonly sha256: string
  /** Whether `revm.wasm` has just these bytes; as it was before anything was written. */
  readonly same: boolean
  /** The file that was written, or undefined where the build was only to be checked. */
  readonly written: string | undefined
}

/** How to build. */
export interface BuildOptions {
  /** Write nothing. */
  readonly check?: boolean
  /** The toolchain; the canonical one where it is there, else Debian's. */
  readonly toolchain?: ToolchainName
  /** Where the bytes go, instead of beside the crate. */
  readonly out?: string
  /** Told what cargo says; nothing is told when it is left out. */
  readonly onWords?: (words: string) => void
}

/**
 * Builds.
 * @throws ScenarioError Usage where no toolchain is there, or it does not build.
 */
export async function buildEvm(options: BuildOptions = {}): Promise<Built> {
  const used = toolchain(options.toolchain)
  const kept = process.env["CARGO_TARGET_DIR"]
  const folder = kept ?? mkdtempSync(join(tmpdir(), "mesocosm-revm-"))
  try {
    // Fetched first: the paths to be remapped exist only then.
    await cargo(used, folder, ["fetch", "--locked", "--target", TARGET], options.onWords)
    await cargo(
      used,
      folder,
      ["build", "-j2", "--locked", "--release", "--target", TARGET, ...used.after],
      options.onWords
    )
    const bytes = readFileSync(join(folder, TARGET, "release", "mesocosm_revm.wasm"))
    return settle(used, bytes, options)
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

function settle(used: Toolchain, bytes: Buffer, { check, out }: BuildOptions): Built {
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  const same = existsSync(committed) && readFileSync(committed).equals(bytes)
  const written = out ?? (check === true ? undefined : committed)
  if (written !== undefined) {
    writeFileSync(written, bytes)
    if (written === committed) writeFileSync(`${committed}.sha256`, `${sha256}  revm.wasm\n`)
  }
  const { name, title } = used
  return { toolchain: name, title, canonical: name === "rustup", size: bytes.length, sha256, same, written }
}

/** Whether the committed bytes have the committed SHA-256. */
export function sumHolds(): boolean {
  const sha256 = createHash("sha256").update(readFileSync(committed)).digest("hex")
  return readFileSync(`${committed}.sha256`, "utf8") === `${sha256}  revm.wasm\n`
}

/** Why the canonical toolchain is not to be had, or undefined where it is; adds the target to a Rust that is there. */
export function lacksCanonical(): string | undefined {
  if (!runs("rustup", ["--version"])) return "rustup is not on the PATH"
  if (!runs("rustup", ["run", CANONICAL, "rustc", "--version"])) return `rustup has no Rust ${CANONICAL}`
  if (!runs("rustup", ["target", "add", TARGET, "--toolchain", CANONICAL])) return `rustup cannot add ${TARGET}`
  return undefined
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0
}

function toolchain(asked: ToolchainName | undefined): Toolchain {
  const found = asked === "debian" ? debian() : asked === "rustup" ? rustup() : (rustup() ?? debian())
  if (found !== undefined) return found
  const debianLine = "apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld-19"
  throw new ScenarioError({
    reason: "Usage",
    message: `no Rust that builds for ${TARGET} was found${asked === undefined ? "" : ` with ${asked}`}`,
    fix: asked === "debian" ? `Install it: ${debianLine}.` : `Install rustup, or Debian's packages: ${debianLine}.`,
    ...(asked === undefined ? {} : { offending: { name: "--toolchain", value: asked } })
  })
}

function rustup(): Toolchain | undefined {
  if (!runs("rustup", ["--version"])) return undefined
  if (!runs("rustup", ["run", CANONICAL, "rustc", "--version"])) {
    spawnSync("rustup", ["toolchain", "install", CANONICAL, "--profile", "minimal"], { stdio: "ignore" })
  }
  if (lacksCanonical() !== undefined) return undefined
  return {
    name: "rustup",
    title: `rustup's Rust ${CANONICAL}`,
    cargo: "cargo",
    before: [`+${CANONICAL}`],
    after: [],
    env: {}
  }
}

function debian(): Toolchain | undefined {
  if (!existsSync("/usr/bin/cargo") || !runs("wasm-ld-19", ["--version"])) return undefined
  const version = execFileSync("/usr/bin/rustc", ["--version"], { encoding: "utf8" }).trim()
  return {
    name: "debian",
    title: `Debian's ${version}`,
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

/** Flags that keep this machine's paths out of the result, and so let two machines build the same bytes. */
function remapping(): string {
  const home = process.env["CARGO_HOME"] ?? join(homedir(), ".cargo")
  const sources = join(home, "registry", "src")
  const registries = existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : []
  const pairs = [...registries.map((path) => [path, "crates"]), [crate, "mesocosm-revm"]]
  // Unit separators, so that a path may hold spaces.
  return pairs.map(([from, to]) => `--remap-path-prefix=${from}=${to}`).join("\u001f")
}

function cargo(
  used: Toolchain,
  folder: string,
  args: readonly string[],
  onWords: BuildOptions["onWords"]
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(used.cargo, [...used.before, ...args], {
      cwd: crate,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...used.env, CARGO_TARGET_DIR: folder, CARGO_ENCODED_RUSTFLAGS: remapping() }
    })
    let last = ""
    const hear = (chunk: Buffer): void => {
      last = `${last}${chunk}`.slice(-4000)
      onWords?.(String(chunk))
    }
    child.stdout.on("data", hear)
    child.stderr.on("data", hear)
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) return resolve()
      reject(
        new ScenarioError({
          reason: "Usage",
          message: `cargo ${args[0]} failed with ${used.title}:\n${last.trimEnd()}`,
          fix: "Mend what cargo names; the crates come from the registry that cargo is set up with.",
          offending: { name: "cargo", value: args.join(" ") }
        })
      )
    })
  })
}
