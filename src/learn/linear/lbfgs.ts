import { lbfgsLimits, lineSearch } from './line-search.ts'

export interface Minimum {
  readonly x: Float64Array
  readonly f: number
  readonly iterations: number
  /** False when `maxIterations` ended it. */
  readonly converged: boolean
  /** The optimiser's own words, as scipy reports them. */
  readonly message: string
}

/**
 * Limited-memory BFGS without bounds, along the path that scipy's L-BFGS-B takes: scikit-learn stops early on it, so only the same
 * path gives the same coefficients.
 *
 * @param objective writes the gradient and returns the value
 * Source: Byrd, Lu, Nocedal and Zhu, 1995; stopping rules of scipy 1.17: largest gradient entry <= gtol, relative decrease <= ftol.
 */
export function lbfgs(
  objective: (x: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  {
    gtol,
    ftol,
    maxIterations,
    maxLineSearch = 50,
    memory = 10,
  }: { gtol: number; ftol: number; maxIterations: number; maxLineSearch?: number; memory?: number },
): Minimum {
  const n = start.length
  let x = start.slice()
  let g = new Float64Array(n)
  let f = objective(x, g)
  const history: { s: Float64Array; y: Float64Array; rho: number }[] = []
  let scale = 1
  let iterations = 0
  const done = (converged: boolean, message: string): Minimum => ({ x, f, iterations, converged, message })
  if (largest(g) <= gtol) return done(true, 'CONVERGENCE: NORM OF PROJECTED GRADIENT <= PGTOL')
  for (;;) {
    let direction = towards(g, history, scale)
    let slope = dot(g, direction)
    if (slope >= 0) {
      // The memory gives no descent: start again from the steepest one.
      if (!history.length) return done(false, 'ABNORMAL: ')
      history.length = 0
      scale = 1
      direction = towards(g, history, scale)
      slope = dot(g, direction)
    }
    // A gradient near 1e308 has overflowed.
    if (!Number.isFinite(slope)) return done(false, 'ABNORMAL: ')
    const first = iterations === 0 ? Math.min(1 / Math.sqrt(dot(direction, direction)), 1e10) : 1
    const trial = { x: new Float64Array(n), g: new Float64Array(n), f: 0 }
    const from = x
    const step = lineSearch(
      length => {
        for (let j = 0; j < n; j++) trial.x[j] = length * direction[j] + from[j]
        trial.f = objective(trial.x, trial.g)
        return { f: trial.f, slope: dot(trial.g, direction) }
      },
      { f, slope },
      first,
      { ...lbfgsLimits, maxStep: 1e10, maxEvaluations: maxLineSearch },
    )
    if (step === undefined) {
      if (!history.length) return done(false, 'ABNORMAL: ')
      history.length = 0
      scale = 1
      continue
    }
    iterations++
    const previous = { f, g }
    x = trial.x
    g = trial.g
    f = trial.f
    // scipy counts before it looks whether it has arrived: the last allowed iteration never counts as converged.
    if (iterations >= maxIterations) return done(false, 'STOP: TOTAL NO. OF ITERATIONS REACHED LIMIT')
    if (largest(g) <= gtol) return done(true, 'CONVERGENCE: NORM OF PROJECTED GRADIENT <= PGTOL')
    if (previous.f - f <= ftol * Math.max(Math.abs(previous.f), Math.abs(f), 1))
      return done(true, 'CONVERGENCE: RELATIVE REDUCTION OF F <= FACTR*EPSMCH')
    const s = direction.map(value => value * step)
    const y = g.map((value, j) => value - previous.g[j])
    const curvature = dot(y, s)
    if (curvature <= Number.EPSILON * -slope * step) continue
    if (history.length === memory) history.shift()
    history.push({ s, y, rho: 1 / curvature })
    scale = curvature / dot(y, y)
  }
}

/** The quasi-Newton direction (two-loop recursion). */
function towards(g: Float64Array, history: readonly { s: Float64Array; y: Float64Array; rho: number }[], scale: number): Float64Array {
  const q = g.slice()
  const alphas = new Float64Array(history.length)
  for (let i = history.length - 1; i >= 0; i--) {
    const { s, y, rho } = history[i]
    const alpha = rho * dot(s, q)
    alphas[i] = alpha
    for (let j = 0; j < q.length; j++) q[j] -= alpha * y[j]
  }
  for (let j = 0; j < q.length; j++) q[j] *= scale
  for (let i = 0; i < history.length; i++) {
    const { s, y, rho } = history[i]
    const beta = rho * dot(y, q)
    for (let j = 0; j < q.length; j++) q[j] += s[j] * (alphas[i] - beta)
  }
  for (let j = 0; j < q.length; j++) q[j] = -q[j]
  return q
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j]
  return sum
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
