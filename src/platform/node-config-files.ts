import { readFileSync, statSync } from 'node:fs'
import type { ConfigFiles } from '../config/config-files.ts'
import type { SourceText } from '../config/source-text.ts'
import { listFolder } from './node-files.ts'

/** Config files of the disk. A file that did not change keeps its SourceText, so that whoever caches by it need not parse again. */
export function nodeConfigFiles(): ConfigFiles {
  const known = new Map<string, { readonly mtimeMs: number; readonly size: number; readonly source: SourceText }>()
  return {
    read(path) {
      const stat = statSync(path, { throwIfNoEntry: false })
      if (!stat?.isFile()) return undefined
      const { mtimeMs, size } = stat
      const before = known.get(path)
      if (before && before.mtimeMs === mtimeMs && before.size === size) return before.source
      const source: SourceText = { path, text: readFileSync(path, 'utf8') }
      known.set(path, { mtimeMs, size, source })
      return source
    },
    list(path) {
      try {
        return listFolder(path)
      } catch {
        return undefined
      }
    },
  }
}
