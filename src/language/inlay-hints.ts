import type { InlayHint, Range } from './contract.ts'
import { entryAt } from './origin-index.ts'
import { positionAt } from './positions.ts'
import { resolvedNode } from './resolved.ts'
import { shortened, valueText } from './value-text.ts'
import { firstView } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

const longestHint = 40

/** The value of each interpolation, shown behind it: ` = 5`. */
export function inlayHints(model: WorkspaceModel, path: string, range: Range): readonly InlayHint[] {
  const outline = model.outline(path)
  if (!outline || !model.rootOf(path)) return []
  const hints: InlayHint[] = []
  for (const { line, value, path: own } of outline.lines) {
    if (line < range.start.line || line > range.end.line || own[0] === 'defaults' || !value.text.includes('${')) continue
    const found = firstView(model, path, ({ config }) => {
      const entry = entryAt(config, path, value.start)?.entry
      const node = entry && !entry.replaced ? resolvedNode(config, entry.path) : undefined
      return node?.kind === 'scalar' ? node : undefined
    })
    if (!found) continue
    hints.push({ position: positionAt(outline.source, value.end), label: `= ${shortened(valueText(found), longestHint)}` })
  }
  return hints
}
