/** How many of `n` finished trials count as good: a tenth, 25 at most. */
export const defaultGamma = (n: number): number => Math.min(Math.ceil(0.1 * n), 25)

/** The same without a limit, for several objectives. */
export const multiObjectiveGamma = (n: number): number => Math.ceil(0.1 * n)

/** hyperopt's: a quarter of the root, 25 at most. */
export const hyperoptGamma = (n: number): number => Math.min(Math.ceil(0.25 * n ** 0.5), 25)

/** Weights of `n` trials by age: the last 25 count fully, older ones less and less. */
export function defaultWeights(n: number): Float64Array {
  const weights = new Float64Array(n).fill(1)
  const old = n - 25
  if (old <= 0) return weights
  const start = 1 / n
  const step = (1 - start) / (old - 1)
  for (let i = 0; i < old; i++) weights[i] = old === 1 ? start : i * step + start
  if (old > 1) weights[old - 1] = 1
  return weights
}
