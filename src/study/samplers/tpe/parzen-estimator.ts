import { exp, log } from '../../../numerics/exp-log.ts'
import type { Distribution } from '../../contract.ts'
import { pairwiseSum } from '../../numerics/pairwise-sum.ts'
import type { RandomState } from '../../numerics/random-state.ts'
import { Scratch } from '../../numerics/scratch.ts'
import { LOG_SQRT_2PI } from '../../numerics/truncated-normal.ts'
import { addCategoricalLogPdf, type CategoricalKernels, categoricalKernels, drawChoice } from './categorical-kernels.ts'
import { addDiscreteLogPdf } from './discrete-log-pdf.ts'
import type { Mixture, Observations, ParzenOptions } from './mixture.ts'
import { continuousMasses, type KernelMasses, type NumericKernels, numericKernels, sampleNumeric } from './numeric-kernels.ts'

/**
 * The mixture in plain TypeScript: where there is no WebAssembly, and what the one in kernels/ is compared with. One object is fitted again
 * and again, so that its buffers are.
 *
 * Source: optuna 5.0 and 4.9, `_ParzenEstimator` and `_MixtureOfProductDistribution`.
 */
export class ParzenEstimator implements Mixture {
  readonly #scratch = new Scratch()
  #n = 0
  #weights: Float64Array = new Float64Array(0)
  #dimensions: readonly (CategoricalKernels | NumericKernels)[] = []

  fit(space: readonly Distribution[], { n, rows }: Observations, weights: ArrayLike<number>, options: ParzenOptions): this {
    this.#n = n + 1
    this.#weights = normalised(weights, n, options.priorWeight, this.#scratch)
    const widths = { ...options, dimensions: space.length }
    this.#dimensions = space.map((distribution, i) => {
      const column = this.#scratch.floats(`column${i}`, n + 1)
      for (let k = 0; k < n; k++) column[k] = rows[k * space.length + i]
      return distribution.name === 'CategoricalDistribution'
        ? categoricalKernels(column, n, distribution.choices.length, options.priorWeight)
        : numericKernels(column, n, distribution, widths, this.#scratch.floats(`sigma${i}`, n + 1), this.#scratch)
    })
    return this
  }

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

  logPdf(points: readonly Float64Array[]): Float64Array {
    const size = points[0].length
    const n = this.#n
    const density = this.#scratch.floats('density', size * n)
    density.fill(0, 0, size * n)
    const logWeights = this.#logWeights()
    const continuous: NumericKernels[] = []
    const x: Float64Array[] = []
    const discrete: { readonly kernels: NumericKernels; readonly x: Float64Array }[] = []
    for (let i = 0; i < this.#dimensions.length; i++) {
      const dimension = this.#dimensions[i]
      if (dimension.kind === 'categorical') continue
      if (dimension.step > 0) discrete.push({ kernels: dimension, x: points[i] })
      else {
        continuous.push(dimension)
        x.push(dimension.log ? points[i].map(log) : points[i])
      }
    }
    const sums = continuous.length > 0 ? continuousLogPdf(n, continuous, x, this.#scratch) : undefined
    const skip = discrete.length > 0 ? this.#farKernels(points, sums, discrete, logWeights) : undefined
    // The library adds the parameters in this order.
    for (let i = 0; i < this.#dimensions.length; i++) {
      const dimension = this.#dimensions[i]
      if (dimension.kind === 'categorical') addCategoricalLogPdf(density, dimension, points[i])
      else if (dimension.step > 0) addDiscreteLogPdf(density, dimension, points[i], this.#scratch, skip)
    }
    if (sums !== undefined) for (let at = 0; at < size * n; at++) density[at] += sums[at]
    return mixtureLogPdf(density, logWeights, n, size)
  }

  #logWeights(): Float64Array {
    const logWeights = this.#scratch.floats('log weights', this.#n)
    const weights = this.#weights
    for (let k = 0; k < this.#n; k++) logWeights[k] = k > 0 && weights[k] === weights[k - 1] ? logWeights[k - 1] : log(weights[k])
    return logWeights
  }

  /**
   * Which kernels [size, n] are so far from a point that they do not change its density, whatever its discrete parameters add (at most
   * 0): those more than e^80 below the prior, whose density is about uniform. Masses of cells are the dearest thing here.
   */
  #farKernels(
    points: readonly Float64Array[],
    sums: Float64Array | undefined,
    discrete: readonly { readonly kernels: NumericKernels; readonly x: Float64Array }[],
    logWeights: Float64Array,
  ): Uint8Array {
    const n = this.#n
    const size = points[0].length
    const bound = this.#scratch.floats('bound', size * n)
    if (sums === undefined) bound.fill(0, 0, size * n)
    else bound.set(sums.subarray(0, size * n))
    for (let i = 0; i < this.#dimensions.length; i++) {
      const dimension = this.#dimensions[i]
      if (dimension.kind === 'categorical') addCategoricalLogPdf(bound, dimension, points[i])
    }
    const far = new Uint8Array(size * n)
    for (let s = 0; s < size; s++) {
      const prior = s * n + n - 1
      let least = bound[prior] + logWeights[n - 1] - NEGLIGIBLE
      for (const { kernels, x } of discrete) least += leastPriorMass(kernels, x[s])
      for (let k = 0, at = s * n; k < n; k++, at++) if (bound[at] + logWeights[k] < least) far[at] = 1
    }
    return far
  }
}

