import type { ConfRoot } from './conf-roots.ts'
import { placeOf } from './conf-tree.ts'
import type { PathStep } from './outline.ts'
import { type View, viewsOf } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Where the content of a file is put in a composed config. */
export function packageOf({ config }: View, root: ConfRoot, path: string): readonly PathStep[] {
  const place = placeOf(root, path)
  const row = config.defaults.find(({ configPath }) => configPath === place?.config)
  return steps(row?.package ?? '')
}

/** As `packageOf` in the first composition that has the file; while there is none, its group. */
export function usualPackage(model: WorkspaceModel, root: ConfRoot, path: string): readonly PathStep[] {
  for (const view of viewsOf(model, path)) return packageOf(view, root, path)
  return (placeOf(root, path)?.group ?? '').split('/').filter(Boolean)
}

const steps = (name: string): readonly PathStep[] =>
  name
    .replace(/^_global_\.?/, '')
    .split('.')
    .filter(Boolean)
