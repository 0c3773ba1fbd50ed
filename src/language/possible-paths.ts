import { readHeader } from '../config/sources/header.ts'
import type { ConfRoot } from './conf-roots.ts'
import { filesOf, placeOf } from './conf-tree.ts'
import { defaultsIn } from './defaults-outline.ts'
import type { PathStep } from './outline.ts'
import type { WorkspaceModel } from './workspace-model.ts'

interface PossiblePaths {
  /** Paths of keys inside their own files. */
  readonly keys: ReadonlySet<string>
  /** Packages into which files may be put. */
  readonly packages: ReadonlySet<string>
}

/**
 * Whether some choice of options might set a value at `path`: some file of the root has such a key, and some package puts it there. What a
 * composition lacks that another may have is no mistake of the file that asks for it.
 */
export function mightExist(model: WorkspaceModel, root: ConfRoot, path: readonly PathStep[]): boolean {
  const { keys, packages } = model.once(`possible paths ${root.path}`, () => possiblePaths(model, root))
  const steps = path.map(String)
  for (let i = 0; i <= steps.length; i++) {
    const prefix = steps.slice(0, i).join('.')
    if (isPackage(prefix, packages) && (i === steps.length ? prefix !== '' : keys.has(steps.slice(i).join('.')))) return true
  }
  return false
}

/** A package by itself, or one inside of another (`group@pkg` in the list of a config that has a package). */
function isPackage(path: string, packages: ReadonlySet<string>): boolean {
  if (path === '' || packages.has(path)) return true
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1))
    if (packages.has(path.slice(0, dot)) && packages.has(path.slice(dot + 1))) return true
  return false
}

function possiblePaths(model: WorkspaceModel, root: ConfRoot): PossiblePaths {
  const keys = new Set<string>()
  const packages = new Set<string>()
  const addPackage = (name: string) => {
    const parts = name
      .replace(/_global_\.?/g, '')
      .split('.')
      .filter(Boolean)
    for (let i = 1; i <= parts.length; i++) packages.add(parts.slice(0, i).join('.'))
  }
  for (const file of filesOf(model, root)) {
    const outline = model.outline(file)
    if (!outline) continue
    const header = readHeader(outline.source.text).package
    if (header !== null) addPackage(header)
    // An option may be chosen through any group above it: `solver=musicgen/debug` goes to `solver`.
    const groups = (placeOf(root, file)?.group ?? '').split('/').filter(Boolean)
    for (let i = 1; i <= groups.length; i++) addPackage(groups.slice(0, i).join('.'))
    for (const { package: pkg } of defaultsIn(outline)) if (pkg !== undefined) addPackage(pkg)
    for (const { path } of outline.lines) if (path[0] !== 'defaults') keys.add(path.join('.'))
  }
  return { keys, packages }
}
