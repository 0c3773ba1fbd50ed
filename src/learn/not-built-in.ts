import { LearnError, type ParamValue } from './contract.ts'
import { pythonRepr } from './parameters.ts'

/** A value that scikit-learn takes and that is not built in: refused by name, never ignored. */
export const notBuiltIn = (estimator: string, parameter: string, value: ParamValue, hint = 'Leave it at its default.'): LearnError =>
  new LearnError(
    'learn/not-built-in',
    'NotImplementedError',
    `The '${parameter}' parameter of ${estimator} is known, but ${pythonRepr(value)} is not built in.`,
    { parameter, hint },
  )

/** A wrong value, in the library's own words. */
export const valueError = (message: string, parameter?: string, hint?: string): LearnError =>
  new LearnError('learn/invalid-parameter', 'ValueError', message, { ...(parameter ? { parameter } : {}), ...(hint ? { hint } : {}) })

export const typeError = (message: string, parameter?: string, hint?: string): LearnError =>
  new LearnError('learn/invalid-parameter', 'TypeError', message, { ...(parameter ? { parameter } : {}), ...(hint ? { hint } : {}) })
