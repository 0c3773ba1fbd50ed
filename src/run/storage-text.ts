import type { ConfigNode } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import type { FileSystem } from '../platform/ports.ts'
import { StudyError } from '../study/index.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { parentPath, resolvePath } from './paths.ts'

/** `sqlite:///study.db` or `study.log`, written in `folder`, as an absolute place. */
export function storageText(folder: string, text: string): string {
  const url = /^([a-z]+)(?:\+\w+)?:\/\/\/?(.*)$/.exec(text)
  return url ? `${url[1]}:///${resolvePath(folder, url[2])}` : resolvePath(folder, text)
}

/** What the study says is wrong with a storage, at the line that names it. Without a node as it is. @throws ProblemError */
export function atStorage<T>(node: ConfigNode | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!node || !(error instanceof StudyError)) throw error
    throw new ProblemError(jobProblem(error.code, error.message, placesOf(node), { hint: error.details.hint }))
  }
}

/** A file is made where it is missing, a folder is not. @throws ProblemError `study/no-storage` */
export function requireStorageFolder(files: Pick<FileSystem, 'exists'>, place: string, node: ConfigNode | undefined): void {
  const file = place.replace(/^(?:sqlite|journal):\/\/\//, '')
  if (file.includes('://') || file.includes(':memory:') || files.exists(file) || files.exists(parentPath(file))) return
  throw new ProblemError(
    jobProblem('study/no-storage', `No such file or directory: '${file}'`, placesOf(node), {
      hint: 'Make the folder of the storage first.',
    }),
  )
}
