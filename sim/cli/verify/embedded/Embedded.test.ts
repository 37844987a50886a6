/** Code that a report carries, run apart: honest code agrees, changed code is told, hostile code gets nothing and is ended. */
import { readFileSync, writeFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { PLACES } from "../../../../reports/rerun/Places.ts"
import { type Ended, mesocosm, workspace } from "../../fixtures/Command.ts"
import { chromium, lacking } from "../../testing/Tools.ts"
import type { Limits } from "./Cell.ts"
import { browser, type EmbeddedEnd, runEmbedded } from "./Embedded.ts"

const HEX = (byte: string): string => `0x${byte.repeat(32)}`
const packed = (text: string): string => gzipSync(text).toString("base64")

/** One run asked of a script that a report might carry. */
async function ask(script: string, limits: Limits): Promise<{ readonly end: EmbeddedEnd; readonly seconds: number }> {
  const scratch = await mkdtemp(join(tmpdir(), "mesocosm-embedded-"))
  const digests = { economy: HEX("11"), trace: HEX("22") }
  const began = performance.now()
  try {
    const carried = { worker: packed(script), wasm: packed(""), artifacts: packed("{}") }
    const asked = { arm: "baseline", seed: 7, set: {}, published: digests, again: { ...digests, trace: HEX("33") } }
    const end = await runEmbedded(carried, [asked, asked], { scratch, limits })
    return { end, seconds: (performance.now() - began) / 1000 }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

it("says how to get a browser where there is none", () => {
  const nowhere = Object.assign(() => undefined, { title: "", purpose: "", install: "apt-get install chromium" })
  expect(() => browser(nowhere)).toThrow(
    expect.objectContaining({ reason: "NoBrowser", fix: expect.stringContaining("CHROMIUM_PATH") })
  )
})

describe.skipIf(chromium() === undefined)(`embedded code${lacking(chromium)}`, { timeout: 120_000 }, () => {
  const limits: Limits = { seconds: 30, bytes: 3 * 2 ** 30 }
  const heard: string[] = []
  let server: Server
  let port = 0
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      heard.push(String(url))
      response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript" }).end("1")
    })
    server.on("upgrade", ({ url }, socket) => {
      heard.push(String(url))
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => void server.close())

  it("is held beside what the report says and beside the code at hand, each for itself", async () => {
    const script = `onmessage = ({ data }) => { if (data.type === "run") postMessage({ type: "done", id: data.id, digests: { economy: "${HEX("11")}", trace: "${HEX("22")}" } }) }`
    const { end } = await ask(script, limits)
    expect(end).toMatchObject({ made: 2, of: 2, fromPublished: [], stopped: [], refused: [] })
    expect(end.fromHere.map(({ where, published, again }) => [where, published, again])).toEqual(
      Array(2).fill(["run of arm baseline, seed 7 › trace", HEX("33"), HEX("22")])
    )
  })

  it("reaches no network, no file, no store, and no script but its own", async () => {
    const script = `
const tries = (base, ws) => ({
  fetch: () => fetch(base + "/fetch"),
  opaque: () => fetch(base + "/opaque", { mode: "no-cors" }),
  name: () => fetch("http://localhost:${port}/name"),
  xhr: () => new Promise((yes, no) => { const it = new XMLHttpRequest(); it.onload = yes; it.onerror = no; it.open("GET", base + "/xhr"); it.send() }),
  socket: () => new Promise((yes, no) => { const it = new WebSocket(ws); it.onopen = yes; it.onerror = no }),
  source: () => new Promise((yes, no) => { const it = new EventSource(base + "/source"); it.onopen = yes; it.onerror = no }),
  scripts: () => importScripts(base + "/scripts"),
  module: () => import(base + "/module"),
  file: () => fetch("file:///etc/hostname"),
  imported: () => importScripts("file:///etc/hostname"),
  store: () => new Promise((yes, no) => { const it = indexedDB.open("x"); it.onsuccess = yes; it.onerror = no }),
  disk: () => navigator.storage.getDirectory(),
  cache: () => caches.open("x"),
  evaluated: () => eval("1"),
  elsewhere: () => new Worker(base + "/worker")
})
const all = async () => {
  const got = []
  for (const [name, attempt] of Object.entries(tries("http://127.0.0.1:${port}", "ws://127.0.0.1:${port}/socket"))) {
    const late = new Promise((_, no) => setTimeout(no, 1000))
    await Promise.race([Promise.resolve().then(attempt), late]).then(() => got.push(name), () => {})
  }
  return got
}
const nested = () => new Promise((yes) => {
  const it = new Worker(URL.createObjectURL(new Blob(["const tries = " + tries + "; const all = " + all + "; all().then((got) => postMessage(got))"])))
  it.onmessage = ({ data }) => yes(data)
  it.onerror = () => yes([])
})
onmessage = async ({ data }) => {
  if (data.type !== "run") return
  const got = [...await all(), ...await nested()]
  postMessage({ type: "failed", id: data.id, error: { message: "got [" + got + "]" } })
}`
    const { end } = await ask(script, limits)
    expect(end.stopped.map(({ again }) => again)).toEqual(["no run: got []", "no run: got []"])
    expect(heard).toEqual([])
  })

  it("is ended where it does not answer, and takes nothing else along", async () => {
    for (const script of [
      "onmessage = () => { for (;;); }",
      "for (;;);",
      "onmessage = () => {}",
      "for (;;) postMessage({ type: 'progress', id: 1, samples: 'x'.repeat(1e5) })"
    ]) {
      const { end, seconds } = await ask(script, { ...limits, seconds: 4 })
      expect([script, end.made, end.stopped.length]).toEqual([script, 0, 1])
      expect(end.stopped[0]?.again).toMatch(/no answer within 4 s|more than 3,072 MiB|crashed/)
      expect(seconds).toBeLessThan(20)
    }
  })

  it("is ended where it takes too much memory", async () => {
    const script = "const all = []; onmessage = () => { for (;;) all.push(new Uint8Array(2 ** 24).fill(all.length)) }"
    const { end } = await ask(script, { seconds: 60, bytes: 2 ** 30 })
    expect(end.stopped[0]?.again).toMatch(/more than 1,024 MiB|crashed/)
  })

  it("is told of in words, whatever it is", async () => {
    const one = await ask("throw new Error('\\u001b[31mno')", limits)
    expect(one.end.stopped[0]?.again).toContain("its script stopped")
    const two = await ask(
      "onmessage = ({ data: { id, type } }) => { if (type === 'run') postMessage({ type: 'done', id, digests: { economy: '</script>', trace: {} } }) }",
      limits
    )
    expect(two.end.stopped[0]?.again).toContain("no digest")
    const scratch = await mkdtemp(join(tmpdir(), "mesocosm-embedded-"))
    const carried = { worker: "</script><script>", wasm: "", artifacts: "" }
    expect((await runEmbedded(carried, [], { scratch, limits })).stopped[0]?.again).toContain("not written as mesocosm")
    const cut = { worker: "AAAA", wasm: "", artifacts: "" }
    expect((await runEmbedded(cut, [], { scratch, limits })).stopped[0]?.again).toContain("does not begin")
    await rm(scratch, { recursive: true, force: true })
  })

  it("is told apart from the code at hand by the command", async () => {
    const cwd = workspace()
    const verify = (...args: readonly string[]): Promise<Ended> =>
      mesocosm(cwd, ["verify", ...args, "--run-embedded", "--quiet"])
    const run = ["run", "open-pool", "--seed", "7", "--chain", "revm", "--set", "honest=5", "--out", "run"]
    expect(await mesocosm(cwd, run)).toMatchObject({ code: 0 })
    const honest = await verify("run/report.html")
    expect([honest.code, honest.stderr]).toEqual([0, ""])
    expect(honest.stdout).toContain("agrees with what it says itself: 1 of 1 run\n")
    expect(honest.stdout).toContain("agrees with the code at hand: 1 of 1 run\n")
    const page = readFileSync(join(cwd, "run/report.html"), "utf8")
    const place = new RegExp(`(<script[^>]*id="${PLACES.worker}"[^>]*>)([^<]*)(</script>)`)
    const lies = `const say = self.postMessage.bind(self); self.postMessage = (said) => say(said.type === "done" ? { ...said, digests: { ...said.digests, economy: "${HEX("ab")}" } } : said);`
    const changed = page.replace(
      place,
      (_, open, data, end) => open + packed(lies + gunzipSync(Buffer.from(data, "base64")).toString("utf8")) + end
    )
    expect(changed).not.toBe(page)
    writeFileSync(join(cwd, "lies.html"), changed)
    const { code, stdout } = await verify("lies.html")
    expect(code).toBe(1)
    expect(stdout).toContain("DISAGREES with what it says itself: 1 of 1 run\n")
    expect(stdout).toContain("DISAGREES with the code at hand: 1 of 1 run\n")
    expect(stdout).toMatch(/economy\n +expected: +0x[0-9a-f]{64}\n +its code: +0xabab/)
  })
})
