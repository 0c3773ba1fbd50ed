import { readdirSync, statSync } from 'node:fs'
import { compareCodePoints } from '../config/index.ts'

/** A path that is being typed as a value: `data=./tr` is `data=` and `./tr`. */
export function fileWord(word: string): { readonly prefix: string; readonly path: string } | undefined {
  const equals = word.lastIndexOf('=')
  const path = word.slice(equals + 1)
  return equals >= 0 && /^[./\\]/.test(path) ? { prefix: word.slice(0, equals + 1), path } : undefined
}

/** What a path can become: the content of the folder that it names, else the names beside it that begin with it. */
export function completeFiles(path: string, cwd: string): string[] {
  const slash = path.lastIndexOf('/')
  const isFolder = isDirectory(path, cwd)
  const folder = isFolder ? path : slash < 0 ? '' : path.slice(0, slash).replace(/\/+$/, '') || '/'
  const begin = isFolder ? '' : path.slice(slash + 1)
  if (!isDirectory(folder, cwd)) return []
  const joined = (name: string) => (folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`)
  return readdirSync(absolute(folder, cwd))
    .filter(name => name.startsWith(begin))
    .map(joined)
    .sort(compareCodePoints)
}

const absolute = (path: string, cwd: string) => (path.startsWith('/') ? path : `${cwd}/${path}`)

function isDirectory(path: string, cwd: string): boolean {
  return path !== '' && Boolean(statSync(absolute(path, cwd), { throwIfNoEntry: false })?.isDirectory())
}
