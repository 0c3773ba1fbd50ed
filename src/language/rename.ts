import type { FileEdit, FileRange, Position, Range } from './contract.ts'
import { cursorAt } from './cursor.ts'
import { entryAt } from './origin-index.ts'
import { offsetAt, rangeBetween, touches } from './positions.ts'
import { references } from './references.ts'
import { firstView } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What would be renamed at a position: a key of a config. Undefined for what has no name of its own. */
export function prepareRename(
  model: WorkspaceModel,
  path: string,
  position: Position,
): { readonly range: Range; readonly name: string } | undefined {
  const outline = model.outline(path)
  const line = outline?.lines.find(candidate => candidate.line === position.line)
  if (!outline || !line?.key) return undefined
  const offset = offsetAt(outline.source, position)
  if (
    !touches(line.key, offset) ||
    line.path[0] === 'defaults' ||
    line.key.text.startsWith('_') ||
    cursorAt(outline, offset).part === 'none'
  )
    return undefined
  if (!firstView(model, path, ({ config }) => entryAt(config, path, line.key!.start))) return undefined
  return { range: rangeBetween(outline.source, line.key.start, line.key.end), name: line.key.text }
}

/**
 * Renames the key at a position wherever the conf tree sets it, and in each interpolation that reads it. Undefined where there is nothing to
 * rename; a name that YAML would read otherwise is put in quotes.
 */
export function rename(model: WorkspaceModel, path: string, position: Position, newName: string): readonly FileEdit[] | undefined {
  const found = prepareRename(model, path, position)
  if (!found || newName === '' || newName === found.name) return undefined
  const edits = new Map<string, FileEdit>()
  for (const place of references(model, path, position)) {
    const edit = editOf(model, place, found.name, newName)
    if (edit) edits.set(`${edit.path} ${edit.range.start.line}:${edit.range.start.character}`, edit)
  }
  return [...edits.values()]
}

function editOf(model: WorkspaceModel, { path, range }: FileRange, oldName: string, newName: string): FileEdit | undefined {
  const source = model.files.read(path)
  if (!source) return undefined
  const start = offsetAt(source, range.start)
  const text = source.text.slice(start, offsetAt(source, range.end))
  if (!text.startsWith('${')) return { path, range, newText: quoted(newName) }
  // the last part of the path that the interpolation names
  const at = text.lastIndexOf(oldName)
  if (at < 0) return undefined
  return { path, range: rangeBetween(source, start + at, start + at + oldName.length), newText: newName }
}

const quoted = (name: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(name) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name) ? name : `'${name.replaceAll("'", "''")}'`
