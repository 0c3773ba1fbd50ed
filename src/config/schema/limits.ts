import type { ConfigNode, MapNode, ScalarNode } from '../node.ts'
import type { Limit } from './schema.ts'

/** Keywords of JSON Schema that look at a value that already has its type. */
export const limitKeywords: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'const',
])

/** What a schema says of its values beyond their type; an `enum` of numbers is such a limit, one of texts is a type. */
export function limitsOf(node: MapNode): Limit[] {
  const limits: Limit[] = []
  for (const [keyword, { node: value }] of node.entries) {
    if (limitKeywords.has(keyword)) limits.push({ keyword, value })
    if (keyword === 'enum' && value.kind === 'list' && !value.items.every(item => item.kind === 'scalar' && item.type === 'str'))
      limits.push({ keyword, value })
  }
  return limits
}

/** Why a value does not keep a limit, as the end of a sentence; undefined where it does, or where the limit says nothing of such a value. */
export function violation(node: ConfigNode, { keyword, value }: Limit): string | undefined {
  const bound = value.kind === 'scalar' ? value.value : undefined
  const shown = String(bound)
  if (keyword === 'const') return equal(node, value) ? undefined : `is not ${shown}`
  if (keyword === 'enum' && value.kind === 'list')
    return value.items.some(item => equal(node, item))
      ? undefined
      : `is none of ${value.items.map(item => String((item as ScalarNode).value)).join(', ')}`
  if (typeof bound === 'string') return keyword === 'pattern' ? mismatch(node, bound) : undefined
  if (typeof bound !== 'number') return undefined
  const size = sizeOf(node, keyword)
  if (size !== undefined) {
    if (keyword.startsWith('min') && size < bound) return `has fewer than ${shown} ${keyword === 'minItems' ? 'items' : 'letters'}`
    return keyword.startsWith('max') && size > bound ? `has more than ${shown} ${keyword === 'maxItems' ? 'items' : 'letters'}` : undefined
  }
  if (node.kind !== 'scalar' || (node.type !== 'int' && node.type !== 'float')) return undefined
  const number = Number(node.value)
  if (keyword === 'minimum' && number < bound) return `is less than ${shown}`
  if (keyword === 'maximum' && number > bound) return `is greater than ${shown}`
  if (keyword === 'exclusiveMinimum' && number <= bound) return `is not greater than ${shown}`
  if (keyword === 'exclusiveMaximum' && number >= bound) return `is not less than ${shown}`
  if (keyword === 'multipleOf' && !isMultiple(number, bound)) return `is no multiple of ${shown}`
  return undefined
}

function sizeOf(node: ConfigNode, keyword: string): number | undefined {
  if (keyword.endsWith('Items')) return node.kind === 'list' ? node.items.length : undefined
  if (!keyword.endsWith('Length')) return undefined
  return node.kind === 'scalar' && node.type === 'str' ? [...(node.value as string)].length : undefined
}

function mismatch(node: ConfigNode, pattern: string): string | undefined {
  if (node.kind !== 'scalar' || node.type !== 'str') return undefined
  try {
    return new RegExp(pattern, 'u').test(node.value as string) ? undefined : `does not match ${pattern}`
  } catch {
    return `cannot be compared with the pattern ${pattern}`
  }
}

const isMultiple = (number: number, step: number): boolean => {
  const times = number / step
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times))
}

const equal = (a: ConfigNode, b: ConfigNode): boolean =>
  a.kind === 'scalar' && b.kind === 'scalar' && (a.type === b.type || (isNumber(a) && isNumber(b))) && a.value === b.value

const isNumber = ({ type }: ScalarNode) => type === 'int' || type === 'float'
