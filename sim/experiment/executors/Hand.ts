/**
 * One that does jobs: a worker thread, or a process where the chain is Hardhat's, whose native part can be set up once
 * per process and complains on stderr of a second time.
 */
import { fork } from "node:child_process"
import { Worker } from "node:worker_threads"
import type { ChainKind } from "../../chain/Chain.ts"
import type { ThreadAnswer, Work } from "./Job.ts"

/** What a hand is started with. */
export interface ThreadData {
  readonly root: string
  readonly preload: string | undefined
  /** The compiled module of the fast chain; a process compiles its own. */
  readonly module: object | undefined
}

/** The environment variable in which a process finds its ThreadData. */
export const DATA = "MESOCOSM_THREAD_DATA"

const ENTRY = new URL("Thread.ts", import.meta.url)

export interface Hand {
  readonly chain: ChainKind
  /** The answer; undefined when it died first. */
  ask(work: Work): Promise<ThreadAnswer | undefined>
  /** Ends it, whatever it does. */
  stop(): void
  readonly ended: boolean
}

/** Starts one for jobs on that chain. */
export function startHand(chain: ChainKind, data: ThreadData): Hand {
  return chain === "hardhat" ? processHand(data) : threadHand(data)
}

function threadHand(data: ThreadData): Hand {
  const worker = new Worker(ENTRY, { workerData: data })
  // An exit follows; without a listener the error would end this process.
  worker.on("error", () => undefined)
  return hand("revm", {
    send: (work) => worker.postMessage(work),
    onAnswer: (told) => worker.on("message", told),
    onExit: (told) => worker.once("exit", told),
    kill: () => void worker.terminate()
  })
}

function processHand({ root, preload }: ThreadData): Hand {
  const child = fork(ENTRY, {
    serialization: "advanced",
    env: { ...process.env, [DATA]: JSON.stringify({ root, preload }) },
    // Ctrl-C reaches the whole group: the parent decides what becomes of its children.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    detached: true
  })
  child.on("error", () => undefined)
  return hand("hardhat", {
    send: (work) => void child.send(work),
    onAnswer: (told) => child.on("message", told),
    onExit: (told) => child.once("exit", told),
    kill: () => void child.kill("SIGKILL")
  })
}

interface Wire {
  readonly send: (work: Work) => void
  readonly onAnswer: (told: (answer: ThreadAnswer) => void) => void
  readonly onExit: (told: () => void) => void
  readonly kill: () => void
}

function hand(chain: ChainKind, { send, onAnswer, onExit, kill }: Wire): Hand {
  let ended = false
  let answer: ((answered: ThreadAnswer | undefined) => void) | undefined
  const tell = (answered: ThreadAnswer | undefined): void => {
    const told = answer
    answer = undefined
    told?.(answered)
  }
  onAnswer(tell)
  onExit(() => {
    ended = true
    tell(undefined)
  })
  return {
    chain,
    ask: (work) =>
      new Promise((resolve) => {
        if (ended) return resolve(undefined)
        answer = resolve
        send(work)
      }),
    stop: kill,
    get ended() {
      return ended
    }
  }
}
