import type { ScalarNode, ScalarType } from '../node.ts'

export type ScalarValue = { readonly type: ScalarType; readonly value: ScalarNode['value'] }

const bool = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
const int = /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const nothing = /^(?:~|null|Null|NULL|)$/

/**
 * What a plain (unquoted) scalar is, as PyYAML with OmegaConf's resolver reads it: YAML 1.1 with `1e3` a float and dates left as text.
 * Source: observed on PyYAML 6.0.3 and OmegaConf 2.3.1.
 */
export function plainScalar(text: string): ScalarValue {
  if (nothing.test(text)) return { type: 'null', value: null }
  if (bool.test(text)) return { type: 'bool', value: /^(?:yes|true|on)$/i.test(text) }
  if (int.test(text)) return intScalar(text)
  if (float.test(text)) return { type: 'float', value: floatValue(text) }
  return { type: 'str', value: text }
}

/** Whether PyYAML would read `text` as a string when it stands unquoted (dates are not, for the emitter; nor are `=` and `<<`). */
export function staysString(text: string): boolean {
  return plainScalar(text).type === 'str' && text !== '=' && text !== '<<' && !timestamp.test(text)
}
const timestamp = /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

export function intScalar(text: string): ScalarValue {
  let digits = text.replaceAll('_', '')
  const negative = digits.startsWith('-')
  if (/^[-+]/.test(digits)) digits = digits.slice(1)
  let value: bigint
  if (digits.includes(':')) value = digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  else if (digits === '0') value = 0n
  else if (/^0[bx]/.test(digits)) value = BigInt(digits)
  else if (digits.startsWith('0')) value = BigInt(`0o${digits.slice(1) || '0'}`)
  else value = BigInt(digits)
  if (negative) value = -value
  const small = Number(value)
  return { type: 'int', value: Number.isSafeInteger(small) ? small : value }
}

function floatValue(text: string): number {
  let digits = text.replaceAll('_', '').toLowerCase()
  const sign = digits.startsWith('-') ? -1 : 1
  if (/^[-+]/.test(digits)) digits = digits.slice(1)
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY
  if (digits === '.nan') return Number.NaN
  if (digits.includes(':')) return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return sign * Number(digits)
}
