import type { ConfRoot } from './conf-roots.ts'
import type { Hover } from './contract.ts'
import { defaultsIn } from './defaults-outline.ts'
import { targetsOfItem } from './defaults-targets.ts'
import { describeOption } from './option-description.ts'
import { keysAt, type OutlineLine } from './outline.ts'
import { relativeTo } from './paths.ts'
import { rangeBetween } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What a defaults entry brings. */
export function defaultsHover(model: WorkspaceModel, root: ConfRoot, path: string, line: OutlineLine): Hover | undefined {
  const outline = model.outline(path)!
  const item = defaultsIn(outline).find(candidate => candidate.line === line)
  if (!item) return undefined
  const range = rangeBetween(outline.source, line.key?.start ?? line.value.start, Math.max(line.value.end, line.key?.end ?? 0))
  if (line.value.text === '_self_') return { contents: 'This file’s own keys are merged here: entries below it win over them.', range }
  const files = targetsOfItem(model, root, path, item)
  const parts = files.map(({ file }) => {
    const brought = model.outline(file)!
    const { name, description } = describeOption(model, root, file)
    const about = [name, description].filter(Boolean).join(' · ')
    const keys = keysAt(brought, []).filter(key => key !== 'defaults')
    return `**${relativeTo(root.project, file)}**${about ? `: ${about}` : ''}${keys.length ? `\n\nbrings ${keys.map(key => `\`${key}\``).join(', ')}` : ''}`
  })
  if (item.keywords.includes('override')) parts.push('`override`: chooses again what an entry found elsewhere has chosen.')
  if (item.keywords.includes('optional')) parts.push('`optional`: is left out silently when there is no such file.')
  return parts.length ? { contents: parts.join('\n\n'), range } : undefined
}
