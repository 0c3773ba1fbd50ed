import { solveLu } from '../algebra/lu.ts'
import { pythonFloat } from '../python-float.ts'
import { lbfgs } from './lbfgs.ts'
import type { Hessian, Objective } from './logistic-loss.ts'

export interface NewtonResult {
  readonly x: Float64Array
  readonly iterations: number
}

/** The over-parametrised multinomial problem: which parameters are held at 0 to make it unique, and how it is centred at the end. */
export interface Gauge {
  readonly held: readonly number[]
  readonly centre: (w: Float64Array) => void
}

/**
 * Newton's method with a backtracking line search; falls back to L-BFGS where the Hessian is of no use.
 * Source: scikit-learn 1.9 `NewtonCholeskySolver`: same steps, same stopping rules, same warnings.
 */
export function newtonCholesky(
  objective: Objective,
  hessian: (w: Float64Array) => Hessian,
  start: Float64Array,
  {
    tol,
    maxIterations,
    gauge,
    warn,
  }: { tol: number; maxIterations: number; gauge?: Gauge; warn?: (category: string, message: string) => void },
): NewtonResult {
  const n = start.length
  let w = start.slice()
  let gradient = new Float64Array(n)
  let value = objective(w, gradient)
  let iteration = 1
  let converged = false
  let fallBack = false
  while (iteration <= maxIterations && !converged) {
    const { matrix, suspicious } = hessian(w)
    const step = suspicious ? undefined : newtonStep(matrix, gradient, gauge)
    if (suspicious) {
      warn?.(
        'ConvergenceWarning',
        `The inner solver of NewtonCholeskySolver detected a pointwise hessian with many negative values at iteration #${iteration}. It will now resort to lbfgs instead.`,
      )
    } else if (typeof step === 'string') {
      warn?.(
        'LinAlgWarning',
        `The inner solver of NewtonCholeskySolver stumbled upon a singular or very ill-conditioned Hessian matrix at iteration ${iteration}. It will now resort to lbfgs instead.\n${step}`,
      )
    }
    const slope = step instanceof Float64Array ? dot(gradient, step) : 1
    if (!(step instanceof Float64Array) || slope > 0) {
      fallBack = true
      break
    }
    const found = searchLine(objective, w, gradient, value, step, slope)
    if (!found) {
      warn?.(
        'ConvergenceWarning',
        `Line search of Newton solver NewtonCholeskySolver at iteration #${iteration} did not converge after 21 line search refinement iterations. It will now resort to lbfgs instead.`,
      )
      fallBack = true
      break
    }
    w = found.w
    gradient = found.gradient
    value = found.value
    converged = gradient.every(entry => Math.abs(entry) <= tol) && 0.5 * quadratic(matrix, step) <= tol
    iteration++
  }
  if (!converged && fallBack) {
    const left = maxIterations - iteration
    const result = lbfgs(objective, w, { gtol: tol, ftol: 64 * Number.EPSILON, maxIterations: left })
    if (!result.converged) {
      warn?.(
        'ConvergenceWarning',
        `lbfgs failed to converge after ${result.iterations} iteration(s) (status=${result.iterations >= left ? 1 : 2}):\n${result.message}`,
      )
    }
    w = result.x.slice()
    iteration += Math.min(result.iterations, left)
  } else if (!converged) warn?.('ConvergenceWarning', `Newton solver did not converge after ${iteration - 1} iterations.`)
  gauge?.centre(w)
  return { x: w, iterations: iteration - 1 }
}

/** The step H s = -g; a text tells why there is none. */
function newtonStep(matrix: Float64Array[], gradient: Float64Array, gauge?: Gauge): Float64Array | string {
  const held = new Set(gauge?.held ?? [])
  for (const k of held) {
    gradient[k] = 0
    matrix[k].fill(0)
    for (const row of matrix) row[k] = 0
  }
  const free = [...gradient.keys()].filter(k => !held.has(k))
  const solved = solveLu(
    free.map(i => Float64Array.from(free, j => matrix[i][j])),
    Float64Array.from(free, k => -gradient[k]),
  )
  if (!solved) return 'Matrix is singular.'
  if (solved.rcond < Number.EPSILON) return `Ill-conditioned matrix (rcond=${pythonFloat(solved.rcond)}): result may not be accurate.`
  const step = new Float64Array(gradient.length)
  free.forEach((k, at) => {
    step[k] = solved.x[at]
  })
  return step
}

function searchLine(objective: Objective, w: Float64Array, gradient: Float64Array, value: number, step: Float64Array, slope: number) {
  const armijo = 0.00048828125 * slope
  const sizeOf = (g: Float64Array) => g.reduce((sum, entry) => sum + Math.abs(entry), 0)
  let t = 1
  for (let i = 0; i < 21; i++) {
    const next = w.map((entry, k) => entry + t * step[k])
    const nextGradient = new Float64Array(w.length)
    const nextValue = objective(next, nextGradient)
    const improvement = nextValue - value
    const stalled = Math.abs(improvement) <= Math.abs(value * 16 * Number.EPSILON)
    if (improvement <= t * armijo || (stalled && sizeOf(nextGradient) < sizeOf(gradient)))
      return { w: next, gradient: nextGradient, value: nextValue }
    t *= 0.5
  }
  return undefined
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0)
const quadratic = (matrix: readonly Float64Array[], x: Float64Array): number => matrix.reduce((sum, row, i) => sum + x[i] * dot(row, x), 0)
