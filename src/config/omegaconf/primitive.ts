import type { ScalarNode } from '../node.ts'
import { intValue, parseFloat64, parseInt10 } from '../python/parse-number.ts'
import type { InterpolationTokenKind } from './interpolation-lexer.ts'

/** The typed value of an unquoted token: `1` is an int, `1.` a float, `NULL` null, `True` a bool, anything else text. */
export function parsePrimitive(kind: InterpolationTokenKind, text: string): Pick<ScalarNode, 'type' | 'value'> {
  switch (kind) {
    case 'NULL':
      return { type: 'null', value: null }
    case 'BOOL':
      return { type: 'bool', value: text.toLowerCase() === 'true' }
    case 'INT':
      return { type: 'int', value: intValue(parseInt10(text)!) }
    case 'FLOAT':
      return { type: 'float', value: parseFloat64(text)! }
    default:
      return { type: 'str', value: text }
  }
}
