import { LearnError, type Matrix } from '../contract.ts'
import { withoutPauses } from '../kernels/tree-memory.ts'
import { RandomState } from '../random-state.ts'

export interface StochasticOptions {
  /** SAGA's steps, which allow for an l1 penalty; else SAG's. */
  readonly saga: boolean
  /** How steep the gradient of one row's loss may be: 1/4 of its squares for a logistic loss, all of them for a squared one. */
  readonly steepness: 0.25 | 1
  /** Strengths of l2 and l1 on the scale of the sum of losses. */
  readonly l2: number
  readonly l1: number
  readonly tol: number
  readonly maxIterations: number
  readonly intercept: boolean
  readonly seed: number | null
  readonly warn?: (category: string, message: string) => void
}

export interface StochasticFit {
  /** [outputs][features] */
  readonly coef: readonly Float64Array[]
  /** [outputs] */
  readonly intercept: Float64Array
  readonly iterations: number
}

/** Writes how a row's loss changes with each of its raw predictions, weights included. */
export type RowGradient = (row: number, raw: Float64Array, gradient: Float64Array) => void

const stepsPerPause = 2048

/** Of sparse rows the intercept moves slowly. */
const sparseDecay = 0.01
/** The common factor of the coefficients is multiplied out before it gets lost. */
const smallestScale = 1e-9

/**
 * Coefficients by SAG or SAGA: each step draws a row and follows the mean of the last known gradients of all rows.
 *
 * The steps are scikit-learn's, draw by draw: same `n_iter_`, coefficients to rounding, converged or not.
 *
 * @throws LearnError when numbers overflow
 * Sources: Schmidt, Le Roux and Bach, 2013; Defazio, Bach and Lacoste-Julien, 2014; scikit-learn 1.9 `sag_solver` (draws, step sizes,
 * updates of sparse columns when they are next seen).
 */
export const stochasticAverage = (X: Matrix, outputs: number, gradientOf: RowGradient, options: StochasticOptions): StochasticFit =>
  withoutPauses(stochasticSteps(X, outputs, gradientOf, options))

