import { nodeStr } from '../../python/str.ts'
import type { BuiltInResolver } from './resolver.ts'
import { strftime } from './strftime.ts'

/** `${now:%Y-%m-%d}`: the instant of the composition, in local time. */
export const now: BuiltInResolver = {
  pythonName: 'setup_globals.<locals>.<lambda>',
  parameters: ['pattern'],
  required: 1,
  call([pattern], place, evaluation) {
    const value = strftime(evaluation.context.now ?? new Date(), nodeStr(pattern.node))
    return evaluation.result({ kind: 'scalar', type: 'str', value, origin: place.node.origin }, place)
  },
}
