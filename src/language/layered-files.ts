import type { ConfigFiles } from '../config/config-files.ts'
import type { SourceText } from '../config/source-text.ts'
import type { Range } from './contract.ts'
import { baseName, isInside, parentFolder } from './paths.ts'
import { offsetAt } from './positions.ts'

/** Files as the editor sees them: unsaved texts over saved ones. What was read stays until somebody says that it changed. */
export interface LayeredFiles extends ConfigFiles {
  /** Grows whenever anything may have changed. */
  readonly revision: number
  /** Grows whenever a file may have come or gone. */
  readonly treeRevision: number
  /** Lays `text` over the file. */
  open(path: string, text: string): void
  /** The text with one stretch of it replaced, as an editor tells of it. */
  edited(path: string, range: Range, newText: string): string
  /** The saved file counts again. */
  close(path: string): void
  isOpen(path: string): boolean
  openPaths(): readonly string[]
  /** Forgets what was read: of these paths, or of all. */
  forget(paths?: readonly string[]): void
}

type Listing = readonly { readonly name: string; readonly kind: 'file' | 'folder' }[]

/** Lays unsaved texts over `saved`. A text that is equal to the one before keeps its identity, so that parsers' caches hold. */
export function layeredFiles(saved: ConfigFiles): LayeredFiles {
  const unsaved = new Map<string, SourceText>()
  const texts = new Map<string, SourceText | undefined>()
  const listings = new Map<string, Listing | undefined>()
  let revision = 0
  let treeRevision = 0
  const readSaved = (path: string) => {
    if (!texts.has(path)) texts.set(path, saved.read(path))
    return texts.get(path)
  }
  return {
    get revision() {
      return revision
    },
    get treeRevision() {
      return treeRevision
    },
    read: path => unsaved.get(path) ?? readSaved(path),
    list(path) {
      if (!listings.has(path)) listings.set(path, saved.list(path))
      const listed = listings.get(path)
      const added = [...unsaved.keys()].filter(
        file => parentFolder(file) === path && !listed?.some(entry => entry.name === baseName(file) && entry.kind === 'file'),
      )
      return added.length ? [...(listed ?? []), ...added.map(file => ({ name: baseName(file), kind: 'file' as const }))] : listed
    },
    open(path, text) {
      if (unsaved.get(path)?.text === text) return
      const known = readSaved(path)
      if (!known && !unsaved.has(path)) treeRevision++
      unsaved.set(path, known?.text === text ? known : { path, text })
      revision++
    },
    edited(path, range, newText) {
      const source = unsaved.get(path) ?? readSaved(path) ?? { path, text: '' }
      return source.text.slice(0, offsetAt(source, range.start)) + newText + source.text.slice(offsetAt(source, range.end))
    },
    close(path) {
      if (!unsaved.delete(path)) return
      texts.delete(path)
      revision++
      if (!readSaved(path)) treeRevision++
    },
    isOpen: path => unsaved.has(path),
    openPaths: () => [...unsaved.keys()],
    forget(paths) {
      revision++
      if (!paths) {
        texts.clear()
        listings.clear()
        treeRevision++
        return
      }
      for (const path of paths) {
        const before = texts.get(path)
        texts.delete(path)
        const listing = listings.get(parentFolder(path))
        const wasListed = listing?.some(entry => entry.name === baseName(path)) ?? false
        if (before && saved.read(path) && wasListed) continue
        treeRevision++
        for (const folder of [...listings.keys()]) if (isInside(folder, path) || isInside(path, folder)) listings.delete(folder)
        for (const file of [...texts.keys()]) if (isInside(path, file)) texts.delete(file)
      }
    },
  }
}
