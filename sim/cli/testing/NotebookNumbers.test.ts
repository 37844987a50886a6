import { expect, it } from "vitest"
import { differences, type Notebook } from "./NotebookNumbers.ts"

const notebook = (...outputs: readonly object[]): Notebook =>
  ({ cells: [{ cell_type: "markdown" }, { cell_type: "code", outputs }] }) as unknown as Notebook

const text = (words: string): object => ({
  output_type: "display_data",
  data: { "text/plain": words, "image/png": "iV99" }
})

it("compares numbers, whatever the words and images", () => {
  expect(differences(notebook(text("share 0.50 of 12")), notebook(text("a share: 0.50\nof 12")))).toEqual([])
  expect(differences(notebook(text("\u001b[32m7\u001b[39m")), notebook(text("7")))).toEqual([])
  const lines = { output_type: "stream", name: "stdout", text: ["3 runs\n", "0xab12 -4e-3\n"] }
  expect(differences(notebook(lines), notebook({ ...lines, text: "3 runs 0xab12 -4e-3" }))).toEqual([])
})

it("names the cell and the first number that differs", () => {
  expect(differences(notebook(text("1 2 3")), notebook(text("1 5 3")))).toEqual([
    "  cell 2, number 2: committed 2, computed 5 (3 and 3 numbers)"
  ])
  expect(differences(notebook(text("1 2")), notebook(text("1 2 3")))).toEqual([
    "  cell 2, number 3: committed none, computed 3 (2 and 3 numbers)"
  ])
  expect(differences(notebook(text("0xab")), notebook())).toEqual([
    "  cell 2, number 1: committed 0xab, computed none (1 and 0 numbers)"
  ])
})

it("reads charts by their data, and leaves out what a runtime warns of", () => {
  const chart = (y: number): object => ({
    output_type: "display_data",
    data: { "application/vnd.vegalite.v6+json": { data: { values: [{ x: 1, y }] } }, "text/plain": "a chart" }
  })
  expect(differences(notebook(chart(2)), notebook(chart(2)))).toEqual([])
  expect(differences(notebook(chart(2)), notebook(chart(2.5))).length).toBe(1)
  const warning = { output_type: "stream", name: "stderr", text: "version 2.9" }
  expect(differences(notebook(), notebook(warning))).toEqual([])
})
