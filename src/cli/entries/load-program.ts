import { existsSync, readFileSync } from 'node:fs'
import nodeModule, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

/**
 * Loads the bundled program `NAME.cjs` beside this one.
 *
 * The build leaves beside it what V8 has compiled of it (`scripts/compile.mjs`): reading that takes a fifth of the time that compiling takes. It
 * holds for one V8 only; with another one, or without the file, the program is compiled as any other module, and newer Nodes keep the outcome.
 */
export function loadProgram<Exports>(name: string): Exports {
  const path = join(dirname(fileURLToPath(import.meta.url)), `${name}.cjs`)
  const compiled = compiledPath(path)
  if (existsSync(compiled)) return runProgram<Exports>(path, readFileSync(compiled)).exports
  ;(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.()
  return createRequire(path)(path) as Exports
}

/** Where the compiled form of a program lies for the V8 that runs now. */
export const compiledPath = (path: string): string => `${path}.v8-${process.versions.v8}-${process.arch}`

/**
 * Runs a bundle as node runs a CommonJS module. V8 itself refuses a compiled form that is not its own, and compiles.
 *
 * A script has no `import()` of its own: it is given this module's, as `__importModule`.
 */
export function runProgram<Exports>(path: string, cachedData?: Buffer): { readonly script: Script; readonly exports: Exports } {
  // Bundles are ASCII: read so, the text takes a byte a letter.
  const text = `(function (exports, require, module, __filename, __dirname, __importModule) { ${readFileSync(path, 'latin1')}\n})`
  const script = new Script(text, { filename: path, cachedData })
  const module = { exports: {} as Exports }
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path), (url: string) => import(url))
  return { script, exports: module.exports }
}
