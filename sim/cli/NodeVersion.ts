/** Whether this Node is new enough, said in words that every older one can still say: no import here, no new syntax. */

/** What to tell whoever runs `command` under an older Node; undefined where it is new enough. */
export function tooOld(command: string, version: string = process.versions.node): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  if (major > 24 || (major === 24 && minor >= 12)) return undefined
  return `mesocosm needs Node 24.12 or newer, and this is v${version}\nfix: npx -y -p node@24 -c "${command}"\n`
}
