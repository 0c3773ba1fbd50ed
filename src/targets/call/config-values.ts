import type { ConfigNode } from '../../config/node.ts'
import { keyText } from '../node-value.ts'
import { asConfig, isConfig, isPlainDict, newDict } from './config-mark.ts'
import { type Floats, type LiveValues, scalarOf } from './live-values.ts'

/** How a target wants its values. */
export interface ValueForm {
  /** `_convert_`: lists and dicts as parts of the config, or as plain data. */
  readonly plain: boolean
  readonly floats: Floats
}

/** What a target receives for a part of its config in which nothing is called. */
export function dataOf(node: ConfigNode, live: LiveValues, form: ValueForm): unknown {
  if (node.kind === 'scalar') return scalarOf(node, live, form.floats)
  const made =
    node.kind === 'list'
      ? node.items.map(item => dataOf(item, live, form))
      : newDict([...node.entries.values()].map(({ key, node: value }) => [keyText(key), dataOf(value, live, form)]))
  return form.plain ? made : asConfig(made, node)
}

/** The same values without anything of a config, as `OmegaConf.to_container` gives them. */
export function toPlainData(value: unknown): unknown {
  if (!isConfig(value)) return value
  return Array.isArray(value) ? value.map(toPlainData) : newDict(Object.entries(value).map(([key, item]) => [key, toPlainData(item)]))
}

/** What becomes of a plain list or dict that is put into a config. Objects with methods stay what they are. */
export function intoConfig(value: unknown): unknown {
  if (isConfig(value)) return value
  if (Array.isArray(value)) return asConfig(value.map(intoConfig))
  if (!isPlainDict(value) || Object.values(value).some(item => typeof item === 'function')) return value
  return asConfig(newDict(Object.entries(value).map(([key, item]) => [key, intoConfig(item)])))
}
