import type { ComposeRequest, CustomResolver, PlainValue } from '../config/index.ts'
import { ProblemError } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { importProjectModule, moduleFile } from './import-module.ts'
import { parentPath } from './paths.ts'

/** As the project writes it: a function of the arguments, or with how it is called. */
type WrittenResolver =
  | ((...args: PlainValue[]) => unknown)
  | { readonly resolve: (...args: PlainValue[]) => unknown; readonly use_cache?: boolean }

/**
 * The request with the resolvers of its project: what `main.mjs`, `main.js` or `main.cjs` beside the conf root exports as `resolvers`.
 * The module is loaded (its code runs: trusted workspaces only) when its text speaks of resolvers.
 *
 * @throws ProblemError when it fails to load, or when `resolvers` are none
 */
export async function withResolvers(
  platform: Platform,
  compose: ComposeRequest,
  project = parentPath(compose.configPath),
): Promise<ComposeRequest> {
  if (compose.resolvers) return compose
  const path = moduleFile(platform.files, project, 'main')
  if (path === undefined || !/\bresolvers\b/.test(platform.files.readText(path))) return compose
  const written = (await importProjectModule(platform, project, 'main'))?.resolvers
  if (written === undefined) return compose
  const resolvers = new Map<string, CustomResolver>()
  for (const [name, resolver] of entriesOf(written)) {
    const made = resolverOf(resolver)
    if (!made) throw notCallable(path, name)
    resolvers.set(name, made)
  }
  return { ...compose, resolvers }
}

const entriesOf = (written: unknown): readonly (readonly [string, unknown])[] =>
  written instanceof Map ? [...written].map(([name, value]) => [String(name), value]) : Object.entries(written ?? {})

/** With `use_cache` a resolver is called once for each text of its arguments, in all jobs of a sweep. */
function resolverOf(written: unknown): CustomResolver | undefined {
  if (typeof written === 'function') return args => (written as (...args: readonly PlainValue[]) => unknown)(...args)
  const { resolve, use_cache: usesCache = false } = (written ?? {}) as Exclude<WrittenResolver, (...args: never[]) => unknown>
  if (typeof resolve !== 'function') return undefined
  if (!usesCache) return args => resolve(...args)
  const known = new Map<string, unknown>()
  return (args, { texts }) => {
    const key = JSON.stringify(texts)
    if (!known.has(key)) known.set(key, resolve(...args))
    return known.get(key)
  }
}

const notCallable = (path: string, name: string) =>
  new ProblemError({
    code: 'interpolation/bad-resolver',
    severity: 'error',
    message: 'resolver must be callable',
    locations: [{ path, line: 1, column: 1, endLine: 1, endColumn: 1 }],
    hint: `resolvers.${name} is neither a function nor {resolve, use_cache}`,
  })
