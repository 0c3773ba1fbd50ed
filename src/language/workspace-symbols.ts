import { filesOf, placeOf } from './conf-tree.ts'
import type { FileRange } from './contract.ts'
import { rangeBetween } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

export interface WorkspaceSymbol extends FileRange {
  /** `models/rf` for a config, `models.type.C` as written in its file for a key. */
  readonly name: string
  readonly kind: 'config' | 'key'
  /** The config in which a key stands. */
  readonly container?: string
}

const mostSymbols = 200

/** Configs and keys of all conf roots whose name holds the letters of `query` in order; configs first. */
export function workspaceSymbols(model: WorkspaceModel, query: string): readonly WorkspaceSymbol[] {
  const matches = matcher(query)
  const configs: WorkspaceSymbol[] = []
  const keys: WorkspaceSymbol[] = []
  for (const root of model.roots()) {
    for (const file of filesOf(model, root)) {
      const config = placeOf(root, file)?.config
      if (config === undefined) continue
      if (matches(config)) configs.push({ name: config, kind: 'config', path: file, range: nowhere })
      if (query === '' || keys.length >= mostSymbols) continue
      const outline = model.outline(file)
      for (const { key, path } of outline?.lines ?? []) {
        if (!key || path[0] === 'defaults') continue
        const name = path.join('.')
        if (matches(name))
          keys.push({ name, kind: 'key', container: config, path: file, range: rangeBetween(outline!.source, key.start, key.end) })
      }
    }
  }
  return [...configs, ...keys].slice(0, mostSymbols)
}

const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

/** Letters in order, whatever stands between them, as editors filter. */
function matcher(query: string): (name: string) => boolean {
  const letters = query.toLowerCase()
  return name => {
    let at = 0
    for (const letter of name.toLowerCase()) if (letter === letters[at]) at++
    return at >= letters.length
  }
}
