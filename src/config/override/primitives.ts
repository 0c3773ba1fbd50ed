import { intValue } from '../python/index.ts'
import type { Element } from './elements.ts'
import { EvaluationError } from './evaluation-error.ts'
import type { ValueTree } from './syntax-tree.ts'
import type { Token } from './tokens.ts'

const unescaped = (token: Token): string => (token.kind === 'ESC' ? everySecond(token.text, 1) : token.text)

/** One token keeps its type; several are text, side by side. Spaces at the ends fall away. */
export function primitiveElement({ tokens, start, end }: ValueTree & { readonly kind: 'primitive' }): Element {
  if (tokens.length === 1 && tokens[0].kind === 'WS')
    throw new EvaluationError('HydraException', 'Trying to parse a primitive that is all whitespaces', start, end)
  const first = tokens[0].kind === 'WS' ? 1 : 0
  const last = tokens[tokens.length - 1].kind === 'WS' ? tokens.length - 1 : tokens.length
  const kept = tokens.slice(first, last)
  const place = { start: kept[0].start, end: kept[kept.length - 1].end }
  if (kept.length > 1) return { kind: 'str', value: kept.map(unescaped).join(''), ...place }
  const [token] = kept
  const { text } = token
  switch (token.kind) {
    case 'QUOTED_VALUE':
      return { kind: 'quoted', value: unescapeQuoted(text), quote: text[0] as "'" | '"', ...place }
    case 'INT':
      return { kind: 'int', value: integer(text), ...place }
    case 'FLOAT':
      return { kind: 'float', value: float(text), ...place }
    case 'NULL':
      return { kind: 'null', ...place }
    case 'BOOL':
      return { kind: 'bool', value: text.toLowerCase() === 'true', ...place }
    default:
      return { kind: 'str', value: unescaped(token), ...place }
  }
}

function integer(text: string): number | bigint {
  const digits = text.replace(/_/g, '')
  return digits[0] === '-' ? intValue(-BigInt(digits.slice(1))) : intValue(BigInt(digits[0] === '+' ? digits.slice(1) : digits))
}

function float(text: string): number {
  const digits = text.replace(/_/g, '').toLowerCase()
  if (digits.endsWith('nan')) return Number.NaN
  if (digits.endsWith('inf')) return digits[0] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(digits)
}

/** The text between quotes; only backslashes right before a quote (the closing one included) are escapes. */
function unescapeQuoted(text: string): string {
  const pattern = text[0] === "'" ? /\\+'/g : /\\+"/g
  const body = text.slice(1).replace(pattern, match => everySecond(match, 1))
  // an even run of backslashes before the closing quote has lost the quote already
  return /\\['"]$/.test(text) ? body : body.slice(0, -1)
}

function everySecond(text: string, from: number): string {
  let out = ''
  for (let i = from; i < text.length; i += 2) out += text[i]
  return out
}
