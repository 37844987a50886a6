/**
 * The dashboard's server: on loopback, for reading only. A page, a stream of what changes, what is known of one run or
 * experiment, and its report; all else, and whoever comes without leave, gets an empty answer.
 */

import { readFile } from "node:fs/promises"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { errorWords, ReportError } from "../../sim/Errors.ts"
import { visible } from "../format/Visible.ts"
import { dashboardPage } from "./DashboardPage.ts"
import { Guard } from "./Guard.ts"
import { reportOf, Shelf } from "./Shelf.ts"

export interface ServeOptions {
  /** Folders below which runs and experiments lie. */
  readonly roots: readonly string[]
  /** 0: any that is free. */
  readonly port: number
  /** Told when the token was spent, with the address for another browser. */
  readonly onEntered?: (address: string) => void
}

export interface Dashboard {
  /** Lets one browser in, once. */
  readonly address: string
  readonly port: number
  close(): Promise<void>
}

/** Milliseconds between two looks, while somebody looks on. */
const EVERY = 500

/** A look takes at most a tenth of the time. */
const SHARE = 10

/** The policies that our reports have (html/Page.ts); a report with another is shown without its scripts. */
const REPORT_POLICY =
  /^default-src 'none'; script-src (?:'none'|'sha256-[\w+/=]+'(?: 'sha256-[\w+/=]+')*(?: 'wasm-unsafe-eval')?)(?:; worker-src blob:)?; style-src 'sha256-[\w+/=]+'(?:; img-src data:)?; base-uri 'none'; form-action 'none'$/

const HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY"
}

/** Starts it. @throws ReportError PortTaken. */
export async function serve({ roots, port, onEntered }: ServeOptions): Promise<Dashboard> {
  const shelf = new Shelf(roots)
  await shelf.look()
  const { html, policy } = dashboardPage()
  const listeners = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, "application/json", JSON.stringify({ error: errorWords(error) }))
      else response.destroy()
    })
  })
  const guard = new Guard(await listening(server, port))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!guard.isOurs(request)) return nothing(response, 403)
    const url = new URL(request.url ?? "/", "http://127.0.0.1")
    const token = url.searchParams.get("token")
    const known = guard.isKnown(request)
    if (request.method !== "GET") return nothing(response, known ? 405 : 403, { Allow: "GET" })
    if (token !== null && url.pathname === guard.base && (known || guard.spend(token))) {
      nothing(response, 303, { Location: guard.base, ...(known ? {} : { "Set-Cookie": guard.cookie }) })
      if (!known) onEntered?.(guard.address)
      return
    }
    if (!known || !url.pathname.startsWith(guard.base)) return nothing(response, 403)
    const [what = "", id = "", ...rest] = url.pathname.slice(guard.base.length).split("/")
    if (rest.length > 0) return nothing(response, 404)
    if (what === "" && id === "") {
      return send(response, 200, "text/html; charset=utf-8", html, `${policy}; frame-ancestors 'none'`)
    }
    if (what === "events" && id === "") return listen(response)
    if (what === "entry") {
      const details = await shelf.details(id)
      if (details !== undefined) return send(response, 200, "application/json", JSON.stringify(details))
    }
    const folder = what === "report" ? shelf.folder(id) : undefined
    if (folder === undefined || !reportOf(folder)) return nothing(response, 404)
    const report = await readFile(join(folder, "report.html"), "utf8")
    send(response, 200, "text/html; charset=utf-8", report, reportPolicy(report))
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" })
    response.write(event({ changed: shelf.entries, gone: [], all: true }))
    listeners.add(response)
    response.on("close", () => listeners.delete(response))
    wake()
  }

  let timer: NodeJS.Timeout | undefined
  let looking = false
  function wake(delay = 0): void {
    if (timer !== undefined || looking || listeners.size === 0) return
    timer = setTimeout(() => void again(), delay)
  }
  async function again(): Promise<void> {
    timer = undefined
    looking = true
    const began = performance.now()
    try {
      const { changed, gone } = await shelf.look()
      const told = changed.length + gone.length > 0 ? event({ changed, gone, all: false }) : undefined
      if (told !== undefined) for (const each of listeners) each.write(told)
    } catch (error) {
      for (const each of listeners) each.write(event({ error: visible(errorWords(error).message) }))
    }
    looking = false
    wake(Math.max(EVERY, SHARE * (performance.now() - began)))
  }

  return {
    get address() {
      return guard.address
    },
    port: (server.address() as AddressInfo).port,
    async close() {
      clearTimeout(timer)
      for (const each of listeners) each.end()
      listeners.clear()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  }
}

/**
 * A report's own policy, and besides an origin of its own: whatever it holds, it reads nothing of the dashboard's.
 * Forms are for their scripts: the policy lets none be sent. One whose policy is none of ours runs no script at all.
 */
export function reportPolicy(report: string): string {
  const found = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(report.slice(0, 20_000))?.[1] ?? ""
  if (!REPORT_POLICY.test(found))
    return "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
  return `${found}; frame-ancestors 'none'; sandbox allow-scripts allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox`
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

function nothing(response: ServerResponse, status: number, headers: { readonly [name: string]: string } = {}): void {
  response.writeHead(status, { ...HEADERS, "Content-Length": "0", ...headers }).end()
}

function send(response: ServerResponse, status: number, type: string, body: string, policy?: string): void {
  const own = { "Content-Type": type, "Content-Security-Policy": policy ?? "default-src 'none'" }
  response.writeHead(status, { ...HEADERS, ...own }).end(body)
}

async function listening(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, failed) => {
    server.once("error", failed)
    server.listen(port, "127.0.0.1", done)
  }).catch((cause: NodeJS.ErrnoException) => {
    throw new ReportError({
      reason: "PortTaken",
      message: `port ${port} of 127.0.0.1 cannot be listened on: ${cause.code ?? cause.message}`,
      fix: "Give another with --port, or leave it out: any that is free is taken then.",
      offending: { name: "--port", value: String(port) },
      cause
    })
  })
  return (server.address() as AddressInfo).port
}
