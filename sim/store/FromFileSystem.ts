/** Tells what a file system refused from what is a mistake of ours, which no folder and no space would mend. */
export function isFromFileSystem(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | null | undefined)?.syscall === "string"
}
