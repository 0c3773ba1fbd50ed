/** A line of the project's own code. */
export interface ErrorPlace {
  readonly path: string
  readonly line: number
  readonly column: number
}

/**
 * Where in the project's own files an error was thrown: the first frame of its stack that lies there, or the line that the engine could
 * not parse.
 *
 * @param project absolute; what lies in its node_modules is not its own
 */
export function errorPlace(error: unknown, project: string): ErrorPlace | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined
  for (const line of error.stack.split('\n')) {
    const found = /(?:^|[\s(])(?:async )?(file:\/\/\/?[^\s():]*(?::\/[^\s():]*)?|(?:[A-Za-z]:)?[\\/][^():]*):(\d+)(?::(\d+))?\)?$/.exec(
      line,
    )
    if (!found) continue
    const path = pathOf(found[1])
    if (path.startsWith(`${project}/`) && !path.includes('/node_modules/')) {
      return { path, line: Number(found[2]), column: Number(found[3] ?? 1) }
    }
  }
  return undefined
}

function pathOf(place: string): string {
  const path = place.startsWith('file:') ? decodeURIComponent(new URL(place).pathname) : place
  return path.replaceAll('\\', '/').replace(/^\/([A-Za-z]:\/)/, '$1')
}