/** The same, with a pause now and then in which others may have a turn. */
export function* stochasticSteps(
  X: Matrix,
  outputs: number,
  gradientOf: RowGradient,
  options: StochasticOptions,
): Generator<void, StochasticFit> {
  const { rows, columns, data, sparse } = X
  const { saga, intercept, tol, maxIterations } = options
  const alpha = options.l2 / rows
  const beta = options.l1 / rows
  const step = stepSize(X, alpha, options)
  const prox = beta > 0 && saga
  const next = rowDraws(options.seed, rows)
  const shrink = 1 - step * alpha
  const decay = sparse ? sparseDecay : 1
  const w = new Float64Array(columns * outputs)
  const before = new Float64Array(columns * outputs)
  const sums = new Float64Array(columns * outputs)
  const memory = new Float64Array(rows * outputs)
  const constants = new Float64Array(outputs)
  const constantSums = new Float64Array(outputs)
  const raw = new Float64Array(outputs)
  const gradient = new Float64Array(outputs)
  const gradientSteps = new Float64Array(rows)
  const shrinkSteps = new Float64Array(rows)
  const seenAt = new Int32Array(columns)
  const seen = new Uint8Array(rows)
  let known = 0
  let scale = 1

  /** What a column has missed since it was last looked at; `until` steps of this epoch are done. */
  const catchUp = (j: number, until: number) => {
    const last = seenAt[j]
    const moved = gradientSteps[until - 1] - (last ? gradientSteps[last - 1] : 0)
    const shrunk = prox ? shrinkSteps[until - 1] - (last ? shrinkSteps[last - 1] : 0) : 0
    for (let k = j * outputs; k < (j + 1) * outputs; k++) {
      if (!prox) w[k] -= moved * sums[k]
      else if (Math.abs(sums[k] * moved) < shrunk) w[k] = softened(w[k] - moved * sums[k], shrunk)
      else w[k] = stepByStep(w[k], sums[k], last, until)
    }
  }
  const stepByStep = (value: number, slope: number, last: number, until: number) => {
    for (let at = until - 1; at >= last; at--) {
      const moved = at > 0 ? gradientSteps[at] - gradientSteps[at - 1] : gradientSteps[at]
      const shrunk = at > 0 ? shrinkSteps[at] - shrinkSteps[at - 1] : shrinkSteps[at]
      value = softened(value - slope * moved, shrunk)
    }
    return value
  }
  /** Multiplies the common factor out; all columns are up to date then. @returns whether all is finite */
  const settle = (until: number): boolean => {
    let finite = true
    for (let j = 0; j < columns; j++) {
      catchUp(j, until)
      for (let k = j * outputs; k < (j + 1) * outputs; k++) {
        w[k] *= scale
        finite &&= Number.isFinite(w[k])
      }
      seenAt[j] = until % rows
    }
    gradientSteps[until - 1] = 0
    shrinkSteps[until - 1] = 0
    scale = 1
    return finite
  }

  /** All columns of a dense row: each has missed the one step before. */
  const catchUpAll = (until: number) => {
    const last = seenAt[0]
    const moved = gradientSteps[until - 1] - (last ? gradientSteps[last - 1] : 0)
    if (!prox) for (let k = 0; k < w.length; k++) w[k] -= moved * sums[k]
    else {
      const shrunk = shrinkSteps[until - 1] - (last ? shrinkSteps[last - 1] : 0)
      for (let k = 0; k < w.length; k++) {
        const value = w[k] - moved * sums[k]
        w[k] = value > shrunk ? value - shrunk : value < -shrunk ? value + shrunk : 0
      }
    }
    seenAt.fill(until)
  }
  /** What a row's gradient changes, for one output. */
  const changeOne = (from: number, difference: number, fresh: number) => {
    for (let j = 0; j < columns; j++) {
      const change = data[from + j] * difference
      if (saga) w[j] -= (change * step * fresh) / scale
      sums[j] += change
    }
  }

  /** One step on a drawn row. @returns whether all is finite */
  const advance = (at: number): boolean => {
    const row = next()
    const from = row * columns
    if (!seen[row]) {
      seen[row] = 1
      known++
    }
    if (at > 0 && !sparse) catchUpAll(at)
    for (let j = 0; sparse && at > 0 && j < columns; j++) {
      if (data[from + j] === 0) continue
      catchUp(j, at)
      seenAt[j] = at
    }
    for (let k = 0; k < outputs; k++) {
      let sum = 0
      for (let j = 0; j < columns; j++) sum += w[j * outputs + k] * data[from + j]
      raw[k] = scale * sum + constants[k]
    }
    gradientOf(row, raw, gradient)
    scale *= shrink
    const fresh = 1 - 1 / known
    if (outputs === 1 && !sparse) changeOne(from, gradient[0] - memory[row], fresh)
    for (let j = 0; (outputs > 1 || sparse) && j < columns; j++) {
      const value = data[from + j]
      if (sparse && value === 0) continue
      for (let k = 0; k < outputs; k++) {
        const change = value * (gradient[k] - memory[row * outputs + k])
        if (saga) w[j * outputs + k] -= (change * step * fresh) / scale
        sums[j * outputs + k] += change
      }
    }
    for (let k = 0; k < outputs; k++) {
      const change = gradient[k] - memory[row * outputs + k]
      memory[row * outputs + k] = gradient[k]
      if (!intercept) continue
      constantSums[k] += change
      const mean = ((step * constantSums[k]) / known) * decay
      constants[k] -= saga ? mean + change * (step * fresh) : mean
      if (!Number.isFinite(constants[k])) return false
    }
    gradientSteps[at] = (at > 0 ? gradientSteps[at - 1] : 0) + step / (scale * known)
    if (prox) shrinkSteps[at] = (at > 0 ? shrinkSteps[at - 1] : 0) + (step * beta) / scale
    return scale >= smallestScale || settle(at + 1)
  }

  let iterations = 0
  while (iterations < maxIterations) {
    iterations++
    let finite = true
    for (let at = 0; at < rows && finite; at++) {
      finite = advance(at)
      if (at % stepsPerPause === stepsPerPause - 1) yield
    }
    yield
    if (!finite || !settle(rows)) throw overflow(iterations)
    let change = 0
    let largest = 0
    for (let k = 0; k < w.length; k++) {
      largest = Math.max(largest, Math.abs(w[k]))
      change = Math.max(change, Math.abs(w[k] - before[k]))
      before[k] = w[k]
    }
    if (largest !== 0 ? change / largest <= tol : change === 0) break
  }
  // Without a single epoch nothing is said.
  if (iterations === maxIterations && iterations > 0) {
    options.warn?.('ConvergenceWarning', 'The max_iter was reached which means the coef_ did not converge')
  }
  return {
    coef: Array.from({ length: outputs }, (_, k) => Float64Array.from({ length: columns }, (_, j) => w[j * outputs + k])),
    intercept: constants,
    iterations: Math.max(1, iterations),
  }
}

const softened = (value: number, by: number) => Math.max(value - by, 0) - Math.max(-value - by, 0)

function stepSize({ rows, columns, data }: Matrix, alpha: number, { saga, steepness, intercept }: StochasticOptions): number {
  let largest = 0
  for (let i = 0, at = 0; i < rows; i++) {
    let squares = 0
    for (let j = 0; j < columns; j++, at++) squares += data[at] * data[at]
    if (squares > largest) largest = squares
  }
  const steepest = steepness * (largest + (intercept ? 1 : 0)) + alpha
  const step = saga ? 1 / (2 * steepest + Math.min(2 * rows * alpha, steepest)) : 1 / steepest
  if (step * alpha !== 1) return step
  throw new LearnError(
    'learn/invalid-parameter',
    'ZeroDivisionError',
    'Current sag implementation does not handle the case step_size * alpha_scaled == 1',
    { parameter: 'solver' },
  )
}

/** Rows with replacement: a xorshift generator whose seed is drawn. */
function rowDraws(given: number | null, rows: number): () => number {
  const random = new RandomState(given ?? Math.floor(Math.random() * 2 ** 32))
  let state = 1 + random.below(2 ** 31 - 2)
  return () => {
    if (state === 0) state = 1
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state & 0x7fffffff) % rows
  }
}

const overflow = (epoch: number) =>
  new LearnError(
    'learn/infinite',
    'ValueError',
    `Floating-point under-/overflow occurred at epoch #${epoch}. Scaling input data with StandardScaler or MinMaxScaler might help.`,
    { parameter: 'solver' },
  )
