const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
/** zlib's crc32 over the bytes of arrays. */
export function crc(...arrays: readonly (Int32Array | Float64Array)[]): number {
  let value = 0xffffffff
  for (const array of arrays) {
    // No negative zero, as there.
    const plain = array.map((item: number) => item + 0)
    for (const byte of new Uint8Array(plain.buffer)) value = table[(value ^ byte) & 255] ^ (value >>> 8)
  }
  return ~value >>> 0
}

export function crcOfText(text: string): number {
  let value = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) value = table[(value ^ byte) & 255] ^ (value >>> 8)
  return ~value >>> 0
}
