import { completeDefaults } from './complete-defaults.ts'
import { completeInterpolation } from './complete-interpolation.ts'
import { completeKeys } from './complete-keys.ts'
import { completeValues } from './complete-values.ts'
import type { ConfRoot } from './conf-roots.ts'
import type { Completion, Position } from './contract.ts'
import { type Cursor, cursorAt } from './cursor.ts'
import type { Outline } from './outline.ts'
import { offsetAt } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Everything that a completer needs to know. */
export interface CompletionSite {
  readonly model: WorkspaceModel
  readonly root: ConfRoot
  readonly path: string
  readonly outline: Outline
  readonly cursor: Cursor
}

/** What may be typed at a position of a config file. */
export function complete(model: WorkspaceModel, path: string, position: Position): readonly Completion[] {
  const outline = model.outline(path)
  const root = model.rootOf(path)
  if (!outline || !root) return []
  const cursor = cursorAt(outline, offsetAt(outline.source, position))
  const site = { model, root, path, outline, cursor }
  if (cursor.part === 'none') return []
  if (cursor.interpolation) return completeInterpolation(site, cursor.interpolation.start)
  if (cursor.path[0] === 'defaults') return completeDefaults(site)
  return cursor.part === 'key' ? completeKeys(site) : completeValues(site)
}
