import type { ComposedConfig } from '../config/compose-contract.ts'
import type { ConfigNode, MapNode } from '../config/node.ts'
import type { CompletionSite } from './complete.ts'
import type { Completion } from './contract.ts'
import { nodeAt } from './origin-index.ts'
import type { PathStep } from './outline.ts'
import { packageOf } from './packages.ts'
import { originSpan, placeText } from './place-text.ts'
import { rangeBetween } from './positions.ts'
import { declaredResolvers } from './project-resolvers.ts'
import { resolvedNode } from './resolved.ts'
import { resolverDocs } from './resolver-docs.ts'
import { valueText } from './value-text.ts'
import { type View, viewsOf } from './views.ts'

/** So many compositions are asked for keys. */
const mostViews = 4

/** Keys of the composed config and resolvers inside `${…}`. */
export function completeInterpolation({ model, root, path, outline, cursor }: CompletionSite, dollar: number): readonly Completion[] {
  const { text } = outline.source
  const typed = text.slice(dollar + 2, cursor.offset).trimStart()
  const resolver = /^([\w.]+):(.*)$/s.exec(typed)
  if (resolver && !['oc.select', 'hydra', 'oc.create', 'oc.dict.keys', 'oc.dict.values', 'oc.deprecated'].includes(resolver[1])) return []
  const reference = resolver ? resolver[2].trimStart() : typed
  if (/[^\w.@/-]/.test(reference)) return []
  const [, dots, dotted] = /^(\.*)(.*)$/.exec(reference)!
  const steps = dotted.split('.')
  const last = steps.pop()!
  const end = cursor.offset + /^[\w-]*/.exec(text.slice(cursor.offset))![0].length
  const replace = rangeBetween(outline.source, cursor.offset - last.length, end)
  const found = new Map<string, Completion>()
  let views = 0
  for (const view of viewsOf(model, path)) {
    if (++views > mostViews) break
    const own = [...packageOf(view, root, path), ...cursor.path]
    const base = dots ? [...own.slice(0, Math.max(0, own.length - dots.length)), ...steps] : steps
    const from: MapNode = resolver?.[1] === 'hydra' ? view.config.hydra : view.config.task
    const map = resolvedMap(view.config, from, base)
    if (!map) continue
    for (const { key, node } of map.entries.values()) {
      const label = String(key.value)
      const target = [...base, label]
      if (found.has(label) || target.join('.') === own.join('.')) continue
      found.set(label, keyCompletion(view, label, node, from === view.config.task ? target : undefined, replace, root.project))
    }
  }
  const completions = [...found.values()]
  if (!resolver && dots === '' && steps.length === 0) {
    for (const name of declaredResolvers(model, root)) {
      completions.push({
        label: `${name}:`,
        kind: 'interpolation',
        detail: 'resolver of the project',
        insertText: `${name}:`,
        replace,
        sortText: `1${name}`,
      })
    }
    for (const [name, doc] of resolverDocs) {
      completions.push({
        label: `${name}:`,
        kind: 'interpolation',
        detail: 'resolver',
        documentation: doc,
        insertText: `${name}:`,
        replace,
        sortText: `1${name}`,
      })
    }
  }
  return completions
}

function keyCompletion(
  { config }: View,
  label: string,
  node: ConfigNode,
  target: readonly PathStep[] | undefined,
  replace: Completion['replace'],
  project: string,
): Completion {
  const value = (target && resolvedNode(config, target)) ?? node
  const span = originSpan(node.origin)
  return {
    label,
    kind: 'interpolation',
    detail: valueText(value),
    ...(span ? { documentation: `from ${placeText(span, project)}` } : {}),
    insertText: label,
    replace,
    sortText: `0${label}`,
  }
}

/** The map at a path, through references. */
function resolvedMap(config: ComposedConfig, from: MapNode, path: readonly PathStep[]): MapNode | undefined {
  const node = nodeAt(from, path)
  const map = node?.kind === 'scalar' && from === config.task ? resolvedNode(config, path) : node
  return map?.kind === 'map' ? map : undefined
}
