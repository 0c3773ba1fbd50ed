import type { ConfigNode, MapEntry, ScalarNode } from '../node.ts'
import { floatRepr } from './float-repr.ts'

type Typed = Pick<ScalarNode, 'type' | 'value'>

// Other, separator and unassigned characters; the ASCII space is printable.
const unprintable = /[\p{C}\p{Z}]/u

/** `str(value)` of a scalar: `None`, `True`, `1.0`, `1e-05`, `b'x'`, a string as it is. */
export function scalarStr({ type, value }: Typed): string {
  switch (type) {
    case 'null':
      return 'None'
    case 'bool':
      return value ? 'True' : 'False'
    case 'float':
      return floatRepr(value as number)
    case 'bytes':
      return bytesRepr(value as Uint8Array)
    default:
      return String(value)
  }
}

/** `repr(text)` of a Python string. */
export function strRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = quote
  for (const c of text) {
    if (c === quote || c === '\\') out += `\\${c}`
    else if (c === '\n') out += '\\n'
    else if (c === '\r') out += '\\r'
    else if (c === '\t') out += '\\t'
    else if (c !== ' ' && unprintable.test(c)) out += escapeCode(c.codePointAt(0)!)
    else out += c
  }
  return out + quote
}

/** A character as `\\xe9`, `\\u20ac` or `\\U0001f600`. */
export function escapeCode(code: number): string {
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

function bytesRepr(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes)
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = `b${quote}`
  for (const c of text) {
    const code = c.charCodeAt(0)
    if (c === quote || c === '\\') out += `\\${c}`
    else if (c === '\n') out += '\\n'
    else if (c === '\r') out += '\\r'
    else if (c === '\t') out += '\\t'
    else out += code < 32 || code > 126 ? escapeCode(code) : c
  }
  return out + quote
}

/** `repr(value)` of a scalar or map key. */
export const scalarRepr = (scalar: Typed): string => (scalar.type === 'str' ? strRepr(scalar.value as string) : scalarStr(scalar))

/** `str(node)` of an OmegaConf node: containers as Python prints dicts and lists, interpolations in them as written. */
export function nodeStr(node: ConfigNode): string {
  return node.kind === 'scalar' ? scalarStr(node) : nodeRepr(node)
}

/** `repr(node)`. */
export function nodeRepr(node: ConfigNode): string {
  if (node.kind === 'scalar') return scalarRepr(node)
  if (node.kind === 'list') return `[${node.items.map(nodeRepr).join(', ')}]`
  return `{${[...node.entries.values()].map(({ key, node: value }) => `${keyRepr(key)}: ${nodeRepr(value)}`).join(', ')}}`
}

const keyRepr = (key: MapEntry['key']): string => scalarRepr(key)
