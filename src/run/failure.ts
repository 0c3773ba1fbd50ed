import { type ConfigNode, child, stringOf } from '../config/node.ts'
import { type Location, type PlainProblem, ProblemError, plainProblem } from '../config/problems.ts'
import type { Span } from '../config/source-text.ts'
import { DataError } from '../data/data-error.ts'
import { LearnError, type Step } from '../learn/contract.ts'
import { StudyError } from '../study/contract.ts'
import { jobProblem, parameterPlace, placesOf, withFilePlace } from './config-places.ts'
import { errorText } from './import-module.ts'
import { ownPartOf } from './own-error.ts'

/** What a job was doing when something failed: where to point. */
export interface Circumstances {
  /** The `_target_` node of the part that failed. */
  readonly part?: ConfigNode
  /** The node that describes a step, also of one inside others. */
  readonly nodeOf?: (step: Step) => ConfigNode | undefined
  /** Where the space of a study's parameter is written. */
  readonly spaces?: ReadonlyMap<string, Location>
  /** The data file whose rows the message counts, the line of each, and which rows these are when they were drawn. */
  readonly data?: { readonly path: string; readonly lineOf: (row: number) => number; readonly rows?: Int32Array }
  readonly runDir?: string
  /** Finds the line of the project's own code that an error comes from. */
  readonly placeOf?: (error: unknown) => Span | undefined
  /** Finds where the config names a target. */
  readonly targetAt?: (name: string) => ConfigNode | undefined
  /** Print a stack trace with an error that nobody foresaw. */
  readonly fullErrors?: boolean
}

/** Any error of a job as the one problem that a user is told. */
export function problemOf(error: unknown, at: Circumstances = {}): PlainProblem {
  if (error instanceof ProblemError) return plain(error.problem)
  if (error instanceof LearnError) {
    const { parameter, row: drawn } = error.details
    const row = drawn === undefined ? undefined : (at.data?.rows?.[drawn] ?? drawn)
    const file = row !== undefined && at.data ? { path: at.data.path, line: at.data.lineOf(row) } : undefined
    const hint = row === undefined ? error.details.hint : error.details.hint?.replace(/\bin row \d+/, `in row ${row + 1}`)
    const part = (error.step && at.nodeOf?.(error.step)) ?? at.part
    return withFilePlace(jobProblem(error.code, error.message, parameterPlace(part, parameter), { hint }), file)
  }
  if (error instanceof DataError) {
    const { path, line, hint } = error.details
    const file = path && line ? { path, line } : undefined
    return withFilePlace(jobProblem(error.code, error.message, parameterPlace(at.part), { hint }), file)
  }
  if (error instanceof StudyError) {
    const { parameter, hint } = error.details
    const space = parameter === undefined ? undefined : at.spaces?.get(parameter)
    return plainProblem(jobProblem(error.code, error.message, space ? [space] : parameterPlace(at.part, parameter), { hint }))
  }
  return fileProblem(error, at) ?? ownProblem(error, at) ?? unforeseen(error, at)
}

const plain = (problem: ProblemError['problem']): PlainProblem =>
  problem.locations.some(location => 'span' in location) ? plainProblem(problem as never) : (problem as PlainProblem)

/** Whether the run folder itself can no longer be written. */
export const isFileError = (error: unknown): error is Error & { code: string; path?: string } =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'string' && 'syscall' in error

/** A disk that is full, a folder that may not be written, a folder that went away: in the system's words, with what to do. */
function fileProblem(error: unknown, { runDir }: Circumstances): PlainProblem | undefined {
  if (!isFileError(error)) return undefined
  const path = error.path ?? runDir ?? ''
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return plainProblem(
        jobProblem('run/disk-full', `No space left on device: '${path}'`, [], {
          hint: 'Free some space. What was finished before is whole; a study goes on with fitwright run --resume.',
        }),
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return plainProblem(
        jobProblem('run/not-writable', `Permission denied: '${path}'`, [], {
          hint: 'Choose another folder with hydra.run.dir=FOLDER or make this one writable.',
        }),
      )
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      if (!runDir) {
        return plainProblem(
          jobProblem('run/no-folder', `The run folder '${path}' cannot be made: ${error.message.replace(/^\w+: |, \w+ '.*$/g, '')}`, [], {
            hint: 'Choose another folder with hydra.run.dir=FOLDER.',
          }),
        )
      }
      if (!path.startsWith(runDir)) break
      return plainProblem(
        jobProblem('run/folder-gone', `The run folder was removed while the job was running: '${runDir}'`, [], {
          hint: 'Run it again and leave the folder in place until it has ended.',
        }),
      )
  }
  return plainProblem(jobProblem('run/files', error.message, [], {}))
}

/** An error of the project's own part, while it was fitted or asked: in the words of Hydra's instantiate, with both lines. */
function ownProblem(error: unknown, { part, placeOf, targetAt }: Circumstances): PlainProblem | undefined {
  const span = placeOf?.(error)
  const own = ownPartOf(error)
  if (!span && own === undefined) return undefined
  const named = own === undefined ? undefined : targetAt?.(own)
  const target = own ?? stringOf(child(part, '_target_'))
  const where = target === undefined ? 'Error in a part of the project' : `Error in call to target '${target}'`
  return plainProblem(
    jobProblem('target/project-error', `${where}: ${errorText(error)}`, [
      ...(named ? placesOf(named) : parameterPlace(part)),
      ...(span ? [{ span }] : []),
    ]),
  )
}

function unforeseen(error: unknown, { part, fullErrors }: Circumstances): PlainProblem {
  const text = error instanceof Error ? (fullErrors && error.stack) || error.message || error.name : String(error)
  return plainProblem(
    jobProblem('run/failed', text, parameterPlace(part), fullErrors ? {} : { hint: 'Set HYDRA_FULL_ERROR=1 for a complete stack trace.' }),
  )
}
