import type { Problem } from '../../problems.ts'
import { createFromText } from '../../yaml/read-yaml.ts'
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
    const { node: read, problems } = createFromText(node.value as string)
    if (problems.length > 0) throw exceptionOf(problems[0])
    return placeOf(read!, place.parent)
  },
}

/** The exception that PyYAML or OmegaConf raises for a problem of the text. */
function exceptionOf({ message }: Problem): ResolveStop {
  if (message.startsWith('Object of unsupported type')) return new ResolveStop('AssertionError', '')
  if (message.startsWith('Incompatible key type')) return new ResolveStop('KeyValidationError', message)
  if (/^(while constructing|could not determine a constructor)/.test(message)) return new ResolveStop('ConstructorError', message)
  if (/^(while composing|found undefined alias|found duplicate anchor|expected a single document)/.test(message))
    return new ResolveStop('ComposerError', message)
  if (/^(while parsing|expected '<document start>'|found (duplicate|incompatible) YAML)/.test(message))
    return new ResolveStop('ParserError', message)
  return new ResolveStop(message.includes('special characters are not allowed') ? 'ReaderError' : 'ScannerError', message)
}
