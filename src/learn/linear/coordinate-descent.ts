import { dot } from '../algebra/dot.ts'
import type { ColumnSpace } from '../kernels/column-space.ts'
import { RandomState } from '../random-state.ts'

export interface DescentResult {
  readonly w: Float64Array
  readonly gap: number
  /** The tolerance on the scale of the gap: `tol` times |y|². */
  readonly tolerance: number
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Elastic net by coordinate descent: minimum of |y - Xw|²/2 + alpha |w|₁ + beta |w|²/2.
 *
 * @param space the columns of X, and y as their vector, which becomes the residual
 * @param seed draws coordinates at random when it is given
 * Source: scikit-learn 1.9 `enet_coordinate_descent`: same order, duality gap (Fercoq, Gramfort and Salmon, 2015), screening and stopping.
 */
export function coordinateDescent(
  space: ColumnSpace,
  y: Float64Array,
  {
    alpha,
    beta,
    tol,
    maxIterations,
    positive,
    seed,
  }: { alpha: number; beta: number; tol: number; maxIterations: number; positive: boolean; seed?: number },
): DescentResult {
  const n = space.columns
  const residual = space.vector
  const w = new Float64Array(n)
  const squares = Float64Array.from(w, (_, j) => space.square(j))
  const tolerance = tol * dot(y, y)
  const screening = alpha !== 0
  const excluded = new Uint8Array(n)
  let active = Array.from({ length: n }, (_, j) => j)
  let state = seed === undefined ? undefined : new RandomState(seed).below(2147483647)
  const draw = (below: number): number => {
    let r = state === 0 ? 1 : state!
    r ^= r << 13
    r ^= r >>> 17
    r ^= r << 5
    state = r >>> 0
    return (state % 2147483648) % below
  }
  const screen = ({ gap, products, dual }: Gap) => {
    active = []
    for (let j = 0; j < n; j++) {
      if (excluded[j]) continue
      if (squares[j] !== 0) {
        const theta = products[j] / larger(alpha, dual)
        if ((1 - Math.abs(theta)) / Math.sqrt(squares[j] + beta) <= Math.sqrt(2 * gap) / alpha) {
          active.push(j)
          continue
        }
      }
      if (w[j] !== 0 && squares[j] !== 0) space.move(j, w[j])
      w[j] = 0
      excluded[j] = 1
    }
  }
  let state0 = gapOf()
  if (state0.gap <= tolerance) return { w, gap: state0.gap, tolerance, iterations: 0, converged: true }
  if (screening) screen(state0)
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let largest = 0
    let change = 0
    for (let f = 0; f < active.length; f++) {
      const j = active[state === undefined ? f : draw(active.length)]
      if (squares[j] === 0) continue
      const before = w[j]
      const target = space.product(j) + before * squares[j]
      w[j] = positive && target < 0 ? 0 : (signOf(target) * larger(Math.abs(target) - alpha, 0)) / (squares[j] + beta)
      if (w[j] !== before) space.move(j, before - w[j])
      change = larger(change, Math.abs(w[j] - before))
      largest = larger(largest, Math.abs(w[j]))
    }
    if (largest === 0 || change / largest <= tol || iteration === maxIterations - 1) {
      state0 = gapOf()
      if (state0.gap <= tolerance) return { w, gap: state0.gap, tolerance, iterations: iteration + 1, converged: true }
      if (screening) screen(state0)
    }
  }
  return { w, gap: state0.gap, tolerance, iterations: maxIterations, converged: false }

  function gapOf(): Gap {
    const wl2 = beta > 0 ? dot(w, w) : 0
    const rr = dot(residual, residual)
    const ry = dot(residual, y)
    if (alpha === 0) {
      const products = Float64Array.from(w, (_, j) => space.product(j))
      const dual = dot(products, products)
      return { gap: beta === 0 ? dual : rr + 0.5 * beta * wl2 - ry + dual / (2 * beta), products, dual }
    }
    const products = Float64Array.from(w, (_, j) => space.product(j) - beta * w[j])
    const dual = products.reduce((most, value) => larger(most, positive ? value : Math.abs(value)), positive ? Number.NEGATIVE_INFINITY : 0)
    const l1 = w.reduce((sum, value) => sum + Math.abs(value), 0)
    const scale = dual > alpha ? alpha / dual : 1
    const primal = 0.5 * (rr + beta * wl2) + alpha * l1
    const lower = -0.5 * scale ** 2 * (rr + beta * wl2) + scale * ry
    return { gap: primal - lower, products, dual }
  }
}

// As in C, where numbers near 1e308 have overflowed: the larger of a number and NaN is the number, and NaN counts as negative.
const larger = (a: number, b: number): number => (a > b || Number.isNaN(b) ? a : b)
const signOf = (value: number): number => (value > 0 ? 1 : value === 0 ? 0 : -1)

/** The kernel's plain twin. */
export function plainSpace(columns: readonly Float64Array[], start: Float64Array): ColumnSpace {
  const vector = start.slice()
  return {
    columns: columns.length,
    vector,
    product: j => dot(columns[j], vector),
    move: (j, by) => {
      const column = columns[j]
      for (let i = 0; i < vector.length; i++) vector[i] += by * column[i]
    },
    square: j => dot(columns[j], columns[j]),
  }
}

interface Gap {
  readonly gap: number
  readonly products: Float64Array
  readonly dual: number
}
