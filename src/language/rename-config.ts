import { filesOf, placeOf } from './conf-tree.ts'
import type { FileEdit } from './contract.ts'
import { inclusionsOf } from './inclusions.ts'
import { rangeBetween } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/**
 * What has to change when a config file, or the folder of a group, gets another path: the option in each defaults entry that names a moved file.
 * Entries that name the file by another group than before are told by diagnostics afterwards: they cannot be written anew from here.
 */
export function renameConfig(model: WorkspaceModel, from: string, to: string): readonly FileEdit[] {
  const root = model.rootOf(from)
  if (!root || model.rootOf(to) !== root) return []
  if (from.endsWith('.yaml')) return optionEdits(model, from, to)
  const moved = filesOf(model, root).filter(file => file.startsWith(`${from}/`))
  const edits = new Map<string, FileEdit>()
  for (const file of moved)
    for (const edit of groupEdits(model, file, from, to))
      edits.set(`${edit.path} ${edit.range.start.line}:${edit.range.start.character}`, edit)
  return [...edits.values()]
}

/** `- models: rf` where `models/rf.yaml` becomes `models/forest.yaml`. */
function optionEdits(model: WorkspaceModel, from: string, to: string): readonly FileEdit[] {
  const root = model.rootOf(from)!
  const [before, after] = [placeOf(root, from), placeOf(root, to)]
  if (!before || !after || before.group !== after.group) return []
  return inclusionsOf(model, root, from).flatMap(({ file, start, end }) => {
    const source = model.files.read(file)!
    const written = source.text.slice(start, end)
    const ending = written.endsWith('.yaml') ? '.yaml' : ''
    const bare = written.slice(0, written.length - ending.length)
    if (!bare.endsWith(before.option)) return []
    const option = start + bare.length - before.option.length
    return [{ path: file, range: rangeBetween(source, option, option + before.option.length), newText: after.option }]
  })
}

/** `- models: rf` where the folder `models` becomes `estimators`: the group in the entry's key, or in the path of a plain entry. */
function groupEdits(model: WorkspaceModel, file: string, from: string, to: string): readonly FileEdit[] {
  const root = model.rootOf(file)!
  const [oldGroup, newGroup] = [from, to].map(path => path.slice(root.path.length + 1))
  const [oldName, newName] = [oldGroup, newGroup].map(group => group.slice(group.lastIndexOf('/') + 1))
  if (oldGroup.slice(0, -oldName.length) !== newGroup.slice(0, -newName.length)) return []
  return inclusionsOf(model, root, file).flatMap(({ file: holder, item, start, end }) => {
    const source = model.files.read(holder)!
    const part = item.line.key ?? { start, end }
    const text = source.text.slice(part.start, part.end)
    const found = new RegExp(`(?:^|[\\s/])(${escaped(oldName)})(?=$|[/@\\s:])`).exec(text)
    if (!found) return []
    const at = part.start + found.index + found[0].length - oldName.length
    return [{ path: holder, range: rangeBetween(source, at, at + oldName.length), newText: newName }]
  })
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
