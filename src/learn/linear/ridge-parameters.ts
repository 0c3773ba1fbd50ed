import type { FitControl, Params, ParamValue } from '../contract.ts'
import { valueError } from '../not-built-in.ts'
import { aBool, anArray, anInt, aReal, aSeed, itemsOf, none, numeric, oneOf } from '../parameters.ts'
import type { RidgeSolver } from './solve-ridge.ts'

export const ridgeParameters = {
  alpha: { default: 1, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left'), anArray] },
  fit_intercept: { default: true, accepts: [aBool] },
  copy_X: { default: true, accepts: [aBool] },
  max_iter: { default: null, accepts: [anInt(1), none] },
  tol: { default: 1e-4, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  solver: { default: 'auto', accepts: [oneOf('auto', 'svd', 'cholesky', 'lsqr', 'sparse_cg', 'sag', 'saga', 'lbfgs')] },
  positive: { default: false, accepts: [aBool] },
  random_state: { default: null, accepts: [aSeed, none] },
} as const

/** @throws LearnError in scikit-learn's words when a solver cannot do what is asked */
export function ridgeSolver({ solver, positive, fit_intercept }: Params, sparse: boolean): RidgeSolver {
  if (solver === 'lbfgs' && !positive) {
    throw valueError("'lbfgs' solver can be used only when positive=True. Please use another solver.", 'solver')
  }
  if (positive) {
    if (solver === 'auto' || solver === 'lbfgs') return solver
    throw valueError(
      `solver='${solver}' does not support positive fitting. Please set the solver to 'auto' or 'lbfgs', or set \`positive=False\``,
      'solver',
    )
  }
  if (!sparse || !fit_intercept) return solver as RidgeSolver
  if (!['auto', 'lbfgs', 'lsqr', 'sag', 'sparse_cg'].includes(solver as string)) {
    throw valueError(
      `solver='${solver}' does not support fitting the intercept on sparse data. Please set the solver to 'auto' or 'lsqr', 'sparse_cg', 'sag', 'lbfgs' or set \`fit_intercept=False\``,
      'solver',
    )
  }
  return solver === 'auto' ? 'sparse_cg' : (solver as RidgeSolver)
}

/** What solvers that draw rows want to know. */
export const drawsOf = ({ random_state }: Params, control?: FitControl) => ({
  seed: random_state === null || random_state === undefined ? null : numeric(random_state),
  ...(control?.onWarning ? { warn: control.onWarning } : {}),
})

/** One penalty per target. @throws LearnError when there are as many of neither */
export function alphasOf(alpha: ParamValue, targets: number): readonly number[] {
  const given =
    typeof alpha === 'number' || (typeof alpha === 'object' && alpha !== null && 'value' in alpha)
      ? [numeric(alpha)]
      : itemsOf(alpha).map(numeric)
  if (given.length === 1) return Array.from({ length: targets }, () => given[0])
  if (given.length === targets) return given
  throw valueError(`Number of targets and number of penalties do not correspond: ${given.length} != ${targets}`, 'alpha')
}
