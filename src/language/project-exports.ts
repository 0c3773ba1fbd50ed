import type { ConfigFiles } from '../config/config-files.ts'
import type { FileRange } from './contract.ts'
import { joinPath } from './paths.ts'
import { rangeBetween } from './positions.ts'

/**
 * Names that the project's modules (`main.mjs`, `main-multirun.js`, …, beside the conf root) export, found by reading: nothing of the
 * project is run for the editor.
 */
export function exportsOfProject(files: ConfigFiles, project: string): ReadonlyMap<string, readonly string[]> {
  const exports = new Map<string, readonly string[]>()
  for (const { name, kind } of files.list(project) ?? []) {
    const module = /^([\w-]+)\.(?:mjs|js|cjs)$/.exec(name)?.[1]
    if (kind !== 'file' || !module || exports.has(module)) continue
    const names = exportedNames(files.read(joinPath(project, name))?.text ?? '')
    if (names.length) exports.set(module, names)
  }
  return exports
}

/** Names after `export function|class|const|let|var`, in `export { … }`, `exports.NAME =` and `module.exports = { … }`. */
export function exportedNames(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1')
  const names = new Set<string>()
  for (const [, name] of code.matchAll(/^\s*export\s+(?:async\s+)?(?:function\s*\*?|class|const|let|var)\s+([\w$]+)/gm)) names.add(name)
  for (const [, list] of code.matchAll(/^\s*export\s*\{([^}]*)\}/gm)) {
    for (const part of list.split(',')) {
      const name = part
        .trim()
        .split(/\s+as\s+/)
        .at(-1)
      if (name && name !== 'default') names.add(name)
    }
  }
  for (const [, name] of code.matchAll(/(?:^|[\s;])(?:module\.)?exports\.([\w$]+)\s*=/gm)) names.add(name)
  for (const [, list] of code.matchAll(/(?:^|[\s;])module\.exports\s*=\s*\{([^}]*)\}/gm)) {
    for (const part of list.split(',')) {
      const name = /^\s*(?:async\s+)?([\w$]+)/.exec(part)?.[1]
      if (name) names.add(name)
    }
  }
  return [...names]
}

/** Where `main.X` is exported, if a module of the project does. */
export function exportPlace(files: ConfigFiles, project: string, target: string): FileRange | undefined {
  const dot = target.lastIndexOf('.')
  const [module, name] = [target.slice(0, dot), target.slice(dot + 1)]
  if (dot < 1 || module.includes('/')) return undefined
  for (const extension of ['mjs', 'js', 'cjs']) {
    const source = files.read(joinPath(project, `${module}.${extension}`))
    if (!source || !exportedNames(source.text).includes(name)) continue
    const at = new RegExp(`(?:function\\s*\\*?|class|const|let|var|exports\\.)\\s*(${name.replaceAll('$', '\\$')})(?![\\w$])`).exec(
      source.text,
    )
    const start = at ? at.index + at[0].length - name.length : 0
    return { path: source.path, range: rangeBetween(source, start, at ? start + name.length : 0) }
  }
  return undefined
}
