import { nodeStr } from '../../python/str.ts'
import { shortClassName } from '../class-name.ts'
import { parseElement } from '../interpolation.ts'
import { ResolveStop } from '../resolve-stop.ts'
import type { BuiltInResolver } from './resolver.ts'

/** `${oc.decode:TEXT}`: reads text as a value of the override grammar: `'[1, a]'` is a list. */
export const decode: BuiltInResolver = {
  pythonName: 'decode',
  parameters: ['expr'],
  required: 1,
  call([value], place, evaluation) {
    const { node } = value
    if (node.kind === 'scalar' && node.type === 'null') return value
    if (node.kind !== 'scalar' || node.type !== 'str')
      throw new ResolveStop(
        'TypeError',
        `\`oc.decode\` can only take strings or None as input, but \`${nodeStr(node)}\` is of type ${shortClassName(value)}`,
      )
    const { element, error } = parseElement(node.value as string)
    // The first token is read before OmegaConf watches for this one.
    if (!element)
      throw new ResolveStop(error!.message === 'Empty Stack' && error!.start === 0 ? 'Exception' : 'GrammarParseError', error!.message)
    if (
      element.kind === 'value' &&
      element.type === 'str' &&
      /^[ \t]+$/.test(element.value as string) &&
      !(node.value as string).includes('\\')
    )
      throw new ResolveStop('AssertionError', 'WS should never be reached')
    try {
      return evaluation.element(element, place, new Set())
    } catch (error) {
      // Places in the decoded text are no places in the config.
      if (error instanceof ResolveStop) error.at = undefined
      throw error
    }
  },
}
