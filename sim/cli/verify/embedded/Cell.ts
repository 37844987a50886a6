/**
 * The page in which embedded code runs: it has a worker, and nothing else. What the worker is made of is the text that
 * a report carries; the page's own script is ours, and of what the worker says it passes on two digests or a sentence.
 *
 * Its policy, which the worker inherits, allows no connection, no import and no other script; its origin is its own and
 * has no storage; every request that comes out all the same is refused.
 */
import { createHash } from "node:crypto"
import { join } from "node:path"
import type { RunAsked } from "../../../browser/Protocol.ts"
import { Chromium, Lost } from "./Chromium.ts"

/** What a report carries to run again: gzip, in base64. */
export interface Embedded {
  readonly worker: string
  readonly wasm: string
  readonly artifacts: string
}

/** What embedded code may take. */
export interface Limits {
  /** Seconds for a run, and for the beginning. */
  readonly seconds: number
  /** Bytes of memory that the browser may hold. */
  readonly bytes: number
}

/** What the worker said of a run: two digests, or why there are none. */
export type Said = { readonly economy: string; readonly trace: string } | { readonly none: string }

const ADDRESS = "http://embedded.invalid/"

/** The page's own script; the worker never sees it. */
const SCRIPT = `"use strict";
const text = (id) => document.getElementById(id).textContent;
const opened = (id) => new Response(new Blob([Uint8Array.from(atob(text(id)), (each) => each.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("gzip")));
let worker, settle, dead, next = 1;
const end = (said) => { if (settle !== undefined) settle(JSON.stringify(said)); settle = undefined; };
const none = (why) => end({ none: String(why).slice(0, 300) });
globalThis.begin = async () => {
  const [script, wasm, artifacts] = await Promise.all([opened("worker").text(), opened("wasm").arrayBuffer(), opened("artifacts").json()]);
  worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  worker.onerror = (event) => { event.preventDefault(); dead = "its script stopped: " + event.message; none(dead); };
  worker.onmessage = ({ data }) => {
    if (data === null || typeof data !== "object") return;
    if (data.type === "done" && data.id === next) end({ economy: String(data.digests?.economy).slice(0, 80), trace: String(data.digests?.trace).slice(0, 80) });
    else if (data.type === "failed") { if (data.id === undefined) dead = data.error?.message; none(data.error?.message); }
  };
  worker.postMessage({ type: "begin", wasm: new Uint8Array(wasm), artifacts });
};
globalThis.make = (asked) => new Promise((resolve) => {
  settle = resolve;
  if (dead !== undefined) none(dead);
  else worker.postMessage({ type: "run", id: ++next, ...asked });
});
`

const POLICY = [
  "sandbox allow-scripts",
  "default-src 'none'",
  `script-src 'sha256-${createHash("sha256").update(SCRIPT).digest("base64")}' 'wasm-unsafe-eval'`,
  "worker-src blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'"
].join("; ")

const BASE64 = /^[A-Za-z0-9+/=\s]*$/

/** The page; opened by `Cell.open`. */
export class Cell {
  readonly #browser: Chromium
  readonly #session: string
  readonly #limits: Limits
  /** What it asked the outside for, and did not get. */
  readonly refused: readonly string[]

  private constructor(browser: Chromium, session: string, limits: Limits, refused: readonly string[]) {
    this.#browser = browser
    this.#session = session
    this.#limits = limits
    this.refused = refused
  }

  /** Opens it. @throws Lost when the browser or the embedded code does not begin. */
  static async open(
    embedded: Embedded,
    { program, scratch, limits }: { readonly program: string; readonly scratch: string; readonly limits: Limits }
  ): Promise<Cell> {
    const html = pageOf(embedded)
    const browser = new Chromium({ program, profile: join(scratch, "profile"), bytes: limits.bytes })
    const refused: string[] = []
    try {
      const begun = (async () => {
        const { targetId } = await browser.say("Target.createTarget", { url: "about:blank" })
        const { sessionId } = await browser.say("Target.attachToTarget", { targetId, flatten: true })
        const session = String(sessionId)
        let given = false
        browser.onEvent = (method, params) => {
          if (method === "Inspector.targetCrashed")
            browser.lose("the page with it crashed, for want of memory or by its doing")
          if (method !== "Fetch.requestPaused") return
          const { requestId, request } = params as {
            readonly requestId: string
            readonly request: { readonly url: string }
          }
          const ours = request.url === ADDRESS && !given
          given ||= ours
          if (!ours && refused.length < 20) refused.push(request.url.slice(0, 200))
          const answer = ours
            ? browser.say("Fetch.fulfillRequest", { requestId, responseCode: 200, ...answerOf(html) }, session)
            : browser.say("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" }, session)
          // It may be gone before it is answered.
          answer.catch(() => {})
        }
        await browser.say("Inspector.enable", {}, session)
        await browser.say("Fetch.enable", { patterns: [{ urlPattern: "*" }] }, session)
        await browser.say("Page.enable", {}, session)
        await browser.say("Page.navigate", { url: ADDRESS }, session)
        const cell = new Cell(browser, session, limits, refused)
        await cell.#evaluate(
          "new Promise((resolve) => document.readyState === 'complete' ? resolve() : addEventListener('load', () => resolve())).then(() => begin()).then(() => 'begun')"
        )
        return cell
      })()
      return await within(begun, browser, limits.seconds)
    } catch (error) {
      await browser.close()
      throw error
    }
  }

  /** Has a run made. @throws Lost when there is no answer: then no other run can be made here. */
  async make(asked: Omit<RunAsked, "type" | "id">): Promise<Said> {
    const question = `make(${JSON.stringify(asked)})`
    const said = JSON.parse(String(await within(this.#evaluate(question), this.#browser, this.#limits.seconds))) as Said
    if ("none" in said) return { none: said.none }
    const isDigest = (text: unknown): boolean => /^0x[0-9a-f]{64}$/.test(String(text))
    return isDigest(said.economy) && isDigest(said.trace) ? said : { none: "it answered something that is no digest" }
  }

  close(): Promise<void> {
    return this.#browser.close()
  }

  async #evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.#browser.say(
      "Runtime.evaluate",
      { expression, awaitPromise: true, returnByValue: true },
      this.#session
    )) as {
      readonly result?: { readonly value?: unknown }
      readonly exceptionDetails?: { readonly exception?: { readonly description?: string }; readonly text: string }
    }
    if (exceptionDetails === undefined) return result?.value
    const [why = ""] = (exceptionDetails.exception?.description ?? exceptionDetails.text).split("\n")
    throw new Lost(`what it carries does not begin: ${why.slice(0, 200)}`)
  }
}

function pageOf(embedded: Embedded): string {
  const carried = Object.entries(embedded).map(([id, packed]) => {
    if (!BASE64.test(packed)) throw new Lost(`its ${id} is not written as mesocosm writes it`)
    return `<script type="text/plain" id="${id}">${packed}</script>`
  })
  return `<!doctype html><meta charset="utf-8"><title>embedded</title>${carried.join("")}<script>${SCRIPT}</script>`
}

function answerOf(html: string): object {
  return {
    responseHeaders: [
      { name: "Content-Type", value: "text/html; charset=utf-8" },
      { name: "Content-Security-Policy", value: POLICY }
    ],
    body: Buffer.from(html).toString("base64")
  }
}

async function within<A>(answer: Promise<A>, browser: Chromium, seconds: number): Promise<A> {
  const timer = setTimeout(() => browser.lose(`it gave no answer within ${seconds} s`), seconds * 1000)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
  }
}
