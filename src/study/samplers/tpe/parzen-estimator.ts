import type { Distribution } from '../../contract.ts'
import { exp, log } from '../../numerics/exp-log.ts'
import { pairwiseSum } from '../../numerics/pairwise-sum.ts'
import type { RandomState } from '../../numerics/random-state.ts'
import { Scratch } from '../../numerics/scratch.ts'
import { LOG_SQRT_2PI } from '../../numerics/truncated-normal.ts'
import { addCategoricalLogPdf, type CategoricalKernels, categoricalKernels, drawChoice } from './categorical-kernels.ts'
import { addDiscreteLogPdf } from './discrete-log-pdf.ts'
import { continuousMasses, type NumericKernels, numericKernels, sampleNumeric, type WidthOptions } from './numeric-kernels.ts'

export interface ParzenOptions extends Omit<WidthOptions, 'dimensions'> {
  readonly priorWeight: number
}

/** Internal values of observed trials: per parameter [n], with room for one more. An estimator may overwrite them. */
export interface Observations {
  readonly n: number
  readonly columns: readonly Float64Array[]
}

/**
 * A mixture with one product kernel per observed trial and one for the prior (last). Values are internal: an index for a categorical.
 * One object is fitted again and again, so that its buffers are.
 *
 * Source: optuna 5.0 and 4.9, `_ParzenEstimator` and `_MixtureOfProductDistribution`.
 */
export class ParzenEstimator {
  readonly #scratch = new Scratch()
  #n = 0
  #weights: Float64Array = new Float64Array(0)
  #dimensions: readonly (CategoricalKernels | NumericKernels)[] = []

  /**
   * @param space distributions, in the order of the observations' columns
   * @param weights of the observations [n], not negative
   */
  fit(space: readonly Distribution[], { n, columns }: Observations, weights: ArrayLike<number>, options: ParzenOptions): this {
    this.#n = n + 1
    this.#weights = normalised(weights, n, options.priorWeight, this.#scratch)
    const widths = { ...options, dimensions: space.length }
    this.#dimensions = space.map((distribution, i) =>
      distribution.name === 'CategoricalDistribution'
        ? categoricalKernels(columns[i], n, distribution.choices.length, options.priorWeight)
        : numericKernels(columns[i], n, distribution, widths, this.#scratch.floats(`sigma${i}`, n + 1), this.#scratch),
    )
    return this
  }

  /** `size` points: first which kernels, then the categorical parameters, then all numeric ones at once. */
  sample(random: RandomState, size: number): Float64Array[] {
    const active = random.choice(this.#weights, this.#n, size)
    const numeric: NumericKernels[] = []
    const points: (Float64Array | undefined)[] = []
    for (const dimension of this.#dimensions) {
      if (dimension.kind === 'numeric') {
        numeric.push(dimension)
        points.push(undefined)
        continue
      }
      const values = new Float64Array(size)
      for (let s = 0; s < size; s++) values[s] = drawChoice(dimension, dimension.rowOf[active[s]], random.random())
      points.push(values)
    }
    const drawn = numeric.length > 0 ? sampleNumeric(numeric, active, random) : []
    return points.map(values => values ?? drawn.shift()!)
  }

  /** Log density at `points` (per parameter [size]). */
  logPdf(points: readonly Float64Array[]): Float64Array {
    const size = points[0].length
    const n = this.#n
    const density = this.#scratch.floats('density', size * n)
    density.fill(0, 0, size * n)
    const continuous: NumericKernels[] = []
    const x: Float64Array[] = []
    for (let i = 0; i < this.#dimensions.length; i++) {
      const dimension = this.#dimensions[i]
      if (dimension.kind === 'categorical') addCategoricalLogPdf(density, dimension, points[i])
      else if (dimension.step > 0) addDiscreteLogPdf(density, dimension, points[i], this.#scratch)
      else {
        continuous.push(dimension)
        x.push(dimension.log ? points[i].map(log) : points[i])
      }
    }
    if (continuous.length > 0) addContinuousLogPdf(density, n, continuous, x, this.#scratch)
    return mixtureLogPdf(density, this.#weights, n, size, this.#scratch)
  }
}

/** Weights with the prior's, summing to 1. */
function normalised(weights: ArrayLike<number>, n: number, priorWeight: number, scratch: Scratch): Float64Array {
  const all = scratch.floats('weights', n + 1)
  for (let k = 0; k < n; k++) all[k] = weights[k]
  all[n] = n === 0 ? 1 : priorWeight
  const sum = pairwiseSum(all, 0, n + 1)
  for (let k = 0; k <= n; k++) all[k] /= sum
  return all
}

function addContinuousLogPdf(
  density: Float64Array,
  n: number,
  parameters: readonly NumericKernels[],
  points: readonly Float64Array[],
  scratch: Scratch,
): void {
  const masses = continuousMasses(parameters, scratch)
  const nParameters = parameters.length
  const size = points[0].length
  const terms = scratch.floats('terms', size * n * nParameters)
  for (let p = 0; p < nParameters; p++) {
    const { mu, sigma } = parameters[p]
    const { a, b, mass, logSigma } = masses[p]
    const x = points[p]
    for (let s = 0, at = p; s < size; s++) {
      const here = x[s]
      for (let k = 0; k < n; k++, at += nParameters) {
        const z = (here - mu[k]) / sigma[k]
        if (a[k] === b[k]) terms[at] = Number.NaN
        else terms[at] = z < a[k] || z > b[k] ? Number.NEGATIVE_INFINITY : -(z * z) / 2 - LOG_SQRT_2PI - mass[k] - logSigma[k]
      }
    }
  }
  for (let at = 0; at < size * n; at++) density[at] += pairwiseSum(terms, at * nParameters, nParameters)
}

/** log of the weighted sum of the kernels' densities [size, nKernels], by the largest term. */
export function mixtureLogPdf(density: Float64Array, weights: Float64Array, n: number, size: number, scratch: Scratch): Float64Array {
  const logWeights = scratch.floats('log weights', n)
  for (let k = 0; k < n; k++) logWeights[k] = k > 0 && weights[k] === weights[k - 1] ? logWeights[k - 1] : log(weights[k])
  const result = new Float64Array(size)
  for (let s = 0; s < size; s++) {
    const start = s * n
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < n; k++) {
      const value = (density[start + k] += logWeights[k])
      if (!(value <= largest)) largest = value
    }
    if (largest === Number.NEGATIVE_INFINITY) largest = 0
    for (let k = 0; k < n; k++) density[start + k] = exp(density[start + k] - largest)
    result[s] = log(pairwiseSum(density, start, n)) + largest
  }
  return result
}
