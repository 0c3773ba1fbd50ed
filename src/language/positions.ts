import { lineColumn, lineStarts, type SourceText, type Span } from '../config/source-text.ts'
import type { FileRange, Position, Range } from './contract.ts'

/** Where `offset` is, as editors count. */
export function positionAt(source: SourceText, offset: number): Position {
  const { line, column } = lineColumn(source, offset)
  return { line: line - 1, character: column - 1 }
}

/** The offset of `position`; positions behind the end of a line mean its end, lines behind the last mean the end of the text. */
export function offsetAt(source: SourceText, { line, character }: Position): number {
  const starts = lineStarts(source)
  if (line < 0) return 0
  if (line >= starts.length) return source.text.length
  return Math.min(starts[line] + Math.max(0, character), lineEnd(source, line))
}

/** Offset of the end of a 0-based line, before its line break. */
export function lineEnd(source: SourceText, line: number): number {
  const starts = lineStarts(source)
  let end = line + 1 < starts.length ? starts[line + 1] : source.text.length
  while (end > starts[line] && (source.text[end - 1] === '\n' || source.text[end - 1] === '\r')) end--
  return end
}

export const rangeBetween = (source: SourceText, start: number, end: number): Range => ({
  start: positionAt(source, start),
  end: positionAt(source, end),
})

export const rangeOf = ({ source, start, end }: Span): Range => rangeBetween(source, start, end)

export const fileRangeOf = (span: Span): FileRange => ({ path: span.source.path, range: rangeOf(span) })

/** Whether `offset` touches the span; its end counts, as a cursor behind a word belongs to it. */
export const touches = ({ start, end }: { readonly start: number; readonly end: number }, offset: number): boolean =>
  start <= offset && offset <= end
