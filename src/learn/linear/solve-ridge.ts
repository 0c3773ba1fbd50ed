import { solveCholesky } from '../algebra/cholesky.ts'
import { dot } from '../algebra/dot.ts'
import { lsqr } from '../algebra/lsqr.ts'
import { nnls } from '../algebra/nnls.ts'
import { svd } from '../algebra/svd.ts'
import type { Matrix } from '../contract.ts'
import { gramKernel } from '../kernels/products-kernel.ts'
import { matrixOfColumns } from '../matrix-columns.ts'
import { operatorOf } from './operator-of.ts'
import { requireFiniteArrays } from './require-finite-arrays.ts'
import { type RowGradient, stochasticAverage } from './stochastic-average.ts'

export type RidgeSolver = 'auto' | 'svd' | 'cholesky' | 'lsqr' | 'sparse_cg' | 'sag' | 'saga' | 'lbfgs'

export interface RidgeOptions {
  readonly solver: RidgeSolver
  readonly sparse: boolean
  readonly positive: boolean
  readonly tol: number
  readonly maxIterations: number | null
  /** Of the rows that SAG and SAGA draw; null draws others each time. */
  readonly seed: number | null
  readonly warn?: (category: string, message: string) => void
}

/** Coefficients per target, and what found them. */
export interface RidgeSolution {
  readonly coef: readonly Float64Array[]
  readonly iterations?: readonly number[]
  /** Per target, where the solver learns it. */
  readonly intercept?: readonly number[]
  readonly solver: RidgeSolver
}

/** The columns of a matrix with their offsets taken off, as far as a solver asks for them. */
export interface RidgeData {
  readonly width: number
  /** Sparse rows as they are, on which `sag` learns the intercept itself. */
  readonly sparseRows?: Matrix
  /** Weight per row; columns and targets then come without the roots of weights that other solvers want. */
  readonly weights?: Float64Array
  /** Each [rows]. */
  readonly columns: () => readonly Float64Array[]
  /** Products of the columns with each other and with the targets; absent or undefined where plain loops over the columns do as well. */
  readonly normal?: (targets: readonly Float64Array[]) => NormalEquations | undefined
}

/**
 * Minimum of |y - Xw|² + alpha |w|² for each target.
 *
 * Source: scikit-learn 1.9 `_ridge_regression`. The bounded `lbfgs` stops near the minimum there; here it is the minimum.
 */
export function solveRidge(
  data: RidgeData,
  targets: readonly Float64Array[],
  alphas: readonly number[],
  { solver, sparse, positive, tol, maxIterations, ...draws }: RidgeOptions,
): RidgeSolution {
  const chosen = solver !== 'auto' ? solver : positive ? 'lbfgs' : sparse ? 'sparse_cg' : 'cholesky'
  const rows = targets[0]?.length ?? 0
  if (chosen === 'cholesky' && data.width <= rows) {
    const normal = data.normal?.(targets)
    if (normal) {
      const coef = byNormalEquations(normal, alphas)
      return coef ? { coef, solver: chosen } : { coef: bySvd(data.columns(), targets, alphas), solver: 'svd' }
    }
  }
  if (chosen === 'sag' || chosen === 'saga') return bySteps(data, targets, alphas, { chosen, tol, maxIterations, ...draws })
  const columns = data.columns()
  if (chosen === 'lbfgs') return { coef: targets.map((y, k) => nonNegative(columns, y, alphas[k])), solver: chosen }
  if (chosen === 'lsqr') {
    const limit = maxIterations === null ? {} : { maxIterations }
    const solved = targets.map((y, k) => lsqr(operatorOf(columns), y, { damp: Math.sqrt(alphas[k]), tolerance: tol, ...limit }))
    return { coef: solved.map(({ x }) => x), iterations: solved.map(({ iterations }) => iterations), solver: chosen }
  }
  if (chosen === 'sparse_cg') {
    return { coef: targets.map((y, k) => conjugateGradients(columns, y, alphas[k], tol, maxIterations)), solver: chosen }
  }
  requireFiniteArrays(columns)
  if (chosen === 'svd') return { coef: bySvd(columns, targets, alphas), solver: chosen }
  const coef = columns.length > rows ? byKernel(columns, targets, alphas) : byNormalEquations(plainEquations(columns, targets), alphas)
  return coef ? { coef, solver: chosen } : { coef: bySvd(columns, targets, alphas), solver: 'svd' }
}

/** SAG and SAGA, one target after the other, each with the draws of the same seed. */
function bySteps(
  { columns, sparseRows, weights }: RidgeData,
  targets: readonly Float64Array[],
  alphas: readonly number[],
  { chosen, tol, maxIterations, seed, warn }: Steps,
): RidgeSolution {
  const rows = targets[0].length
  const X = sparseRows ?? { rows, columns: columns().length, data: matrixOfColumns(rows, columns()) }
  const solved = targets.map((y, k) => {
    const residual: RowGradient = (row, raw, gradient) => {
      gradient[0] = (raw[0] - y[row]) * (weights ? weights[row] : 1)
    }
    return stochasticAverage(X, 1, residual, {
      saga: chosen === 'saga',
      steepness: 1,
      l2: alphas[k],
      l1: 0,
      tol,
      maxIterations: maxIterations ?? 1000,
      intercept: sparseRows !== undefined,
      seed,
      ...(warn ? { warn } : {}),
    })
  })
  return {
    coef: solved.map(({ coef }) => coef[0]),
    iterations: solved.map(({ iterations }) => iterations),
    ...(sparseRows ? { intercept: solved.map(({ intercept }) => intercept[0]) } : {}),
    solver: chosen,
  }
}

