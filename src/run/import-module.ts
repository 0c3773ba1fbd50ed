import { type Location, ProblemError } from '../config/problems.ts'
import type { Span } from '../config/source-text.ts'
import type { FileSystem, Platform } from '../platform/ports.ts'
import { errorPlace } from './error-place.ts'

/** In this order: the first that is there is the module. */
const extensions = ['mjs', 'js', 'cjs'] as const

/** The file of a module of the project, if there is one. */
export const moduleFile = (files: FileSystem, project: string, name: string): string | undefined =>
  extensions.map(extension => `${project}/${name}.${extension}`).find(candidate => files.exists(candidate))

/**
 * What a module of the project exports; undefined where there is none. Loading runs its code: only in trusted workspaces.
 *
 * @throws ProblemError when it fails to load
 */
export async function importProjectModule(
  platform: Platform,
  project: string,
  name: string,
  writtenAt: (module: string) => readonly Location[] = () => [],
): Promise<Record<string, unknown> | undefined> {
  const path = /^[\w-]+$/.test(name) ? moduleFile(platform.files, project, name) : undefined
  if (!path) return undefined
  try {
    const module = await platform.importModule(path)
    // A CommonJS module's exports come as `default`.
    return { ...(typeof module.default === 'object' ? module.default : {}), ...module }
  } catch (error) {
    const span = placeIn(platform.files, project, error)
    throw new ProblemError({
      code: 'target/module-failed',
      severity: 'error',
      message: `Error importing '${path}': ${errorText(error)}`,
      locations: [...writtenAt(name), { span: span ?? { source: { path, text: platform.files.readText(path) }, start: 0, end: 0 } }],
      ...((error as Error | undefined)?.name === 'SyntaxError' && !span
        ? { hint: `node --check ${path.slice(project.length + 1)} shows the line.` }
        : {}),
    })
  }
}

/** Name and first line of an error. */
export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error)
}

/** The line of the project's own code that an error comes from. */
export function placeIn(files: FileSystem, project: string, error: unknown): Span | undefined {
  const place = errorPlace(error, project)
  if (!place || !files.exists(place.path)) return undefined
  const text = files.readText(place.path)
  let start = 0
  for (let line = 1; line < place.line; line++) {
    const end = text.indexOf('\n', start)
    if (end < 0) break
    start = end + 1
  }
  start = Math.min(text.length, start + place.column - 1)
  return { source: { path: place.path, text }, start, end: start }
}
