import { DataError } from '../data-error.ts'
import { utf8Error } from '../utf8-error.ts'

/** Python's names that the web knows under another one. */
const webNames: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  utf_8: 'utf-8',
  utf16: 'utf-16le',
  'utf-16': 'utf-16le',
  'utf-16-le': 'utf-16le',
  'utf-16-be': 'utf-16be',
  cp1252: 'windows-1252',
  cp1251: 'windows-1251',
  cp1250: 'windows-1250',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp874: 'windows-874',
  'mac-roman': 'macintosh',
  macroman: 'macintosh',
  u8: 'utf-8',
}
/** Encodings of Python that no engine brings: code pages of DOS and mainframes, and two forms of Unicode. */
const notBuiltIn =
  /^(?:cp0?\d{2,3}|ibm\d+|cp1006|cp102[56]|cp1140|u(?:tf-?)?7|utf-?32(?:-?[bl]e)?|mac-?(?!intosh|roman)\w+|hz|ptcp154|kz1048)$/
/** Characters of the bytes 0x80 to 0x9f in Windows-1252, which some engines read as Latin-1; a space where there is none. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'
/** Python's Latin-1 maps each byte to its own code point; the web's label means Windows-1252. */
const latin1 = new Set(['latin-1', 'latin1', 'latin_1', 'iso-8859-1', 'iso8859-1', 'l1', '8859'])

/**
 * The bytes of a text file as UTF-8 without a byte order mark.
 *
 * @param encoding as the file's author named it; absent: UTF-8, or UTF-16 by its byte order mark
 * @throws DataError `data/encoding` for bytes that are no such text, `data/csv-option` for an encoding that is unknown
 */
export function utf8Bytes(bytes: Uint8Array, { path, encoding }: { readonly path: string; readonly encoding?: string }): Uint8Array {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  const asked = encoding?.toLowerCase().replaceAll('_', '-')
  const name = asked === undefined ? (marked ?? 'utf-8') : (webNames[asked] ?? asked)
  const utf16 = name.startsWith('utf-16')
  if (latin1.has(name)) return reencoded(Array.from(chunks(bytes), chunk => String.fromCharCode(...chunk)))
  if (name === 'windows-1252') return reencoded(Array.from(chunks(bytes), chunk => windowsText(chunk, path)))
  if (name !== 'utf-8') return reencoded([decoded(bytes, utf16 ? (marked ?? name) : name, { path, encoding: encoding ?? name })])
  requireUtf8(bytes, path)
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

const absent = (encoding: string) =>
  new DataError('data/csv-option', `The encoding ${encoding} is known but not built in.`, { hint: 'Save the file as UTF-8.' })

function windowsText(bytes: Uint8Array, path: string): string {
  const points = Array.from(bytes, byte => {
    if (byte < 0x80 || byte > 0x9f) return byte
    const point = windows1252.charCodeAt(byte - 0x80)
    if (point !== 32) return point
    const message = `'charmap' codec can't decode byte 0x${byte.toString(16)}: character maps to <undefined>`
    throw new DataError('data/encoding', message, { path, line: 1, hint: 'The file is in another encoding.' })
  })
  return String.fromCharCode(...points)
}

function* chunks(bytes: Uint8Array, size = 8192): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const reencoded = (texts: readonly string[]): Uint8Array => new TextEncoder().encode(texts.join(''))

function decoded(bytes: Uint8Array, label: string, { path, encoding }: { readonly path: string; readonly encoding: string }): string {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(label, { fatal: true })
  } catch {
    if (notBuiltIn.test(label)) throw absent(encoding)
    // Python's words.
    throw new DataError('data/csv-option', `unknown encoding: ${encoding}`, { hint: 'For example utf-8, latin-1, cp1252 or utf-16.' })
  }
  try {
    return decoder.decode(bytes)
  } catch {
    throw new DataError('data/encoding', `'${encoding}' codec can't decode the file`, { path, line: 1, hint: 'Save the file as UTF-8.' })
  }
}

/** Bytes before the first that is not ASCII, give or take a few. */
function asciiPrefix(bytes: Uint8Array): number {
  if (bytes.byteOffset % 4) return 0
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  const fours = words.length & ~3
  let at = 0
  while (at < fours && ((words[at] | words[at + 1] | words[at + 2] | words[at + 3]) & 0x80808080) === 0) at += 4
  return 4 * at
}

function requireUtf8(whole: Uint8Array, path: string): void {
  const bytes = whole.subarray(asciiPrefix(whole))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (const chunk of chunks(bytes, 65536)) decoder.decode(chunk, { stream: true })
    decoder.decode()
  } catch (error) {
    const wrong = utf8Error(whole)
    if (!wrong) throw error
    let line = 1
    for (let at = whole.indexOf(10); at >= 0 && at < wrong.at; at = whole.indexOf(10, at + 1)) line++
    throw new DataError('data/encoding', wrong.message, {
      path,
      line,
      hint: 'Save the file as UTF-8, or name its encoding: task.csv.encoding.',
    })
  }
}
