/**
 * Who may ask the dashboard anything.
 *
 * The token stands in the address once: asked for with it, the server answers with a cookie and the address without it,
 * and the token is spent, so that no history, log or Referer holds one that works. Cookies know no ports: another
 * server on this machine is the same site. So the cookie is bound to a path that nobody else knows, and a request that
 * another origin's page caused is refused whatever it carries.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import type { IncomingMessage } from "node:http"

export class Guard {
  /** The path below which all lies: `/…/`. */
  readonly base: string = `/${randomBytes(12).toString("hex")}/`
  readonly #port: number
  readonly #cookie = secret()
  #token = secret()

  constructor(port: number) {
    this.#port = port
  }

  /** The address that lets one browser in, once. */
  get address(): string {
    return `http://127.0.0.1:${this.#port}${this.base}?token=${this.#token}`
  }

  /** What a browser that came with the token is given. */
  get cookie(): string {
    return `mesocosm=${this.#cookie}; Path=${this.base}; HttpOnly; SameSite=Strict`
  }

  /** Whether a request was made for this server, and by its own page or a person. */
  isOurs({ headers }: IncomingMessage): boolean {
    const here = `127.0.0.1:${this.#port}`
    const { host, origin, "sec-fetch-site": site } = headers
    const own = site === undefined || site === "same-origin" || site === "none"
    return host === here && (origin === undefined || origin === `http://${here}`) && own
  }

  /** Whether it carries the cookie. */
  isKnown({ headers }: IncomingMessage): boolean {
    const sent = (headers.cookie ?? "").split("; ").find((each) => each.startsWith("mesocosm="))
    return sent !== undefined && same(sent.slice("mesocosm=".length), this.#cookie)
  }

  /** Takes the token, which then is spent. */
  spend(token: string): boolean {
    if (!same(token, this.#token)) return false
    this.#token = secret()
    return true
  }
}

function secret(): string {
  return randomBytes(32).toString("base64url")
}

/** In a time that says nothing of where they differ. */
function same(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
