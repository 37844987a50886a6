/** What the page carries, unpacked when it is first needed: gzip in base64, inside elements that are no scripts. */
import type { Carried } from "../../../sim/browser/Protocol.ts"
import { PLACES } from "../Places.ts"
import type { RerunFacts } from "../Rerun.ts"
import { byId } from "./Element.ts"

/** What the page knows of the runs. */
export function readFacts(): RerunFacts {
  // RerunSection.ts wrote it.
  return JSON.parse(byId(PLACES.facts, HTMLScriptElement).textContent ?? "") as RerunFacts
}

/** What a worker is made of. */
export interface Payload {
  readonly script: Blob
  readonly wasm: ArrayBuffer
  readonly artifacts: Carried
}

/** Unpacks it, without holding the page up. */
export async function unpack(): Promise<Payload> {
  const [script, wasm, artifacts] = await Promise.all([
    opened(PLACES.worker).text(),
    opened(PLACES.wasm).arrayBuffer(),
    opened(PLACES.artifacts).json()
  ])
  // Bundle.ts packed it.
  return { script: new Blob([script], { type: "text/javascript" }), wasm, artifacts: artifacts as Carried }
}

function opened(id: string): Response {
  const packed = atob(byId(id, HTMLScriptElement).textContent ?? "")
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")))
}
