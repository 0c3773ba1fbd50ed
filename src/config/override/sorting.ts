import { type Element, pythonTypeName } from './elements.ts'
import { EvaluationError } from './evaluation-error.ts'

/** Python's `sorted()`: stable; numbers with numbers, texts with texts by code point, lists item by item. */
export function sortElements(items: readonly Element[], reverse: boolean, place: { start: number; end: number }): Element[] {
  const compare = (a: Element, b: Element): number => {
    if (isNumber(a) && isNumber(b)) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
    if (a.kind === 'str' && b.kind === 'str') return compareCodePoints(a.value, b.value)
    if (a.kind === 'list' && b.kind === 'list') {
      for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
        const order = compare(a.items[i], b.items[i])
        if (order !== 0) return order
      }
      return a.items.length - b.items.length
    }
    const [left, right] = [pythonTypeName(b), pythonTypeName(a)]
    throw new EvaluationError('TypeError', `'<' not supported between instances of '${left}' and '${right}'`, place.start, place.end)
  }
  return reverse ? [...items].sort((a, b) => compare(b, a)) : [...items].sort(compare)
}

const isNumber = (element: Element): element is Element & { value: number | bigint | boolean } =>
  element.kind === 'int' || element.kind === 'float' || element.kind === 'bool'

/** Order of two texts by code point, as Python compares them (JavaScript compares UTF-16 units). */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // surrogates stand for code points above all others
    const surrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff
    if (surrogate(x) !== surrogate(y)) return surrogate(x) ? 1 : -1
    return x - y
  }
  return a.length - b.length
}
