import type { ConfigFiles } from '../config/config-files.ts'
import type { SourceText } from '../config/source-text.ts'
import type { FileContents } from './requests.ts'
import { pathOfUri } from './uris.ts'

/** Files that a client sends, for a server that has no file system. `receive` answers which paths have changed. */
export function receivedFiles(): { files: ConfigFiles; receive: (contents: FileContents) => readonly string[] } {
  const sources = new Map<string, SourceText>()
  return {
    files: {
      read: path => sources.get(path),
      list(folder) {
        const prefix = folder.endsWith('/') ? folder : `${folder}/`
        const kinds = new Map<string, 'file' | 'folder'>()
        for (const path of sources.keys()) {
          if (!path.startsWith(prefix)) continue
          const [name, ...below] = path.slice(prefix.length).split('/')
          kinds.set(name, below.length ? 'folder' : 'file')
        }
        return kinds.size ? [...kinds].map(([name, kind]) => ({ name, kind })) : undefined
      },
    },
    receive({ files, removed = [] }) {
      for (const { uri, text } of files) {
        const path = pathOfUri(uri)
        if (sources.get(path)?.text !== text) sources.set(path, { path, text })
      }
      for (const uri of removed) sources.delete(pathOfUri(uri))
      return [...files.map(({ uri }) => pathOfUri(uri)), ...removed.map(pathOfUri)]
    },
  }
}
