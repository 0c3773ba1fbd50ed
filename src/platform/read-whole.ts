import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

/** Bytes that are taken from what is no regular file and may have no end: a pipe, a terminal, `/dev/zero`. */
export const mostStreamBytes = 2 ** 28

/**
 * A file's bytes; of a pipe or a device all there are, up to a limit.
 *
 * @throws Error with node's `code`; EFBIG where a pipe or a device goes on behind `mostStreamBytes`
 */
export function readWhole(path: string, most = mostStreamBytes): Buffer<ArrayBufferLike> {
  const file = openSync(path, 'r')
  try {
    const { isFile, isDirectory } = kindOf(file)
    // A folder fails as node lets it fail.
    return isFile || isDirectory ? readFileSync(file) : readStream(file, path, most)
  } finally {
    closeSync(file)
  }
}

function kindOf(file: number): { readonly isFile: boolean; readonly isDirectory: boolean } {
  const found = fstatSync(file)
  return { isFile: found.isFile(), isDirectory: found.isDirectory() }
}

function readStream(file: number, path: string, most: number): Buffer<ArrayBufferLike> {
  const pieces: Buffer[] = []
  for (let total = 0; ; ) {
    const piece = Buffer.allocUnsafe(2 ** 16)
    const read = readSync(file, piece, 0, piece.length, null)
    if (read === 0) return Buffer.concat(pieces)
    pieces.push(piece.subarray(0, read))
    total += read
    if (total <= most) continue
    throw Object.assign(new Error(`EFBIG: no end within ${most} bytes, read '${path}'`), { code: 'EFBIG' })
  }
}
