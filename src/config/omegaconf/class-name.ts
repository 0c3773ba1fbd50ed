import type { ConfigNode } from '../node.ts'

/** Python's class of a value, as `type(x)` prints it. */
export function className(node: ConfigNode): string {
  if (node.kind === 'map') return 'omegaconf.dictconfig.DictConfig'
  if (node.kind === 'list') return 'omegaconf.listconfig.ListConfig'
  return node.type === 'null' ? 'NoneType' : node.type
}

/** The same without its module. */
export const shortClassName = (node: ConfigNode): string => className(node).split('.').at(-1)!
