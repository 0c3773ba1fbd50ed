import { scalarRepr, strRepr } from '../python/index.ts'
import type { Element } from './elements.ts'
import type { Override } from './parse-override.ts'

const types = { change: 'CHANGE: 1', add: 'ADD: 2', 'force-add': 'FORCE_ADD: 3', delete: 'DEL: 4' }

/** `repr(override)` as Hydra prints it in one of its messages; only for values that are no sweeps. */
export function overrideRepr({ type, key, package: pkg, value, source }: Override): string {
  const parts = [
    `type=<OverrideType.${types[type]}>`,
    `key_or_group=${strRepr(key)}`,
    `value_type=${value ? '<ValueType.ELEMENT: 1>' : 'None'}`,
    `_value=${value ? elementRepr(value) : 'None'}`,
    `package=${pkg === undefined ? 'None' : strRepr(pkg)}`,
    `input_line=${strRepr(source.text)}`,
    'config_loader=None',
  ]
  return `Override(${parts.join(', ')})`
}

/** `repr(value)`. */
export function elementRepr(element: Element): string {
  switch (element.kind) {
    case 'null':
      return 'None'
    case 'str':
    case 'int':
    case 'float':
    case 'bool':
      return scalarRepr({ type: element.kind, value: element.value })
    case 'quoted':
      return `QuotedString(text=${strRepr(element.value)}, quote=<Quote.${element.quote === "'" ? 'single: 0' : 'double: 1'}>)`
    case 'list':
      return `[${element.items.map(elementRepr).join(', ')}]`
    case 'dict':
      return `{${element.entries.map(({ key, value }) => `${elementRepr(key)}: ${elementRepr(value)}`).join(', ')}}`
    default:
      return element.kind
  }
}
