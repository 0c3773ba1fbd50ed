import { floatRepr, intValue, parseFloat64, parseInt10, strRepr } from '../python/index.ts'
import type { Element, NumberElement, ScalarElement } from './elements.ts'
import { EvaluationError } from './evaluation-error.ts'

export type Cast = 'int' | 'float' | 'str' | 'bool'

/** `int(x)`, `float(x)`, `str(x)`, `bool(x)` on a value, on the items of a list, the values of a dict or what a sweep runs through. */
export function castElement(cast: Cast, element: Element): Element {
  const { start, end } = element
  switch (element.kind) {
    case 'list':
      return { ...element, items: element.items.map(item => castElement(cast, item)) }
    case 'dict':
      return { ...element, entries: element.entries.map(({ key, value }) => ({ key, value: castElement(cast, value) })) }
    case 'choice':
      return {
        kind: 'choice',
        items: element.items.map(item => castElement(cast, item)),
        simple: element.simple,
        shuffle: false,
        tags: [],
        start,
        end,
      }
    case 'range':
      if (cast !== 'int' && cast !== 'float') throw new EvaluationError('ValueError', 'Range can only be cast to int or float', start, end)
      return {
        ...element,
        from: castNumber(cast, element.from),
        to: castNumber(cast, element.to),
        step: castNumber(cast, element.step),
        shuffle: false,
        tags: [],
      }
    case 'interval':
      if (cast !== 'int' && cast !== 'float') throw new EvaluationError('ValueError', `Intervals cannot be cast to ${cast}`, start, end)
      return { ...element, from: castNumber(cast, element.from), to: castNumber(cast, element.to) }
    case 'quoted':
      return castScalar(cast, { kind: 'str', value: element.value, start, end })
    case 'null':
      if (cast === 'bool') return { kind: 'bool', value: false, start, end }
      throw new EvaluationError('AssertionError', '', start, end)
    case 'glob':
      throw new EvaluationError('AssertionError', '', start, end)
    default:
      return castScalar(cast, element)
  }
}

type Castable = Exclude<ScalarElement, { kind: 'null' }>

function castScalar(cast: Cast, element: Castable): ScalarElement {
  const { start, end } = element
  switch (cast) {
    case 'int':
    case 'float':
      return castNumber(cast, element)
    case 'str':
      return { kind: 'str', value: element.kind === 'bool' ? String(element.value) : pythonText(element), start, end }
    case 'bool':
      return { kind: 'bool', value: castBool(element), start, end }
  }
}

function castBool(element: Castable): boolean {
  if (element.kind !== 'str') return element.kind === 'bool' ? element.value : Boolean(element.value) || Number.isNaN(element.value)
  const text = element.value.toLowerCase()
  if (text === 'true' || text === 'false') return text === 'true'
  throw new EvaluationError('ValueError', `Cannot cast '${element.value}' to bool`, element.start, element.end)
}

function castNumber(cast: 'int' | 'float', element: Castable): NumberElement {
  const { start, end } = element
  return cast === 'int' ? { kind: 'int', value: castInt(element), start, end } : { kind: 'float', value: castFloat(element), start, end }
}

function castInt(element: Castable): number | bigint {
  const { start, end } = element
  if (element.kind === 'bool') return element.value ? 1 : 0
  if (element.kind === 'int') return element.value
  if (element.kind === 'float') {
    const value = element.value as number
    if (Number.isNaN(value)) throw new EvaluationError('ValueError', 'cannot convert float NaN to integer', start, end)
    if (!Number.isFinite(value)) throw new EvaluationError('OverflowError', 'cannot convert float infinity to integer', start, end)
    return intValue(BigInt(Math.trunc(value)))
  }
  const text = element.value as string
  const value = parseInt10(text)
  if (value === undefined) throw new EvaluationError('ValueError', `invalid literal for int() with base 10: ${strRepr(text)}`, start, end)
  return intValue(value)
}

function castFloat(element: Castable): number {
  const { start, end } = element
  if (element.kind === 'bool') return element.value ? 1 : 0
  if (element.kind !== 'str') {
    const value = Number(element.value)
    if (element.kind === 'int' && !Number.isFinite(value))
      throw new EvaluationError('OverflowError', 'int too large to convert to float', start, end)
    return value
  }
  const text = element.value as string
  const value = parseFloat64(text)
  if (value === undefined) throw new EvaluationError('ValueError', `could not convert string to float: ${strRepr(text)}`, start, end)
  return value
}

/** Python's `str()` of a scalar. */
export function pythonText(element: ScalarElement): string {
  switch (element.kind) {
    case 'null':
      return 'None'
    case 'bool':
      return element.value ? 'True' : 'False'
    case 'float':
      return floatRepr(element.value as number)
    default:
      return String(element.value)
  }
}
