/** Makes a folder and those above it, one by one: Node's own recursion never ends where a file system says "no such file" of what it was just asked to make (as /proc does). */
import { mkdir, stat } from "node:fs/promises"
import { dirname, resolve } from "node:path"

/** @throws what the file system throws. */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = []
  for (let at = resolve(path); !(await isFolder(at)); at = dirname(at)) missing.push(at)
  for (const folder of missing.reverse()) {
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      // Somebody else made it meanwhile.
      if (error.code !== "EEXIST") throw error
    })
  }
}

async function isFolder(path: string): Promise<boolean> {
  if (dirname(path) === path) return true
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false
    throw error
  }
}
