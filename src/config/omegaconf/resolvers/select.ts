import { nodeStr } from '../../python/str.ts'
import { shortClassName } from '../class-name.ts'
import type { Evaluation } from '../evaluate.ts'
import type { Place } from '../place.ts'
import { ResolveStop } from '../resolve-stop.ts'
import { isMissing } from '../select.ts'
import { startOf } from '../start-of.ts'
import type { BuiltInResolver } from './resolver.ts'

/** `OmegaConf.select` from where an interpolation stands: absolute unless the key begins with a dot. */
export function selectFrom(place: Place, key: string, throwOnMissing: boolean, evaluation: Evaluation): Place | undefined {
  const from = place.parent && startOf(place.parent, key)
  if (!from) throw new ResolveStop('ConfigKeyError', `Error resolving key '${key}'`)
  try {
    return evaluation.select(from, key.replace(/^\.+/, ''), { throwOnMissing, trail: new Set() })
  } catch (error) {
    if (error instanceof ResolveStop && error.kind === 'ConfigTypeError') return undefined
    throw error
  }
}

/** `${oc.select:key[,default]}`: the value there, else the default, else null; never an error for an absent key or `???`. */
export const select: BuiltInResolver = {
  pythonName: 'select',
  parameters: ['key', 'default'],
  required: 1,
  call([key, fallback], place, evaluation) {
    const { node } = key
    if (node.kind !== 'scalar' || node.type !== 'str')
      throw new ResolveStop('AttributeError', `'${shortClassName(key)}' object has no attribute 'startswith'`)
    const found = selectFrom(place, nodeStr(node), false, evaluation)
    if (found && !isMissing(found.node)) return found
    return fallback ?? evaluation.result({ kind: 'scalar', type: 'null', value: null, origin: place.node.origin }, place)
  },
}
