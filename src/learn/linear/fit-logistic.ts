import type { Matrix } from '../contract.ts'
import type { EncodedLabels } from '../labels.ts'
import { lbfgs } from './lbfgs.ts'
import { type LossOptions, logisticHessian, logisticLoss, rowResiduals } from './logistic-loss.ts'
import { newtonCg } from './newton-cg.ts'
import { type Gauge, newtonCholesky } from './newton-cholesky.ts'
import { proximalGradient } from './proximal-gradient.ts'
import { stochasticSteps } from './stochastic-average.ts'

export type Solver = 'lbfgs' | 'liblinear' | 'newton-cg' | 'newton-cholesky' | 'sag' | 'saga'
export type Penalty = 'l1' | 'l2' | 'elasticnet' | 'none'

export interface LogisticOptions {
  readonly solver: Solver
  readonly penalty: Penalty
  readonly C: number
  readonly l1Ratio: number
  readonly tol: number
  readonly intercept: boolean
  /** liblinear's constant feature. */
  readonly interceptScaling: number
  readonly maxIterations: number
  readonly weights?: Float64Array
  /** Of the rows that SAG and SAGA draw; null draws others each time. */
  readonly seed: number | null
  readonly warn: (category: string, message: string) => void
}

export interface FittedLogistic {
  readonly coef: readonly Float64Array[]
  readonly intercept: Float64Array
  readonly iterations: number
}

/** How close to the minimum the solvers go whose path is not followed. */
const closely = 1e-10

/** Coefficients of a logistic regression by the solver that is asked for; solvers that take many small steps pause between them. */
export function* fittingLogistic(X: Matrix, { classes, codes }: EncodedLabels, options: LogisticOptions): Generator<void, FittedLogistic> {
  if (options.solver === 'liblinear') return fitLiblinear(X, codes, options)
  const outputs = classes.length === 2 ? 1 : classes.length
  const { intercept, weights, C, l1Ratio } = options
  if (options.solver === 'sag' || options.solver === 'saga') {
    const how = { saga: options.solver === 'saga', steepness: 0.25, l2: (1 - l1Ratio) / C, l1: l1Ratio / C } as const
    return yield* stochasticSteps(X, outputs, rowResiduals(codes, outputs, weights), { ...options, ...how })
  }
  const width = X.columns + (intercept ? 1 : 0)
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : X.rows
  const strength = 1 / (C * total)
  const loss: LossOptions = { l2: strength * (1 - l1Ratio), intercept, ...(weights ? { weights } : {}) }
  const objective = logisticLoss(X, codes, outputs, loss)
  const start = new Float64Array(outputs * width)
  const { x, iterations } = minimise()
  return {
    coef: Array.from({ length: outputs }, (_, k) => x.slice(k * width, k * width + X.columns)),
    intercept: Float64Array.from({ length: outputs }, (_, k) => (intercept ? x[k * width + X.columns] : 0)),
    iterations,
  }

  function minimise(): { readonly x: Float64Array; readonly iterations: number } {
    const { solver, tol, maxIterations, warn } = options
    if (solver === 'lbfgs') {
      const { x, iterations, converged, message } = lbfgs(objective, start, { gtol: tol, ftol: 64 * Number.EPSILON, maxIterations })
      if (!converged) {
        warn(
          'ConvergenceWarning',
          `lbfgs failed to converge after ${Math.min(iterations, maxIterations)} iteration(s) (status=${iterations >= maxIterations ? 1 : 2}):\n${message}`,
        )
      }
      return { x, iterations: Math.min(iterations, maxIterations) }
    }
    const hessian = logisticHessian(X, outputs, loss)
    if (solver === 'newton-cg') return newtonCg(objective, hessian, start, { tol, maxIterations, warn })
    const gauge = outputs === 1 ? undefined : gaugeOf(outputs, width, X.columns, intercept, loss.l2 === 0)
    return newtonCholesky(objective, hessian, start, { tol, maxIterations, ...(gauge ? { gauge } : {}), warn })
  }
}

/** Without a penalty the last class is held at 0, else only its intercept; both are centred at the end. */
function gaugeOf(classes: number, width: number, columns: number, intercept: boolean, free: boolean): Gauge | undefined {
  if (!free && !intercept) return undefined
  const all = Array.from({ length: width }, (_, j) => j)
  const parts = free ? all : [columns]
  return {
    held: parts.map(j => (classes - 1) * width + j),
    centre: w => {
      for (const j of parts) {
        let mean = 0
        for (let k = 0; k < classes; k++) mean += w[k * width + j]
        mean /= classes
        for (let k = 0; k < classes; k++) w[k * width + j] -= mean
      }
    },
  }
}

/** liblinear's problem: the intercept is the coefficient of a constant feature, and penalised like the others. */
function fitLiblinear(X: Matrix, codes: Int32Array, options: LogisticOptions): FittedLogistic {
  const { C, weights, intercept, interceptScaling, penalty } = options
  const columns = X.columns + (intercept ? 1 : 0)
  const data = new Float64Array(X.rows * columns).fill(interceptScaling)
  for (let i = 0; i < X.rows; i++) data.set(X.data.subarray(i * X.columns, (i + 1) * X.columns), i * columns)
  const wide: Matrix = { rows: X.rows, columns, data }
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : X.rows
  const strength = 1 / (C * total)
  const loss: LossOptions = { l2: penalty === 'l1' ? 0 : strength, intercept: false, ...(weights ? { weights } : {}) }
  const objective = logisticLoss(wide, codes, 1, loss)
  const start = new Float64Array(columns)
  const x =
    penalty === 'l1'
      ? proximalGradient(
          objective,
          start.map(() => strength),
        )
      : newtonCholesky(objective, logisticHessian(wide, 1, loss), start, { tol: closely, maxIterations: 1000 }).x
  return {
    coef: [x.slice(0, X.columns)],
    intercept: Float64Array.of(intercept ? x[X.columns] * interceptScaling : 0),
    iterations: options.maxIterations,
  }
}
