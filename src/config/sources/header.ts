/** The `# @package x` comment at the head of a config. */
export interface Header {
  readonly package: string | null
  /** Offsets of the package name in the text. */
  readonly start?: number
  readonly end?: number
  /** Python's ValueError where the header is malformed. */
  readonly error?: { readonly message: string; readonly start: number; readonly end: number }
}

const lineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g
/** What Python's `str.strip` takes away; a byte order mark is not of it. */
const outerSpace =
  /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g
const strip = (text: string) => text.replace(outerSpace, '')
/** Hydra reads this many characters to find the header. */
const headerLength = 512

/** Reads the leading comment lines of the form `# @key value`; the first other line that is not blank ends them. */
export function readHeader(text: string): Header {
  let header: Header = { package: null }
  // lines that end in \r\n count one character less; the few more that are read then do no harm except in the last line
  const head = text.slice(0, headerLength)
  let at = 0
  while (at < head.length) {
    lineEnd.lastIndex = at
    const found = lineEnd.exec(head)
    const end = found ? found.index : head.length
    const line = strip(head.slice(at, end))
    if (line !== '') {
      if (!/^#\s*@/.test(line)) break
      const read = headerLine(strip(line.replace(/^#+/, '')), text, at, end)
      if (read.error) return { ...header, error: read.error }
      if (read.package !== undefined) header = { package: read.package, start: read.start, end: read.end }
    }
    at = found ? found.index + found[0].length : head.length
  }
  return header
}

interface HeaderLine {
  readonly package?: string
  readonly start?: number
  readonly end?: number
  readonly error?: Header['error']
}

function headerLine(line: string, text: string, start: number, end: number): HeaderLine {
  const parts = line.split(' ').filter(part => part.length > 0)
  const error = (message: string) => ({ error: { message, start, end } })
  if (parts.length < 2) return error(`Expected header format: KEY VALUE, got '${line}'`)
  if (parts.length > 2) return error(`Too many components in '${line}'`)
  const [key, value] = parts.map(strip)
  if (key !== '@package') return {}
  const from = text.indexOf(value, text.indexOf(key, start) + key.length)
  return { package: value, start: from, end: from + value.length }
}
