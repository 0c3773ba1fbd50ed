import { dot } from '../algebra/dot.ts'
import { pythonFloat } from '../python-float.ts'
import { lineSearch, wolfeLimits } from './line-search.ts'
import type { Hessian, Objective } from './logistic-loss.ts'
import type { NewtonResult } from './newton-cholesky.ts'

/** Steps of the inner solver. */
const mostInner = 200
const tiny = 16 * Number.EPSILON

export interface NewtonCgOptions {
  readonly tol: number
  readonly maxIterations: number
  readonly warn?: (category: string, message: string) => void
}

/**
 * Newton's method whose steps conjugate gradients find, as far as the gradient is worth it.
 *
 * Source: scikit-learn 1.9 `_newton_cg`: same steps, same stopping rules; where its first line search finds nothing, its second one
 * (scipy's `line_search_wolfe2`) is not tried.
 */
export function newtonCg(
  objective: Objective,
  hessian: (w: Float64Array) => Hessian,
  start: Float64Array,
  { tol, maxIterations, warn }: NewtonCgOptions,
): NewtonResult {
  const w = start.slice()
  const gradient = new Float64Array(w.length)
  let value = objective(w, gradient)
  let before: number | undefined
  let iterations = 0
  for (; iterations < maxIterations; iterations++) {
    objective(w, gradient)
    if (gradient.every(entry => Math.abs(entry) <= tol)) break
    const size = sizeOf(gradient)
    const { matrix } = hessian(w)
    const direction = conjugate(v => Float64Array.from(matrix, row => dot(row, v)), gradient, Math.min(0.5, Math.sqrt(size)) * size)
    const found = along(objective, w, gradient, direction, { value, before })
    if (!found) {
      warn?.('UserWarning', 'Line Search failed')
      break
    }
    before = value
    value = found.value
    for (let k = 0; k < w.length; k++) w[k] += found.step * direction[k]
  }
  if (iterations >= maxIterations) {
    warn?.('ConvergenceWarning', `newton-cg failed to converge at loss = ${pythonFloat(value)}. Increase the number of iterations.`)
  }
  return { x: w, iterations }
}

/** Solves H x = -g until the residuals are no larger than `enough` together; -g itself where H curves down. */
function conjugate(times: (v: Float64Array) => Float64Array, gradient: Float64Array, enough: number): Float64Array {
  const x = new Float64Array(gradient.length)
  const residual = gradient.slice()
  const p = residual.map(value => -value)
  let square = dot(residual, residual)
  let length = square
  for (let i = 0; i <= mostInner && sizeOf(residual) > enough; i++) {
    const product = times(p)
    const curvature = dot(p, product)
    if (curvature >= 0 && curvature <= tiny * length) break
    if (curvature < 0) {
      if (i === 0) for (let k = 0; k < x.length; k++) x[k] += (square / curvature) * p[k]
      break
    }
    const step = square / curvature
    for (let k = 0; k < x.length; k++) {
      x[k] += step * p[k]
      residual[k] += step * product[k]
    }
    const next = dot(residual, residual)
    const turn = next / square
    for (let k = 0; k < p.length; k++) p[k] = -residual[k] + turn * p[k]
    length = next + turn ** 2 * length
    square = next
  }
  return x
}

/** How far to go along a direction; all of it where rounding hides what is gained and the gradient shrinks. */
function along(
  objective: Objective,
  w: Float64Array,
  gradient: Float64Array,
  direction: Float64Array,
  { value, before }: { readonly value: number; readonly before: number | undefined },
): { readonly step: number; readonly value: number } | undefined {
  const there = new Float64Array(w.length)
  const slopes = new Float64Array(w.length)
  let reached = value
  const at = (step: number) => {
    for (let k = 0; k < w.length; k++) there[k] = w[k] + step * direction[k]
    reached = objective(there, slopes)
    return { f: reached, slope: dot(slopes, direction) }
  }
  const slope = dot(gradient, direction)
  const guess = before === undefined || slope === 0 ? 1 : Math.min(1, (1.01 * 2 * (value - before)) / slope)
  const step = lineSearch(at, { f: value, slope }, guess < 0 ? 1 : guess, wolfeLimits)
  if (step !== undefined) return { step, value: reached }
  at(1)
  return Math.abs(reached - value) <= Math.abs(value * tiny) && sizeOf(slopes) < sizeOf(gradient) ? { step: 1, value: reached } : undefined
}

const sizeOf = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0)
