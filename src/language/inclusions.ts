import type { ConfRoot } from './conf-roots.ts'
import { filesOf } from './conf-tree.ts'
import { type DefaultsItem, defaultsIn } from './defaults-outline.ts'
import { targetsOfItem } from './defaults-targets.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** A defaults entry that names a file. */
export interface Inclusion {
  /** The file in which the entry stands. */
  readonly file: string
  readonly item: DefaultsItem
  /** The option within the entry. */
  readonly start: number
  readonly end: number
}

/** The defaults entries of a conf root that name a file, as far as they name it without interpolations. */
export const inclusionsOf = (model: WorkspaceModel, root: ConfRoot, path: string): readonly Inclusion[] =>
  model.once(`inclusions ${root.path}`, () => allInclusions(model, root)).get(path) ?? []

function allInclusions(model: WorkspaceModel, root: ConfRoot): ReadonlyMap<string, readonly Inclusion[]> {
  const byTarget = new Map<string, Inclusion[]>()
  for (const file of filesOf(model, root)) {
    // Most options have no list, and need no outline for it.
    if (!model.files.read(file)?.text.includes('defaults')) continue
    for (const item of defaultsIn(model.outline(file)!)) {
      for (const { file: target, start, end } of targetsOfItem(model, root, file, item)) {
        const inclusion = { file, item, start, end }
        const known = byTarget.get(target)
        if (known) known.push(inclusion)
        else byTarget.set(target, [inclusion])
      }
    }
  }
  return byTarget
}
