import type { DocumentLink } from './contract.ts'
import { dataFileOf } from './data-files.ts'
import { defaultsIn } from './defaults-outline.ts'
import { targetsOfItem } from './defaults-targets.ts'
import { relativeTo } from './paths.ts'
import { rangeBetween } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Links from defaults entries to the files they bring, and from data paths to the data. */
export function documentLinks(model: WorkspaceModel, path: string): readonly DocumentLink[] {
  const outline = model.outline(path)
  const root = model.rootOf(path)
  if (!outline || !root) return []
  const links: DocumentLink[] = []
  for (const item of defaultsIn(outline)) {
    for (const { file, start, end } of targetsOfItem(model, root, path, item)) {
      links.push({ range: rangeBetween(outline.source, start, end), target: file, tooltip: relativeTo(root.project, file) })
    }
  }
  for (const { value } of outline.lines) {
    const target = dataFileOf(model, root, value.text)
    if (target)
      links.push({ range: rangeBetween(outline.source, value.start, value.end), target, tooltip: relativeTo(root.project, target) })
  }
  return links
}
