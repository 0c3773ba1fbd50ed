import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { writeFully } from './write-fully.ts'

/** A file that is written beside its place and then put there whole, or thrown away. Failures are node's own errors. */
export class DraftFile {
  private readonly temporary: string
  private file: number | undefined

  constructor(private readonly path: string) {
    this.temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
    this.file = openSync(this.temporary, 'w')
  }

  write(content: string | Uint8Array): void {
    writeFully(this.file!, typeof content === 'string' ? Buffer.from(content) : content)
  }

  /** @param flushed whether all of it is on disk before the file is at its place */
  putInPlace(flushed = true): void {
    if (flushed) fsyncSync(this.file!)
    this.close()
    renameSync(this.temporary, this.path)
  }

  /** Nothing of it stays. */
  throwAway(): void {
    this.close()
    rmSync(this.temporary, { force: true })
  }

  private close(): void {
    const { file } = this
    this.file = undefined
    if (file !== undefined) closeSync(file)
  }
}
