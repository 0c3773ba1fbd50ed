import type { ConfRoot } from './conf-roots.ts'
import { type Outline, valueAt } from './outline.ts'
import { specOf } from './target-at.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What an option says about itself: its `name`, and its target: `RandomForestClassifier`, `study: 3 parameters`. */
export function describeOption(model: WorkspaceModel, root: ConfRoot, file: string): { name?: string; description?: string } {
  const outline = model.outline(file)
  if (!outline) return {}
  const name = valueAt(outline, ['name'])?.text
  const description = targetDescription(outline, model, root)
  return { ...(name ? { name } : {}), ...(description ? { description } : {}) }
}

function targetDescription(outline: Outline, model: WorkspaceModel, root: ConfRoot): string | undefined {
  const line = outline.lines.find(({ key, path }) => key?.text === '_target_' && path.length <= 2)
  if (!line) return undefined
  const spec = specOf(line.value.text, model.modules(root))
  if (spec?.study) {
    const parent = line.path.slice(0, -1)
    const given = new Set(outline.lines.filter(({ path }) => path.length === parent.length + 1).map(({ path }) => path.at(-1)))
    const searched = spec.parameters.filter(
      ({ name, types }) => given.has(name) && types.some(({ type }) => type === 'space' || type === 'choices'),
    ).length
    return `study: ${searched} ${searched === 1 ? 'parameter' : 'parameters'}`
  }
  return (spec?.name ?? line.value.text).split('.').at(-1)
}
