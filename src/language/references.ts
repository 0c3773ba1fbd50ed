import type { ConfRoot } from './conf-roots.ts'
import { filesOf } from './conf-tree.ts'
import type { FileRange, Position } from './contract.ts'
import { type DefaultsItem, defaultsIn } from './defaults-outline.ts'
import { targetsOfItem } from './defaults-targets.ts'
import { inclusionsOf } from './inclusions.ts'
import { interpolationsIn, pathOfInterpolation } from './interpolation-text.ts'
import { entriesOf, entryAt, type OriginEntry } from './origin-index.ts'
import { fileRangeOf, offsetAt, rangeBetween, touches } from './positions.ts'
import { firstView } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Everything in the conf tree that sets the key under the cursor, or reads it through `${…}`. */
export function references(model: WorkspaceModel, path: string, position: Position): readonly FileRange[] {
  const outline = model.outline(path)
  const root = model.rootOf(path)
  if (!outline || !root) return []
  const offset = offsetAt(outline.source, position)
  const item = defaultsIn(outline).find(({ line }) => line.line === position.line)
  if (item) return includersOfItem(model, root, path, item, offset)
  const wanted = firstView(model, path, ({ config }) => entryAt(config, path, offset)?.entry.path)
  if (!wanted?.length) return []
  const key = wanted.join('.')
  const last = String(wanted.at(-1))
  return filesOf(model, root)
    .filter(file => model.files.read(file)?.text.includes(last))
    .flatMap(file => firstView(model, file, ({ config }) => mentions(entriesOf(config, file), key)) ?? [])
}

/** All defaults entries that bring in what the entry under the cursor brings in. */
function includersOfItem(model: WorkspaceModel, root: ConfRoot, path: string, item: DefaultsItem, offset: number): readonly FileRange[] {
  const targets = targetsOfItem(model, root, path, item)
  const under = targets.filter(target => touches(target, offset))
  return (under.length ? under : targets).flatMap(target => usesOfConfig(model, target.file))
}

/** The defaults entries that bring in a config file, as far as they name it without interpolations. */
export function usesOfConfig(model: WorkspaceModel, path: string): readonly FileRange[] {
  const root = model.rootOf(path)
  if (!root) return []
  return inclusionsOf(model, root, path).map(({ file, start, end }) => ({
    path: file,
    range: rangeBetween(model.files.read(file)!, start, end),
  }))
}

function mentions(entries: readonly OriginEntry[], key: string): readonly FileRange[] | undefined {
  const places: FileRange[] = []
  for (const { path, node, key: keySpan, value } of entries) {
    if (path.join('.') === key && (keySpan ?? value)) places.push(fileRangeOf((keySpan ?? value)!))
    if (!value || node.kind !== 'scalar') continue
    const { source, start, end } = value
    const text = source.text.slice(start, end)
    if (!text.includes('${')) continue
    for (const found of interpolationsIn(text)) {
      if (pathOfInterpolation(found.content, path)?.join('.') !== key) continue
      places.push({ path: source.path, range: rangeBetween(source, start + found.start, start + found.end) })
    }
  }
  return places.length ? places : undefined
}
