import type { Place } from './place.ts'

/** Python's class of a value, as `type(x)` prints it. */
export function className({ node, isLiteral }: Place): string {
  if (node.kind === 'map') return isLiteral ? 'dict' : 'omegaconf.dictconfig.DictConfig'
  if (node.kind === 'list') return isLiteral ? 'list' : 'omegaconf.listconfig.ListConfig'
  return node.type === 'null' ? 'NoneType' : node.type
}

/** The same without its module. */
export const shortClassName = (place: Place): string => className(place).split('.').at(-1)!
