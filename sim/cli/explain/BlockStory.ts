/** A block of a stored run, from its tables alone. */
import { WITHOUT_REASON } from "../../chain/codec/Revert.ts"
import { ReportError } from "../../Errors.ts"
import { spoken } from "../../kernel/Duration.ts"
import type { Row } from "../../run/Recorder.ts"
import { ranOutOfGas } from "../../run/Reverts.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { readTable } from "../../store/RunFolder.ts"
import { paint } from "../Terminal.ts"
import { number, plural, short, table, whole } from "../Text.ts"
import { membersWords, type Names } from "./Values.ts"

/** What is stored of a block. */
export interface BlockStory {
  readonly run: string
  readonly number: number
  /** Absent of a block that is empty: only blocks with transactions are stored. */
  readonly block: Row<"blocks"> | null
  readonly transactions: readonly Row<"transactions">[]
  readonly events: readonly Row<"events">[]
  readonly flows: readonly Row<"flows">[]
  readonly balances: readonly Row<"balances">[]
}

/** Reads a block. @throws ReportError UnknownSubject when the run made no block of that number, UnreadableRun. */
export async function blockStory(folder: string, manifest: Manifest, wanted: number): Promise<BlockStory> {
  const blocks = await readTable(folder, "blocks")
  const first = blocks[0]
  const last = blocks.at(-1)
  const setup = blocks.filter((each) => each.setup)
  // Blocks have a clock: those without transactions lie in between, and after the last one.
  const end = (setup.at(-1)?.block ?? 0) + Math.floor(manifest.endedAt / manifest.spec.block.every)
  if (first === undefined || last === undefined || wanted < first.block || wanted > Math.max(last.block, end)) {
    const known = first === undefined ? "none" : `${first.block} to ${Math.max(last?.block ?? 0, end)}`
    throw new ReportError({
      reason: "UnknownSubject",
      message: `the run has no block ${wanted}`,
      fix: `Give a block of the run: ${known}.`,
      offending: { name: "block", value: String(wanted) }
    })
  }
  const inBlock = <A extends { readonly block: number }>(rows: readonly A[]): readonly A[] =>
    rows.filter((row) => row.block === wanted)
  return {
    run: folder,
    number: wanted,
    block: blocks.find((row) => row.block === wanted) ?? null,
    transactions: inBlock(await readTable(folder, "transactions")),
    events: inBlock(await readTable(folder, "events")),
    flows: inBlock(await readTable(folder, "flows")),
    balances: inBlock(await readTable(folder, "balances"))
  }
}

/** Rows of each part that are printed unless all are asked for. */
const MOST = 12

/** The block as printed. */
export function renderBlock(story: BlockStory, names: Names, all: boolean): string {
  const { block, transactions, events, flows, balances } = story
  if (block === null) return `Block ${story.number} is empty: nobody sent anything in it.\n`
  const most = all ? Number.POSITIVE_INFINITY : MOST
  const refused = transactions.filter(({ position }) => position < 0).length
  const head =
    `${paint("bold", `block ${block.block}`, process.stdout)}: ${block.setup ? "setup" : `after ${spoken(block.time)}`}, ` +
    `${plural(block.transactions, "transaction")}${refused === 0 ? "" : ` (and ${refused} never in it)`}, ` +
    `${number(block.gas_used)} gas\n`
  const sent = transactions.map((row) => [
    row.position < 0 ? "-" : String(row.position),
    row.agent,
    `${row.contract}.${row.fn}(${argsWords(row.args, names)})`,
    endWords(row),
    `${number(row.gas_used)} gas`
  ])
  const said = events.map((row) => [
    String(row.position),
    `${row.contract}.${row.event}(${argsWords(row.args, names)})`
  ])
  const moved = flows.map((row) => [row.from_name, "→", row.to_name, amount(row.amount), row.token])
  const held = balances.map((row) => [row.holder_name, amount(row.amount), row.token])
  return (
    head +
    part("transactions", sent, ["right", "left", "left", "left", "right"], most) +
    part("events, by transaction", said, ["right", "left"], most) +
    part("flows", moved, ["left", "left", "left", "right", "left"], most) +
    part("balances after it, of those it touched", held, ["left", "right", "left"], most)
  )
}

function endWords({ status, error, gas_limit: limit, gas_used: gasUsed }: Row<"transactions">): string {
  if (error !== WITHOUT_REASON) return error === "" ? status : `${status}: ${error}`
  return ranOutOfGas({ ok: false, error: "", gasUsed }, limit)
    ? `${status}: ran out of gas, at its limit of ${number(limit)}`
    : error
}

type Aligns = Parameters<typeof table>[1]

function part(name: string, rows: readonly (readonly string[])[], align: Aligns, most: number): string {
  if (rows.length === 0) return ""
  const rest = rows.length > most ? `  … ${rows.length - most} more: see them with --all\n` : ""
  return `\n${paint("bold", name, process.stdout)}\n${table(rows.slice(0, most), align)}${rest}`
}

function amount(text: string): string {
  return whole(BigInt(text))
}

/** Recorded arguments in words; digits in quotes are whole numbers that a double might not hold. */
function argsWords(recorded: string, names: Names): string {
  if (!/^[[{]/.test(recorded)) return short(recorded)
  const args: unknown = JSON.parse(recorded, (_key, value: unknown) =>
    typeof value === "string" && /^-?\d+$/.test(value) ? BigInt(value) : value
  )
  return membersWords(args, names, "tokens")
}
