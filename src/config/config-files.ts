import type { SourceText } from './source-text.ts'

/**
 * The port through which composition reads config trees. Synchronous: an editor hands in a snapshot that holds unsaved text,
 * the command line reads from disk, a test from memory. Paths are absolute, with `/`.
 */
export interface ConfigFiles {
  /** The file's text with its version, or undefined when there is no such file. Same version, same object: parsers cache by it. */
  read(path: string): SourceText | undefined
  /** Names in a folder, unsorted, or undefined when there is no such folder. */
  list(path: string): readonly { readonly name: string; readonly kind: 'file' | 'folder' }[] | undefined
}
