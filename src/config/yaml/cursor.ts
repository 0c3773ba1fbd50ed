import { isBreak } from './characters.ts'

/** Position in a text that ends with a NUL; `lineStart` gives the column. Mutable, inside one parse. */
export interface Cursor {
  readonly text: string
  pos: number
  lineStart: number
  /** Counts lines passed, to tell whether two places are on one line. */
  line: number
}

/** Passes one line break and returns it as PyYAML keeps it: `\n` for `\r\n`, `\r` and NEL. */
export function passBreak(cursor: Cursor): string {
  const { text } = cursor
  const c = text.charCodeAt(cursor.pos)
  if (!isBreak(c)) return ''
  cursor.pos += c === 13 && text.charCodeAt(cursor.pos + 1) === 10 ? 2 : 1
  cursor.lineStart = cursor.pos
  cursor.line++
  return c === 0x2028 || c === 0x2029 ? String.fromCharCode(c) : '\n'
}

/** Whether `---` or `...` stands here as a document marker. */
export function atDocumentMarker({ text, pos, lineStart }: Cursor): boolean {
  if (pos !== lineStart) return false
  const c = text.charCodeAt(pos)
  if (c !== 45 && c !== 46) return false
  if (text.charCodeAt(pos + 1) !== c || text.charCodeAt(pos + 2) !== c) return false
  const next = text.charCodeAt(pos + 3)
  return next === 32 || next === 9 || next === 0 || isBreak(next)
}
