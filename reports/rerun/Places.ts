/** What the page and its script must agree on. */

/** Most seeds that are run at one time. */
export const MOST_SEEDS = 50

/** Ids of the elements by which they find each other. */
export const PLACES = {
  facts: "rerun-facts",
  worker: "rerun-worker",
  wasm: "rerun-wasm",
  artifacts: "rerun-artifacts",
  form: "rerun-form",
  plan: "rerun-plan",
  command: "rerun-command",
  go: "rerun-go",
  stop: "rerun-stop",
  progress: "rerun-progress",
  said: "rerun-said",
  results: "rerun-results"
} as const