/** Terms of a sum smaller than the largest by e to this do not change it. */
const NEGLIGIBLE = 80

/** Less than the log mass of a cell under the prior kernel, which is 0.92 of the uniform density at the borders. */
function leastPriorMass({ low, high, step, log: isLog }: NumericKernels, x: number): number {
  const cell = isLog ? Math.log((x + step / 2) / (x - step / 2)) : step
  return Math.log((0.9 * cell) / (high - low))
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

/** Log density of the continuous parameters together [size, n]. */
function continuousLogPdf(
  n: number,
  parameters: readonly NumericKernels[],
  points: readonly Float64Array[],
  scratch: Scratch,
): Float64Array {
  const masses = continuousMasses(parameters, scratch)
  const nParameters = parameters.length
  const size = points[0].length
  const sums = scratch.floats('sums', size * n)
  // Fewer than eight numbers are summed one after another; then nothing needs to be laid out for the sum.
  if (nParameters < 8) {
    sums.fill(0, 0, size * n)
    for (let s = 0; s < size; s++) {
      for (let p = 0; p < nParameters; p++) addTerms(sums, s * n, 1, n, points[p][s], parameters[p], masses[p])
    }
    return sums
  }
  const terms = scratch.floats('terms', size * n * nParameters)
  terms.fill(0, 0, size * n * nParameters)
  for (let p = 0; p < nParameters; p++) {
    for (let s = 0; s < size; s++) addTerms(terms, s * n * nParameters + p, nParameters, n, points[p][s], parameters[p], masses[p])
  }
  for (let at = 0; at < size * n; at++) sums[at] = pairwiseSum(terms, at * nParameters, nParameters)
  return sums
}

/** Adds the log density of `x` under each kernel to every `stride`-th number of `sums`. */
function addTerms(
  sums: Float64Array,
  start: number,
  stride: number,
  n: number,
  x: number,
  kernels: NumericKernels,
  masses: KernelMasses,
): void {
  const { mu, sigma } = kernels
  const { a, b, mass, logSigma } = masses
  for (let k = 0, at = start; k < n; k++, at += stride) {
    const z = (x - mu[k]) / sigma[k]
    if (z >= a[k] && z <= b[k] && a[k] !== b[k]) sums[at] += -(z * z) / 2 - LOG_SQRT_2PI - mass[k] - logSigma[k]
    else sums[at] += a[k] === b[k] ? Number.NaN : Number.NEGATIVE_INFINITY
  }
}

/** log of the weighted sum of the kernels' densities [size, nKernels], by the largest term. */
export function mixtureLogPdf(density: Float64Array, logWeights: ArrayLike<number>, n: number, size: number): Float64Array {
  const result = new Float64Array(size)
  for (let s = 0; s < size; s++) {
    const start = s * n
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < n; k++) {
      const value = (density[start + k] += logWeights[k])
      if (!(value <= largest)) largest = value
    }
    if (largest === Number.NEGATIVE_INFINITY) largest = 0
    for (let k = 0; k < n; k++) {
      const below = density[start + k] - largest
      density[start + k] = below < -NEGLIGIBLE ? 0 : exp(below)
    }
    result[s] = log(pairwiseSum(density, start, n)) + largest
  }
  return result
}
