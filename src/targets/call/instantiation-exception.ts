import { type Problem, ProblemError } from '../../config/problems.ts'
import { strRepr } from '../../config/python/index.ts'
import { LearnError } from '../../learn/contract.ts'
import { StudyError } from '../../study/contract.ts'

/** What `instantiate` throws: Hydra's message, and where in the config to look. `cause` is what the target threw. */
export class InstantiationException extends ProblemError {
  constructor(
    readonly told: Problem,
    cause?: unknown,
  ) {
    super(told)
    this.name = 'InstantiationException'
    if (cause !== undefined) this.cause = cause
  }
}

/** An error as Python's `repr` shows it: `ValueError('it broke')`. */
export function errorRepr(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const name = error instanceof LearnError || error instanceof StudyError ? error.type : error.name
  return `${name}(${error.message === '' ? '' : strRepr(error.message)})`
}

/** A message and Hydra's line for where in the config it happened. */
export const withFullKey = (message: string, fullKey: string): string => (fullKey === '' ? message : `${message}\nfull_key: ${fullKey}`)
