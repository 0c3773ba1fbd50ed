import { type ConfigNode, child, type MapNode, stringOf } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import { valuePlaces } from './problem-places.ts'
import { resolveTarget } from './resolve-target.ts'

/** Keys of the root that a run looks into by itself. */
const read = new Set(['task', 'preprocess', 'models', 'model', 'data', 'study', 'hydra'])

/**
 * Transformers and models in the root of a config that no role reads and nothing refers to: `prep: {_target_: …StandardScaler}` where the
 * preprocessing is called `preprocess`. A run would go on without them, which is seldom meant.
 */
export function unusedParts(task: MapNode): readonly Problem[] {
  const candidates = [...task.entries].flatMap(([key, { node }]) => {
    const target = read.has(key) ? undefined : (child(node, '_target_') ?? child(child(node, 'type'), '_target_'))
    const what = target && jobOf(stringOf(target) ?? '')
    return target && what ? [{ key, target, what }] : []
  })
  if (!candidates.length) return []
  const references = [...referencesIn(task)]
  return candidates.flatMap(({ key, target, what }): Problem[] => {
    // `${key}`, `${key.type}`, `${oc.select:key}`: any word of an interpolation may be it.
    if (references.some(text => text.split(/[^\w-]+/).includes(key))) return []
    const where = what === 'model' ? 'task.model, models or model' : 'task.preprocess or preprocess'
    return [
      {
        code: 'task/unused-part',
        severity: 'warning',
        message: `'${key}' holds a ${what} that nothing uses.`,
        locations: valuePlaces(target),
        hint: `A run takes its ${what === 'model' ? 'model' : 'preprocessing'} from ${where}: call it so, or refer to it: ${what === 'model' ? 'model' : 'preprocess'}: \${${key}}.`,
      },
    ]
  })
}

/** What a target would do in a job, if it is one that can be built. */
function jobOf(name: string): 'model' | 'transformer' | undefined {
  const resolution = resolveTarget(name)
  const kind = resolution.kind === 'spec' ? resolution.spec.kind : undefined
  if (kind === 'classifier' || kind === 'regressor') return 'model'
  return kind === 'transformer' || kind === 'pipeline' ? 'transformer' : undefined
}

function* referencesIn(node: ConfigNode): Generator<string> {
  if (node.kind === 'map') for (const { node: value } of node.entries.values()) yield* referencesIn(value)
  else if (node.kind === 'list') for (const item of node.items) yield* referencesIn(item)
  else if (typeof node.value === 'string' && node.value.includes('${')) yield node.value
}
