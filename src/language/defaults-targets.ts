import type { ConfRoot } from './conf-roots.ts'
import { fileOf, placeOf } from './conf-tree.ts'
import type { DefaultsItem } from './defaults-outline.ts'
import { schemaFileOf } from './schema-text.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** A file that a defaults entry names, and where in the entry. */
export interface ItemTarget {
  readonly file: string
  readonly start: number
  readonly end: number
}

/** The group against which a file's entries are read: its own folder. */
export const baseGroup = (root: ConfRoot, path: string): string => placeOf(root, path)?.group ?? ''

/** The group of an entry from the root of the conf tree: `models`, or `db/engine` for `engine` in a file of `db`. */
export function groupOfItem(root: ConfRoot, path: string, item: Pick<DefaultsItem, 'group' | 'absolute'>): string {
  const base = item.absolute ? '' : baseGroup(root, path)
  return [base, item.group ?? ''].filter(Boolean).join('/')
}

/** The files that exist for a defaults entry. */
export function targetsOfItem(model: WorkspaceModel, root: ConfRoot, path: string, item: DefaultsItem): readonly ItemTarget[] {
  const group = groupOfItem(root, path, item)
  return item.options.flatMap(({ text, start, end }) => {
    if (text === '_self_' || text === 'null' || text === '???') return []
    const option = text
      .replace(/^\//, '')
      .replace(/\.yaml$/, '')
      .replace(/@.*$/, '')
    const config = group && !(item.group === undefined && item.absolute) ? `${group}/${option}` : option
    const file = [fileOf(root, config), schemaFileOf(root, config)].find(one => model.files.read(one))
    return file ? [{ file, start, end }] : []
  })
}
