import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from 'node:fs'
import type { JournalFile } from '../study/contract.ts'
import { withJournalLock } from './journal-lock.ts'
import { writeFully } from './write-fully.ts'

/**
 * The file under an Optuna journal. It stays open between writes; every change happens under Optuna's own lock beside it,
 * so that a Python process can work on the same study.
 *
 * @param options.onWait told when another program keeps the lock for long
 */
export function openNodeJournal(path: string, { onWait }: { readonly onWait?: (message: string) => void } = {}): JournalFile {
  const timing = onWait ? { onWait } : {}
  let file: number | undefined
  const open = () => (file ??= openSync(path, 'a+'))
  return {
    read(offset) {
      const size = sizeOf(path, file)
      if (size <= offset) return new Uint8Array(0)
      const bytes = Buffer.allocUnsafe(size - offset)
      let filled = 0
      while (filled < bytes.length) {
        const read = readSync(open(), bytes, filled, bytes.length - filled, offset + filled)
        if (read === 0) break
        filled += read
      }
      return bytes.subarray(0, filled)
    },
    append(text, durable) {
      withJournalLock(
        path,
        () => {
          const torn = tornTail(open())
          if (torn > 0) cut(path, fstatSync(open()).size - torn)
          writeFully(open(), Buffer.from(text))
          if (durable) fsyncSync(open())
        },
        timing,
      )
    },
    truncate(length) {
      withJournalLock(
        path,
        () => {
          // What looked torn may have been a line that another process was writing: under the lock it is whole.
          const size = fstatSync(open()).size
          if (size > length && size - tornTail(open()) <= length) cut(path, length)
        },
        timing,
      )
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** Bytes after the last newline: what a writer left that died while it wrote. */
function tornTail(file: number): number {
  const size = fstatSync(file).size
  const block = Buffer.allocUnsafe(4096)
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length)
    const length = readSync(file, block, 0, end - start, start)
    const newline = block.subarray(0, length).lastIndexOf(10)
    if (newline >= 0) return size - (start + newline + 1)
    end = start
  }
  return size
}

/** A file opened for appending cannot be cut on every system; a second handle can. */
function cut(path: string, length: number): void {
  const whole = openSync(path, 'r+')
  try {
    ftruncateSync(whole, length)
    fsyncSync(whole)
  } finally {
    closeSync(whole)
  }
}

function sizeOf(path: string, file: number | undefined): number {
  if (file !== undefined) return fstatSync(file).size
  try {
    const reading = openSync(path, 'r')
    try {
      return fstatSync(reading).size
    } finally {
      closeSync(reading)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
