import type { ConfRoot } from './conf-roots.ts'
import { resolvePath } from './paths.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** The data file that a value names, relative to the project, when there is one. */
export function dataFileOf(model: WorkspaceModel, root: ConfRoot, value: string): string | undefined {
  if (!/\.csv$/i.test(value) || value.includes('${')) return undefined
  const path = resolvePath(root.project, value)
  return model.files.read(path) ? path : undefined
}
