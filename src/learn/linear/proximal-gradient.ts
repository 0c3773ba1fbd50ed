import type { Objective } from './logistic-loss.ts'

/**
 * Minimum of a smooth function plus an l1 penalty on some parameters.
 *
 * @param penalty l1 strength per parameter
 * Source: FISTA with backtracking (Beck and Teboulle, 2009) and restarts where it swings back (O'Donoghue and Candès, 2015).
 */
export function proximalGradient(
  objective: Objective,
  penalty: Float64Array,
  { tolerance = 1e-12, maxIterations = 50000 }: { readonly tolerance?: number; readonly maxIterations?: number } = {},
): Float64Array {
  const n = penalty.length
  const gradient = new Float64Array(n)
  const scratch = new Float64Array(n)
  let x = new Float64Array(n)
  let y = x.slice()
  let momentum = 1
  let curvature = 1
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const value = objective(y, gradient)
    let next = x
    for (;;) {
      next = y.map((entry, k) => shrink(entry - gradient[k] / curvature, penalty[k] / curvature)) as Float64Array<ArrayBuffer>
      let bound = value
      for (let k = 0; k < n; k++) {
        const move = next[k] - y[k]
        bound += gradient[k] * move + (curvature / 2) * move * move
      }
      if (objective(next, scratch) <= bound + 1e-15 * Math.abs(bound)) break
      curvature *= 2
    }
    let change = 0
    let size = 1
    let swing = 0
    for (let k = 0; k < n; k++) {
      change = Math.max(change, Math.abs(next[k] - x[k]))
      size = Math.max(size, Math.abs(next[k]))
      swing += (y[k] - next[k]) * (next[k] - x[k])
    }
    const following = swing > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
    const push = swing > 0 ? 0 : (momentum - 1) / following
    const previous = x
    y = next.map((entry, k) => entry + push * (entry - previous[k])) as Float64Array<ArrayBuffer>
    x = next
    momentum = following
    curvature *= 0.98
    if (change <= tolerance * size && iteration > 5) break
  }
  return x
}

const shrink = (value: number, by: number): number => (value > by ? value - by : value < -by ? value + by : 0)
