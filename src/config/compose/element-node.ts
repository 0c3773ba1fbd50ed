import type { ConfigNode, MapEntry, Origin } from '../node.ts'
import { keyId } from '../node.ts'
import { type Element, globDict, type Override, pythonTypeName, sweepWithin } from '../override/index.ts'

/** The value of an override as a node; undefined and a reason where it holds what no config can hold. */
export function nodeOfOverride(override: Override): ConfigNode | { readonly error: string } {
  const { value } = override
  if (!value) return { kind: 'scalar', type: 'null', value: null, origin: originOf(override, undefined) }
  const bad = sweepWithin(value)
  if (hasNullKey(value)) return { error: `Incompatible key type 'NoneType'\n    full_key: ${override.key}\n    object_type=dict` }
  if (bad) return { error: `Value '${pythonTypeName(bad)}' is not a supported primitive type` }
  return nodeOf(value, override, true)
}

function originOf({ source, keySpan }: Override, element: Element | undefined, outermost = true): Origin {
  const span = element ? { source, start: element.start, end: element.end } : { source, start: 0, end: source.text.length }
  return { kind: 'override', span, ...(outermost ? { keySpan } : {}) }
}

function nodeOf(element: Element, override: Override, outermost: boolean): ConfigNode {
  const origin = originOf(override, element, outermost)
  switch (element.kind) {
    case 'list':
      return { kind: 'list', items: element.items.map(item => nodeOf(item, override, false)), origin }
    case 'dict': {
      const entries = new Map<string, MapEntry>()
      for (const { key, value } of element.entries) {
        const keyNode: MapEntry['key'] = key.kind === 'null' ? { type: 'null', value: null } : { type: key.kind, value: key.value }
        entries.set(keyId(keyNode), { key: keyNode, node: nodeOf(value, override, false) })
      }
      return { kind: 'map', entries, origin }
    }
    case 'null':
      return { kind: 'scalar', type: 'null', value: null, origin }
    case 'quoted':
      return { kind: 'scalar', type: 'str', value: element.value, origin }
    case 'str':
    case 'int':
    case 'float':
    case 'bool':
      return { kind: 'scalar', type: element.kind, value: element.value, origin }
    case 'glob':
      return nodeOf(globDict(element), override, outermost)
    default:
      throw new Error(`a ${element.kind} is no value`)
  }
}

function hasNullKey(element: Element): boolean {
  if (element.kind === 'list') return element.items.some(hasNullKey)
  return element.kind === 'dict' && element.entries.some(({ key, value }) => key.kind === 'null' || hasNullKey(value))
}
