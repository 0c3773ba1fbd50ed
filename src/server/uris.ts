/** Paths of documents: absolute with `/`, a drive letter first on Windows. Documents of other file systems keep scheme and authority. */
export function pathOfUri(uri: string): string {
  const match = /^file:\/\/([^/?#]*)([^?#]*)/.exec(uri)
  if (!match) return /^[A-Za-z]:\\/.test(uri) ? uri.replaceAll('\\', '/') : uri
  const path = decoded(match[2])
  const drive = /^\/([A-Za-z]):(.*)/.exec(path)
  if (drive) return `${drive[1].toUpperCase()}:${drive[2] || '/'}`
  return match[1] ? `//${match[1]}${path}` : path
}

export function uriOfPath(path: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path
  const drive = /^([A-Za-z]):(.*)/.exec(path)
  const encoded = (drive ? `/${drive[1].toLowerCase()}:${drive[2]}` : path).split('/').map(encodeURIComponent).join('/')
  return path.startsWith('//') ? `file:${encoded}` : `file://${encoded}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Remembers how the client spells a document: `file:///c%3A/x` and `file:///C:/x` are one path. */
export function uriBook() {
  const spelled = new Map<string, string>()
  return {
    path(uri: string): string {
      const path = pathOfUri(uri)
      spelled.set(path, uri)
      return path
    },
    uri: (path: string): string => spelled.get(path) ?? uriOfPath(path),
    forget: (path: string): void => void spelled.delete(path),
  }
}

export type UriBook = ReturnType<typeof uriBook>
