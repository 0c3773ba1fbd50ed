/** Paths inside the product are absolute or relative with `/`; a drive letter makes a path absolute too. */
export const isAbsolutePath = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)

/** `path` below `folder`, with `.`, `..` and doubled slashes taken out. */
export function resolvePath(folder: string, path: string): string {
  const slashed = path.replaceAll('\\', '/')
  const full = isAbsolutePath(slashed) ? slashed : `${folder}/${slashed}`
  const drive = /^[A-Za-z]:/.exec(full)?.[0] ?? ''
  const parts: string[] = []
  for (const part of full.slice(drive.length).split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return `${drive}/${parts.join('/')}`
}

export const parentPath = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** `path` as seen from `folder` when it lies below it, else `path` itself. */
export function relativePath(folder: string, path: string): string {
  if (path === folder) return '.'
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : path
}
