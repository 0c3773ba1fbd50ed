import type { ListNode, MapNode } from '../../node.ts'
import { nodeStr, scalarStr } from '../../python/str.ts'
import { shortClassName } from '../class-name.ts'
import type { Evaluation } from '../evaluate.ts'
import { type Place, placeOf } from '../place.ts'
import { ResolveStop } from '../resolve-stop.ts'
import { isMissing } from '../select.ts'
import type { BuiltInResolver } from './resolver.ts'
import { selectFrom } from './select.ts'

/** `${oc.dict.keys:key}`: the keys of a dict as a list. */
export const keys: BuiltInResolver = {
  pythonName: 'keys',
  parameters: ['key'],
  required: 1,
  call([key], place, evaluation) {
    const { map } = dictAt(key, 'oc.dict.keys', place, evaluation)
    const { origin } = place.node
    const items = [...map.entries.values()].map(entry => ({
      kind: 'scalar' as const,
      type: entry.key.type,
      value: entry.key.value,
      origin,
    }))
    return placeOf({ kind: 'list', items, origin }, place.parent)
  },
}

/** `${oc.dict.values:key}`: the values of a dict as a list of references to them. */
export const values: BuiltInResolver = {
  pythonName: 'values',
  parameters: ['key'],
  required: 1,
  call([key], place, evaluation) {
    const { map, path } = dictAt(key, 'oc.dict.values', place, evaluation)
    const { origin } = place.node
    // The list is one level deeper than the value that asked.
    const base = path.startsWith('.') ? `.${path}` : path
    const list: ListNode = {
      kind: 'list',
      items: [...map.entries.values()].map(entry => ({
        kind: 'scalar',
        type: 'str',
        value: `\${${base}.${scalarStr(entry.key)}}`,
        origin,
      })),
      origin,
    }
    return placeOf(list, place.parent)
  },
}

function dictAt(key: Place, name: string, place: Place, evaluation: Evaluation): { readonly map: MapNode; readonly path: string } {
  const { node } = key
  if (node.kind !== 'scalar' || node.type !== 'str')
    throw new ResolveStop(
      'TypeError',
      `\`${name}\` requires a string as input, but obtained \`${nodeStr(node)}\` of type: ${shortClassName(key)}`,
    )
  const path = node.value as string
  const found = selectFrom(place, path, true, evaluation)
  if (!found || isMissing(found.node)) throw new ResolveStop('ConfigKeyError', `Key not found: '${path}'`)
  if (found.node.kind === 'map' && !found.isLiteral) return { map: found.node, path }
  throw new ResolveStop('TypeError', `\`${name}\` cannot be applied to objects of type: ${shortClassName(found)}`)
}
