/** `root/path` with `.`, `..` and double slashes resolved, as `os.path.normpath(os.path.join(root, path))` does on POSIX. */
export function joinPath(root: string, path: string): string {
  const joined = path.startsWith('/') ? path : `${root}/${path}`
  if (!/\/\/|\/\.\.?(?:\/|$)|^\.|\/$/.test(joined)) return joined
  const absolute = joined.startsWith('/')
  const out: string[] = []
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && out.length > 0 && out[out.length - 1] !== '..') out.pop()
    else if (part !== '..' || !absolute) out.push(part)
  }
  const path_ = out.join('/')
  return absolute ? `/${path_}` : path_ || '.'
}
