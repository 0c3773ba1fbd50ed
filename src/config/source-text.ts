/** A text that configs are read from: a file, a built-in config or one command-line override. */
export interface SourceText {
  /** Absolute path, `pkg://…` for a built-in config, or `override[N]` for the N-th override (0-based). */
  readonly path: string
  readonly text: string
}

/** A stretch of a source text, in UTF-16 offsets, end exclusive. */
export interface Span {
  readonly source: SourceText
  readonly start: number
  readonly end: number
}

/** A place as people count: both numbers start at 1, columns in UTF-16 units. */
export interface LineColumn {
  readonly line: number
  readonly column: number
}

const lineStartsOf = new WeakMap<SourceText, number[]>()

/** Offsets at which lines begin; `\n`, `\r\n` and `\r` end a line. Computed once per source text. */
export function lineStarts(source: SourceText): readonly number[] {
  let starts = lineStartsOf.get(source)
  if (!starts) {
    starts = [0]
    const { text } = source
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
    }
    lineStartsOf.set(source, starts)
  }
  return starts
}

/** Line and column of `offset` (clamped to the text). */
export function lineColumn(source: SourceText, offset: number): LineColumn {
  const starts = lineStarts(source)
  const at = Math.max(0, Math.min(offset, source.text.length))
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= at) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: at - starts[low] + 1 }
}

/** The text that `span` covers. */
export const spanText = ({ source, start, end }: Span): string => source.text.slice(start, end)
