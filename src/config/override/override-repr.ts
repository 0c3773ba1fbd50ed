import { scalarRepr, strRepr } from '../python/index.ts'
import type { Element, Sweep } from './elements.ts'
import type { Override } from './parse-override.ts'

const types = { change: 'CHANGE: 1', add: 'ADD: 2', 'force-add': 'FORCE_ADD: 3', delete: 'DEL: 4' }

/** `repr(override)` as Hydra prints it in one of its messages. */
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
      return sweepRepr(element)
  }
}

/** `repr` of what an override's value is once its quotes are taken off. */
export function valueRepr(element: Element): string {
  if (element.kind === 'quoted') return strRepr(element.value)
  if (element.kind === 'list') return `[${element.items.map(valueRepr).join(', ')}]`
  if (element.kind !== 'dict') return elementRepr(element)
  return `{${element.entries.map(({ key, value }) => `${elementRepr(key)}: ${valueRepr(value)}`).join(', ')}}`
}

/** A sweep as its dataclass prints itself. */
function sweepRepr(sweep: Sweep): string {
  if (sweep.kind === 'glob')
    return `Glob(include=[${sweep.include.map(strRepr).join(', ')}], exclude=[${sweep.exclude.map(strRepr).join(', ')}])`
  const tags = sweep.tags.length > 0 ? `{${sweep.tags.map(strRepr).join(', ')}}` : 'set()'
  const flag = (value: boolean) => (value ? 'True' : 'False')
  switch (sweep.kind) {
    case 'choice': {
      const list = sweep.items.map(valueRepr).join(', ')
      return `ChoiceSweep(tags=${tags}, list=[${list}], simple_form=${flag(sweep.simple)}, shuffle=${flag(sweep.shuffle)})`
    }
    case 'range': {
      const [start, stop, step] = [sweep.from, sweep.to, sweep.step].map(elementRepr)
      return `RangeSweep(tags=${tags}, start=${start}, stop=${stop}, step=${step}, shuffle=${flag(sweep.shuffle)})`
    }
    case 'interval':
      return `IntervalSweep(tags=${tags}, start=${elementRepr(sweep.from)}, end=${elementRepr(sweep.to)})`
  }
}
