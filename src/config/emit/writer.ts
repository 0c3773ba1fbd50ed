/** YAML text in the making. Columns count characters, not UTF-16 units, as Python does. */
export interface Writer {
  out: string
  column: number
  /** The last character was a space or a line end. */
  afterSpace: boolean
  /** Nothing but indentation and `-`, `?` or `:` indicators is on the line yet. */
  atIndent: boolean
  /** Column at which lines of the current node begin. */
  indent: number
}

export const createWriter = (): Writer => ({ out: '', column: 0, afterSpace: true, atIndent: true, indent: 0 })

/** Characters of `text`, surrogate pairs as one. */
export function characterCount(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i)
    if (c >= 0xd800 && c < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) count--
  }
  return count
}

/** Text inside a scalar. */
export function writeText(writer: Writer, text: string): void {
  writer.out += text
  writer.column += characterCount(text)
}

/** Begins a token with `text`, a space before it unless there is one. */
export function writeToken(writer: Writer, text: string): void {
  const full = writer.afterSpace ? text : ` ${text}`
  writer.out += full
  writer.column += characterCount(full)
  writer.afterSpace = false
  writer.atIndent = false
}

/** `-`, `?` or `:` at the beginning of an item: what follows may stand on the same line, as if this were indentation. */
export function writeItemIndicator(writer: Writer, indicator: '-' | '?' | ':'): void {
  const { atIndent } = writer
  writeToken(writer, indicator)
  writer.atIndent = atIndent
}

export function writeLineBreak(writer: Writer, text = '\n'): void {
  writer.out += text
  writer.column = 0
  writer.afterSpace = true
  writer.atIndent = true
}

/** Goes to the current indentation: on this line if only indentation stands there, else on the next. */
export function writeIndent(writer: Writer): void {
  const { indent } = writer
  if (!writer.atIndent || writer.column > indent || (writer.column === indent && !writer.afterSpace)) writeLineBreak(writer)
  if (writer.column < indent) {
    writer.out += ' '.repeat(indent - writer.column)
    writer.column = indent
    writer.afterSpace = true
  }
}
