import type { Cursor } from './cursor.ts'
import { maxSimpleKeyLength } from './limits.ts'
import { stop } from './yaml-error.ts'

/** A token that turns out to be a key when a `:` follows it on its line. */
export interface KeyCandidate {
  readonly token: number
  readonly at: number
  readonly column: number
  readonly line: number
  /** At the indentation of a block mapping it can only be a key. */
  readonly required: boolean
}

/** What may still become a key: one token per flow depth; the outermost is that of block context. */
export class KeyCandidates {
  private readonly all: (KeyCandidate | undefined)[] = []
  private readonly cursor: Cursor

  constructor(cursor: Cursor) {
    this.cursor = cursor
  }

  /** The next token of the queue, where the cursor is. */
  remember(depth: number, token: number, required: boolean): void {
    this.drop(depth)
    const { pos, lineStart, line } = this.cursor
    this.all[depth] = { token, at: pos, column: pos - lineStart, line, required }
  }

  /** The candidate that a `:` makes a key. */
  take(depth: number): KeyCandidate | undefined {
    const candidate = this.all[depth]
    if (candidate) this.all[depth] = undefined
    return candidate
  }

  /** @throws YamlStop where only a key could stand */
  drop(depth: number): void {
    const candidate = this.all[depth]
    if (!candidate) return
    if (candidate.required) this.fail(candidate)
    this.all[depth] = undefined
  }

  /** Drops those that the cursor has left behind. @throws YamlStop where only a key could stand */
  dropStale(): void {
    const { all, cursor } = this
    for (let depth = 0; depth < all.length; depth++) {
      const candidate = all[depth]
      if (!candidate || (candidate.line === cursor.line && cursor.pos - candidate.at <= maxSimpleKeyLength)) continue
      if (candidate.required) this.fail(candidate)
      all[depth] = undefined
    }
  }

  /** A flow collection ends. */
  close(depth: number): void {
    this.drop(depth)
    this.all.length = Math.min(this.all.length, depth)
  }

  clear(): void {
    this.all.length = 0
  }

  /** Whether a key token may yet come before the token `head`. */
  pointAt(head: number): boolean {
    for (const candidate of this.all) if (candidate && candidate.token <= head) return true
    return false
  }

  private fail({ at }: KeyCandidate): never {
    return stop({ context: 'while scanning a simple key', contextAt: at, message: "could not find expected ':'", at: this.cursor.pos })
  }
}
