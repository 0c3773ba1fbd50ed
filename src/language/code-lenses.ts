import { placeOf } from './conf-tree.ts'
import type { CodeLens } from './contract.ts'
import { usesOfConfig } from './references.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Above each config: Run with Config…, Preview composed, and how many defaults entries bring it in. Arguments hold the file's path; the server makes it a URI. */
export function codeLenses(model: WorkspaceModel, path: string): readonly CodeLens[] {
  const root = model.rootOf(path)
  if (!root || !placeOf(root, path)) return []
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }
  const uses = usesOfConfig(model, path).length
  return [
    { range, title: '$(play) Run with Config…', command: 'fitwright.run.withConfig', arguments: [path] },
    { range, title: 'Preview composed', command: 'fitwright.config.preview', arguments: [path] },
    ...(uses ? [{ range, title: `used by ${uses}`, command: 'fitwright.config.uses', arguments: [path] }] : []),
  ]
}
