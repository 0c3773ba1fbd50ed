import { nodeStr } from '../../python/str.ts'
import { placeOf } from '../place.ts'
import { ResolveStop } from '../resolve-stop.ts'
import { isMissing } from '../select.ts'
import type { BuiltInResolver } from './resolver.ts'

/** `${hydra:path}`: a value of Hydra's own config; nothing of the application's config can be reached from there. */
export const hydra: BuiltInResolver = {
  pythonName: 'register_hydra_resolver.<locals>.<lambda>',
  parameters: ['path'],
  required: 1,
  call([path], place, evaluation) {
    const content = evaluation.context.hydra
    if (!content) throw new ResolveStop('ValueError', 'HydraConfig was not set')
    const { origin } = place.node
    const root = placeOf({ kind: 'map', entries: new Map([['hydra', { key: { type: 'str', value: 'hydra' }, node: content }]]), origin })
    const from = placeOf(content, root, { type: 'str', value: 'hydra' })
    let found: ReturnType<typeof evaluation.select>
    try {
      found = evaluation.select(from, nodeStr(path.node).replace(/^\./, ''), { throwOnMissing: false, trail: new Set() })
    } catch (error) {
      if (!(error instanceof ResolveStop) || error.kind !== 'ConfigTypeError') throw error
    }
    if (found && !isMissing(found.node)) return found
    return evaluation.result({ kind: 'scalar', type: 'null', value: null, origin }, place)
  },
}
