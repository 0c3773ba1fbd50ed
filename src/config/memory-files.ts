import type { ConfigFiles } from './config-files.ts'
import type { SourceText } from './source-text.ts'

/**
 * Config files from an object of absolute paths and texts: for tests, and over other files for an editor's unsaved text
 * (`memoryFiles({ '/p/conf/config.yaml': text }, diskFiles)`).
 */
export function memoryFiles(texts: Readonly<Record<string, string>>, below?: ConfigFiles): ConfigFiles {
  const files = new Map<string, SourceText>()
  const folders = new Map<string, Map<string, 'file' | 'folder'>>()
  for (const [path, text] of Object.entries(texts)) {
    files.set(path, { path, text })
    let inner = path
    let kind: 'file' | 'folder' = 'file'
    while (inner.includes('/')) {
      const slash = inner.lastIndexOf('/')
      const folder = inner.slice(0, slash) || '/'
      const names = folders.get(folder) ?? new Map()
      folders.set(folder, names.set(inner.slice(slash + 1), kind))
      if (folder === '/') break
      inner = folder
      kind = 'folder'
    }
  }
  return {
    read: path => files.get(path) ?? below?.read(path),
    list(path) {
      const own = folders.get(path)
      const others = below?.list(path)
      if (!own) return others
      const names = [...own].map(([name, kind]) => ({ name, kind }))
      return [...names, ...(others ?? []).filter(({ name }) => !own.has(name))]
    },
  }
}
