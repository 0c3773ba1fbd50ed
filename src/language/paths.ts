/** Paths are absolute, with `/`, as `ConfigFiles` has them. */

export const parentFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '/'

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export const joinPath = (folder: string, name: string): string => (folder.endsWith('/') ? folder + name : `${folder}/${name}`)

/** Whether `path` is `folder` or below it. */
export const isInside = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)

/** `path` as seen from `folder`, or the path itself when it is elsewhere. */
export const relativeTo = (folder: string, path: string): string =>
  isInside(folder, path) && path !== folder ? path.slice(folder.endsWith('/') ? folder.length : folder.length + 1) : path

/** `data/train.csv` against the project folder; absolute paths stay. `.` and `..` are worked out. */
export function resolvePath(folder: string, path: string): string {
  const absolute = /^(\/|[A-Za-z]:[\\/])/.test(path) ? path : joinPath(folder, path)
  const parts: string[] = []
  for (const part of absolute.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part)
  }
  return parts.join('/') || '/'
}
