import type { ConfigNode, ScalarNode } from '../node.ts'
import { intValue, nodeStr, parseFloat64, parseInt10, scalarRepr, scalarStr } from '../python/index.ts'
import type { ScalarSchema } from './schema.ts'

/** Python's name of a value's type. */
export function pythonType(node: ConfigNode): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'dict' : 'list'
  return node.type === 'null' ? 'NoneType' : node.type
}

const trueWords = new Set(['yes', 'y', 'on', 'true'])
const falseWords = new Set(['no', 'n', 'off', 'false'])

/** The scalar that a field of the type makes of a value, or the sentence that refuses it. */
export function convertScalar(node: ConfigNode, type: ScalarSchema, by: 'merge' | 'set'): ScalarNode | string {
  const valueType = node.kind === 'scalar' || by === 'set' ? pythonType(node) : node.kind === 'map' ? 'DictConfig' : 'ListConfig'
  const of = (kind: ScalarNode['type'], value: ScalarNode['value']): ScalarNode => ({
    kind: 'scalar',
    type: kind,
    value,
    origin: node.origin,
  })
  switch (type.kind) {
    case 'str':
      if (node.kind !== 'scalar' || node.type === 'bytes') return `Cannot convert '${valueType}' to string: '${nodeStr(node)}'`
      return node.type === 'str' ? node : of('str', scalarStr(node))
    case 'int': {
      if (node.kind === 'scalar' && node.type === 'int') return node
      const value = node.kind === 'scalar' && node.type === 'str' ? parseInt10(node.value as string) : undefined
      return value === undefined
        ? `Value '${nodeStr(node)}' of type '${valueType}' could not be converted to Integer`
        : of('int', intValue(value))
    }
    case 'float': {
      if (node.kind === 'scalar' && node.type === 'float') return node
      if (node.kind === 'scalar' && node.type === 'int') return of('float', Number(node.value))
      const value = node.kind === 'scalar' && node.type === 'str' ? parseFloat64(node.value as string) : undefined
      return value === undefined ? `Value '${nodeStr(node)}' of type '${valueType}' could not be converted to Float` : of('float', value)
    }
    case 'bool': {
      if (node.kind === 'scalar') {
        if (node.type === 'bool') return node
        if (node.type === 'int') return of('bool', node.value !== 0 && node.value !== 0n)
        const word = node.type === 'str' ? (node.value as string).toLowerCase() : ''
        if (trueWords.has(word) || falseWords.has(word)) return of('bool', trueWords.has(word))
        const number = node.type === 'str' ? parseInt10(word) : undefined
        if (number !== undefined) return of('bool', number !== 0n)
      }
      return `Value '${nodeStr(node)}' is not a valid bool (type ${valueType})`
    }
    case 'enum': {
      const text = node.kind === 'scalar' ? scalarStr(node) : ''
      const name = text.startsWith(`${type.name}.`) ? text.slice(type.name.length + 1) : text
      if (node.kind === 'scalar' && node.type === 'str' && type.values.includes(name)) return of('str', name)
      if (!type.namesOnly && node.kind === 'scalar' && node.type === 'int' && type.values[Number(node.value) - 1])
        return of('str', type.values[Number(node.value) - 1])
      return `Invalid value '${node.kind === 'scalar' ? scalarStr(node) : scalarRepr({ type: 'str', value: nodeStr(node) })}', expected one of [${type.values.join(', ')}]`
    }
  }
}
