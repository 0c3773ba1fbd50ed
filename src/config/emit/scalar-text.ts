import type { ScalarNode } from '../node.ts'
import { floatRepr } from '../python/float-repr.ts'
import { parseFloat64, parseInt10 } from '../python/parse-number.ts'
import { isPlainStr } from '../yaml/resolve-scalar.ts'

type Typed = Pick<ScalarNode, 'type' | 'value'>

/** A scalar on its way into YAML: its text, and whether it must keep the quotes that tell a string from another type. */
export interface ScalarText {
  readonly text: string
  readonly mustQuote: boolean
  /** Length of the tag that PyYAML counts when it decides whether a key fits on one line. */
  readonly tagLength: number
}

const boolWords = /^(?:y|yes|n|no|on|off|true|false)$/i
const boolCases = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/

/** Text and quoting of a scalar other than bytes. */
export function scalarText({ type, value }: Typed): ScalarText {
  switch (type) {
    case 'null':
      return { text: 'null', mustQuote: false, tagLength: 6 }
    case 'bool':
      return { text: value ? 'true' : 'false', mustQuote: false, tagLength: 6 }
    case 'int':
      return { text: String(value), mustQuote: false, tagLength: 5 }
    case 'float':
      return { text: floatText(value as number), mustQuote: false, tagLength: 7 }
    default: {
      const text = value as string
      return { text, mustQuote: readsAsOther(text), tagLength: 5 }
    }
  }
}

/** A float as YAML 1.1 reads it back: `.inf`, and a point before an exponent (`1.0e-05`). */
function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  const text = floatRepr(value)
  return text.includes('.') ? text : text.replace('e', '.0e')
}

/** Whether a string would be read as another type by YAML 1.1, by OmegaConf's loader or by Python's `int()` and `float()`. */
function readsAsOther(text: string): boolean {
  if (text === '') return true
  if (boolWords.test(text) && boolCases.test(text)) return true
  if (!isPlainStr(text)) return true
  return mayBeNumber(text) && (parseFloat64(text) !== undefined || parseInt10(text) !== undefined)
}

/** Cheap look at the first characters: numbers start with a sign, point, digit or a word of `inf`, `nan`. */
function mayBeNumber(text: string): boolean {
  const c = text.charCodeAt(0)
  return c < 33 || (c >= 43 && c <= 57) || c === 105 || c === 73 || c === 110 || c === 78 || c > 126
}