type Steps = Pick<RidgeOptions, 'tol' | 'maxIterations' | 'seed' | 'warn'> & { readonly chosen: 'sag' | 'saga' }

const sameFor = (alphas: readonly number[]): boolean => alphas.every(alpha => alpha === alphas[0])

/** X'X, its lower half, and X'y per target. */
export interface NormalEquations {
  readonly gram: readonly Float64Array[]
  readonly products: readonly Float64Array[]
}

/** Of a matrix whose columns have their offsets taken off; undefined where plain loops do as well. */
export function normalEquations(X: Matrix, offsets: Float64Array, targets: readonly Float64Array[]): NormalEquations | undefined {
  const all = gramKernel(X, offsets, targets)
  return (
    all && {
      gram: all.slice(0, X.columns).map(row => row.subarray(0, X.columns)),
      products: all.slice(X.columns).map(row => row.slice(0, X.columns)),
    }
  )
}

const byNormalEquations = ({ gram, products }: NormalEquations, alphas: readonly number[]) => solveEach(gram, products, alphas)

function plainEquations(columns: readonly Float64Array[], targets: readonly Float64Array[]): NormalEquations {
  const gram = columns.map((column, i) => Float64Array.from({ length: columns.length }, (_, j) => (j <= i ? dot(column, columns[j]) : 0)))
  const products = targets.map(y => Float64Array.from(columns, column => dot(column, y)))
  return { gram, products }
}

function byKernel(columns: readonly Float64Array[], targets: readonly Float64Array[], alphas: readonly number[]) {
  const rows = targets[0].length
  const kernel = Array.from({ length: rows }, (_, i) =>
    Float64Array.from({ length: rows }, (_, j) => (j <= i ? columns.reduce((sum, column) => sum + column[i] * column[j], 0) : 0)),
  )
  return solveEach(kernel, targets, alphas)?.map(dual => Float64Array.from(columns, column => dot(column, dual)))
}

function solveEach(matrix: readonly Float64Array[], rhs: readonly Float64Array[], alphas: readonly number[]): Float64Array[] | undefined {
  const shifted = (alpha: number) =>
    matrix.map((row, i) => {
      const copy = row.slice()
      copy[i] += alpha
      return copy
    })
  requireFiniteArrays(
    matrix.map((row, i) => row.subarray(0, i + 1)),
    rhs,
  )
  if (sameFor(alphas)) return solveCholesky(shifted(alphas[0]), rhs)
  const solved = rhs.map((b, k) => solveCholesky(shifted(alphas[k]), [b])?.[0])
  return solved.every(one => one !== undefined) ? (solved as Float64Array[]) : undefined
}

function bySvd(columns: readonly Float64Array[], targets: readonly Float64Array[], alphas: readonly number[]): Float64Array[] {
  const { s, vt, utb } = svd(columns, targets)
  return utb.map((projected, t) => {
    const coef = new Float64Array(columns.length)
    for (let k = 0; k < s.length; k++) {
      if (s[k] <= 1e-15) continue
      const amount = (projected[k] * s[k]) / (s[k] ** 2 + alphas[t])
      for (let j = 0; j < coef.length; j++) coef[j] += amount * vt[k][j]
    }
    return coef
  })
}

/** As scipy's `cg` with a relative tolerance, on the smaller of the two problems. */
function conjugateGradients(
  columns: readonly Float64Array[],
  y: Float64Array,
  alpha: number,
  tol: number,
  maxIterations: number | null,
): Float64Array {
  const { times, transposeTimes } = operatorOf(columns)
  const dual = columns.length > y.length
  const apply = (x: Float64Array) => {
    const product = dual ? times(transposeTimes(x)) : transposeTimes(times(x))
    return product.map((value, i) => value + alpha * x[i])
  }
  const b = dual ? y : transposeTimes(y)
  const x = new Float64Array(b.length)
  const enough = tol * Math.sqrt(dot(b, b))
  let r = b.slice()
  let p = new Float64Array(0)
  let before = 0
  const limit = dual || maxIterations === null ? b.length * 10 : maxIterations
  for (let iteration = 0; iteration < limit; iteration++) {
    const square = dot(r, r)
    if (Math.sqrt(square) < enough || square === 0) break
    p = iteration ? r.map((value, i) => value + (square / before) * p[i]) : r.slice()
    const q = apply(p)
    const step = square / dot(p, q)
    for (let i = 0; i < x.length; i++) x[i] += step * p[i]
    r = r.map((value, i) => value - step * q[i])
    before = square
  }
  return dual ? transposeTimes(x) : x
}

/** Non-negative coefficients: the penalty as further rows. */
function nonNegative(columns: readonly Float64Array[], y: Float64Array, alpha: number): Float64Array {
  const root = Math.sqrt(alpha)
  const longer = columns.map((column, j) => {
    const extended = new Float64Array(y.length + columns.length)
    extended.set(column)
    extended[y.length + j] = root
    return extended
  })
  const target = new Float64Array(y.length + columns.length)
  target.set(y)
  return nnls(longer, target)
}
