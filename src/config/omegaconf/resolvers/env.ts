import { nodeStr, scalarStr, strRepr } from '../../python/str.ts'
import { shortClassName } from '../class-name.ts'
import { ResolveStop } from '../resolve-stop.ts'
import type { BuiltInResolver } from './resolver.ts'

/** `${oc.env:NAME[,default]}`: text of an environment variable; a default other than null becomes text. */
export const env: BuiltInResolver = {
  pythonName: 'env',
  parameters: ['key', 'default'],
  required: 1,
  call([key, fallback], place, evaluation) {
    const { node } = key
    if (node.kind !== 'scalar' || node.type !== 'str') throw new ResolveStop('TypeError', `str expected, not ${shortClassName(key)}`)
    const name = scalarStr(node)
    const { env: variables = {} } = evaluation.context
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    const { origin } = place.node
    if (value !== undefined) return evaluation.result({ kind: 'scalar', type: 'str', value, origin }, place)
    if (!fallback) throw new ResolveStop('KeyError', strRepr(`Environment variable '${name}' not found`))
    if (fallback.node.kind === 'scalar' && fallback.node.type === 'null') return fallback
    return evaluation.result({ kind: 'scalar', type: 'str', value: nodeStr(fallback.node), origin }, place)
  },
}
