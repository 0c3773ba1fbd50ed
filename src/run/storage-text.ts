import { resolvePath } from './paths.ts'

/** `sqlite:///study.db` or `study.log`, written in `folder`, as an absolute place. */
export function storageText(folder: string, text: string): string {
  const url = /^([a-z]+)(?:\+\w+)?:\/\/\/?(.*)$/.exec(text)
  return url ? `${url[1]}:///${resolvePath(folder, url[2])}` : resolvePath(folder, text)
}
