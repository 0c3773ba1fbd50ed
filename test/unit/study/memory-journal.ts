import type { JournalFile } from '../../../src/study/index.ts'

/** A journal in memory that several storages can share, as processes share a file. */
export class MemoryJournal implements JournalFile {
  bytes = new Uint8Array(0)
  durable = 0
  /** Thrown by the next append instead of writing; the first `written` bytes are kept, as a full disk would. */
  failure: { readonly error: Error; readonly written: number } | undefined

  constructor(text = '') {
    this.bytes = new TextEncoder().encode(text)
  }

  get text(): string {
    return new TextDecoder().decode(this.bytes)
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1)
  }

  read(offset: number): Uint8Array {
    return this.bytes.slice(offset)
  }

  append(text: string, durable: boolean): void {
    const added = new TextEncoder().encode(text)
    const { failure } = this
    this.failure = undefined
    this.#put(failure ? added.slice(0, failure.written) : added)
    if (failure) throw failure.error
    if (durable) this.durable++
  }

  #put(added: Uint8Array): void {
    const joined = new Uint8Array(this.bytes.length + added.length)
    joined.set(this.bytes)
    joined.set(added, this.bytes.length)
    this.bytes = joined
  }

  truncate(length: number): void {
    this.bytes = this.bytes.slice(0, length)
  }

  close(): void {}
}
