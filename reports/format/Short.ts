/** Names and hashes as they fit a line. */

/** The two ends of a long hexadecimal: `0xf079b11c…1b71b08`. */
export function shortHex(hex: string): string {
  return hex.length <= 20 ? hex : `${hex.slice(0, 10)}…${hex.slice(-8)}`
}

/** A camelCase or kebab-case name as words: `operatorProfit` is `Operator profit`. */
export function words(name: string): string {
  const spaced = name
    .replace(/([a-z\d])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll(/[-_]+/g, " ")
    .trim()
  return spaced === "" ? name : spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
