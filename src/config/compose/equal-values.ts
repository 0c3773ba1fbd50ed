import type { ConfigNode } from '../node.ts'

/** Python's `==` of two values: `1`, `1.0` and `True` are equal, texts and numbers never. */
export function equalValues(a: ConfigNode, b: ConfigNode): boolean {
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, i) => equalValues(item, b.items[i]))
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size) return false
    return [...a.entries].every(([id, { node }]) => b.entries.has(id) && equalValues(node, b.entries.get(id)!.node))
  }
  if (a.kind !== 'scalar' || b.kind !== 'scalar') return false
  const isNumber = (node: typeof a) => node.type === 'int' || node.type === 'float' || node.type === 'bool'
  // biome-ignore lint/suspicious/noDoubleEquals: numbers and bigints of the same value are equal in Python
  if (isNumber(a) && isNumber(b)) return Number(a.value) === Number(b.value) && (typeof a.value === typeof b.value || a.value == b.value)
  return a.type === b.type && a.value === b.value
}
