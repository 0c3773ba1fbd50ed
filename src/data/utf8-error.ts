/** What Python's decoder says of bytes that are not UTF-8, and where. */
export interface Utf8Error {
  /** Offset of the first byte that is wrong. */
  readonly at: number
  readonly message: string
}

/**
 * The first error in `bytes`, in the words of Python's `bytes.decode('utf-8')`; undefined where there is none.
 *
 * Source: The Unicode Standard, table 3-7 (well-formed byte sequences); messages as CPython 3.11 prints them.
 */
export function utf8Error(bytes: Uint8Array): Utf8Error | undefined {
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]
    if (lead < 0x80) {
      at++
      continue
    }
    const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    if (length === 0) return { at, message: wrongByte(lead, at, 'invalid start byte') }
    for (let i = 1; i < length; i++) {
      const byte = bytes[at + i]
      if (byte === undefined) return { at, message: unfinished(bytes, at) }
      const [low, high] = i === 1 ? secondByte(lead) : [0x80, 0xbf]
      if (byte < low || byte > high) {
        const message =
          i === 1
            ? wrongByte(lead, at, 'invalid continuation byte')
            : `'utf-8' codec can't decode bytes in position ${at}-${at + i - 1}: invalid continuation byte`
        return { at, message }
      }
    }
    at += length
  }
  return undefined
}

const secondByte = (lead: number): readonly [number, number] => {
  if (lead === 0xe0) return [0xa0, 0xbf]
  if (lead === 0xed) return [0x80, 0x9f]
  if (lead === 0xf0) return [0x90, 0xbf]
  if (lead === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}

const wrongByte = (byte: number, at: number, what: string): string =>
  `'utf-8' codec can't decode byte 0x${byte.toString(16).padStart(2, '0')} in position ${at}: ${what}`

function unfinished(bytes: Uint8Array, at: number): string {
  const last = bytes.length - 1
  if (last === at) return wrongByte(bytes[at], at, 'unexpected end of data')
  return `'utf-8' codec can't decode bytes in position ${at}-${last}: unexpected end of data`
}
