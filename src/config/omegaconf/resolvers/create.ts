import { readYaml } from '../../yaml/read-yaml.ts'
import { shortClassName } from '../class-name.ts'
import { placeOf } from '../place.ts'
import { ResolveStop } from '../resolve-stop.ts'
import type { BuiltInResolver } from './resolver.ts'

/** `${oc.create:{a: 1}}`: a dict or list as part of the config, so that interpolations in it are resolved where it stands. */
export const create: BuiltInResolver = {
  pythonName: 'create',
  parameters: ['obj'],
  required: 1,
  call([value], place) {
    const { node } = value
    if (node.kind !== 'scalar') return placeOf(node, place.parent)
    if (node.type === 'null') return value
    if (node.type !== 'str') throw new ResolveStop('ValidationError', `Object of unsupported type: '${shortClassName(value)}'`)
    // OmegaConf.create reads text as YAML.
    const { node: read, problems } = readYaml({ path: '<oc.create>', text: node.value as string })
    if (!read || problems.length) throw new ResolveStop('ValueError', problems[0]?.message ?? 'empty')
    return placeOf(read, place.parent)
  },
}
