import { analyzeScalar, isPrintable, type ScalarAnalysis } from './analyze-scalar.ts'
import { characterCount, type Writer, writeIndent, writeLineBreak, writeText, writeToken } from './writer.ts'

/** A long scalar is folded at the first place behind this column. */
const bestWidth = 80

export interface ScalarOptions {
  readonly mustQuote: boolean
  /** A key before `:` stays on one line, whatever its length. */
  readonly isKey: boolean
}

/** Writes a scalar in the first style that its text allows: plain, `'…'`, `"…"`. */
export function writeScalar(writer: Writer, text: string, { mustQuote, isKey }: ScalarOptions): void {
  const analysis = analyzeScalar(text)
  writer.indent += 2
  if (!mustQuote && isPlainAllowed(analysis, isKey)) writePlain(writer, text, !isKey)
  else if (analysis.allowSingleQuoted && !(isKey && analysis.multiline)) writeSingleQuoted(writer, text, !isKey)
  else writeDoubleQuoted(writer, text, !isKey)
  writer.indent -= 2
}

const isPlainAllowed = ({ allowPlain, empty, multiline }: ScalarAnalysis, isKey: boolean): boolean =>
  allowPlain && !(isKey && (empty || multiline))

const runs = / +|[\n\x85\u2028\u2029]+|[^ \n\x85\u2028\u2029]+/g

function writePlain(writer: Writer, text: string, mayFold: boolean): void {
  if (text === '') return
  writeToken(writer, '')
  if (!mayFold || writer.column + text.length <= bestWidth) {
    writeText(writer, text)
    return
  }
  for (const [run] of text.matchAll(runs)) {
    if (run === ' ' && writer.column > bestWidth) {
      writeIndent(writer)
      writer.afterSpace = false
      writer.atIndent = false
    } else writeText(writer, run)
  }
}

function writeSingleQuoted(writer: Writer, text: string, mayFold: boolean): void {
  writeToken(writer, "'")
  for (const match of text.matchAll(runs)) {
    const run = match[0]
    const c = run.charCodeAt(0)
    if (c === 32) {
      const inside = match.index > 0 && match.index + run.length < text.length
      if (run.length === 1 && inside && mayFold && writer.column > bestWidth) writeIndent(writer)
      else writeText(writer, run)
    } else if (c === 10 || c === 0x85 || c === 0x2028 || c === 0x2029) {
      // A single line end is read as a space, so there is one more.
      if (c === 10) writeLineBreak(writer)
      for (const lineEnd of run) writeLineBreak(writer, lineEnd)
      writeIndent(writer)
    } else writeText(writer, run.replace(/'/g, "''"))
  }
  writeText(writer, "'")
  writer.afterSpace = false
  writer.atIndent = false
}

const shortEscapes = new Map(
  Object.entries({
    '\0': '0',
    '\x07': 'a',
    '\b': 'b',
    '\t': 't',
    '\n': 'n',
    '\v': 'v',
    '\f': 'f',
    '\r': 'r',
    '\x1b': 'e',
    '"': '"',
    '\\': '\\',
    '\x85': 'N',
    '\xa0': '_',
    '\u2028': 'L',
    '\u2029': 'P',
  }),
)

function writeDoubleQuoted(writer: Writer, text: string, mayFold: boolean): void {
  writeToken(writer, '"')
  const characters = [...text]
  const last = characters.length - 1
  let start = 0
  for (let end = 0; end <= characters.length; end++) {
    const c = characters[end]
    if (c === undefined || needsEscape(c)) {
      writeText(writer, characters.slice(start, end).join(''))
      start = end
      if (c !== undefined) {
        writeText(writer, escapeOf(c))
        start = end + 1
      }
    }
    if (mayFold && end > 0 && end < last && (c === ' ' || start >= end) && writer.column + (end - start) > bestWidth) {
      writeText(writer, `${characters.slice(start, end).join('')}\\`)
      if (start < end) start = end
      writeIndent(writer)
      writer.afterSpace = false
      writer.atIndent = false
      if (characters[start] === ' ') writeText(writer, '\\')
    }
  }
  writeText(writer, '"')
  writer.afterSpace = false
  writer.atIndent = false
}

function needsEscape(c: string): boolean {
  const code = c.codePointAt(0)!
  return (
    c === '"' || c === '\\' || code > 0xffff || code === 10 || code === 0x85 || code === 0x2028 || code === 0x2029 || !isPrintable(code)
  )
}

function escapeOf(c: string): string {
  const short = shortEscapes.get(c)
  if (short !== undefined) return `\\${short}`
  const code = c.codePointAt(0)!
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** Whether a key of this text and tag can stand before `:` on one line; others are written as `? key`. */
export function isSimpleKey(text: string, tagLength: number): boolean {
  if (text.length + tagLength < 64) return text !== '' && !/[\n\x85\u2028\u2029]/.test(text)
  const { empty, multiline } = analyzeScalar(text)
  return !empty && !multiline && characterCount(text) + tagLength < 128
}
