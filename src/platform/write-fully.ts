import { writeSync } from 'node:fs'

/** `write` may take only a part, for example on a disk that is nearly full. */
export function writeFully(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
