import { ProblemError } from '../config/problems.ts'
import { slashes } from '../platform/node.ts'
import { jobProblem } from '../run/config-places.ts'
import { isFileError } from '../run/failure.ts'
import { resolvePath } from '../run/paths.ts'
import type { Workplace } from './workplace.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EACCES: 'Permission denied',
  EPERM: 'Permission denied',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
}

/**
 * Writes a file that a person named, whole.
 *
 * @param path as it was typed: absolute or relative to the working folder
 * @throws ProblemError `run/output-file`
 */
export function writeOutput({ platform, cwd }: Pick<Workplace, 'platform' | 'cwd'>, path: string, content: string | Uint8Array): void {
  const full = resolvePath(cwd, slashes(path))
  const refuse = (reason: string) =>
    new ProblemError(
      jobProblem('run/output-file', `${reason}: '${path}'`, [], { hint: 'Name a file in a folder that is there and may be written.' }),
    )
  if (platform.files.stat(full)?.kind === 'folder') throw refuse(reasons.EISDIR)
  try {
    platform.files.writeWhole(full, content)
  } catch (error) {
    if (!isFileError(error) || !reasons[error.code]) throw error
    throw refuse(reasons[error.code])
  }
}
