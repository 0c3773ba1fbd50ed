import type { Distribution } from '../../contract.ts'
import { type ArgsortMode, argsort } from '../../numerics/argsort.ts'
import { exp, log } from '../../numerics/exp-log.ts'
import { pairwiseSum } from '../../numerics/pairwise-sum.ts'
import type { RandomState } from '../../numerics/random-state.ts'
import { LOG_SQRT_2PI } from '../../numerics/truncated-normal.ts'
import { addDiscreteLogPdf } from './discrete-log-pdf.ts'
import { continuousMasses, type NumericKernels, sampleNumeric } from './numeric-kernels.ts'

export interface ParzenOptions {
  readonly priorWeight: number
  readonly considerMagicClip: boolean
  readonly considerEndpoints: boolean
  readonly argsort: ArgsortMode
  /** Optuna 4.9's multivariate TPE: one width for all kernels of a parameter. Undefined elsewhere. */
  readonly commonSigma: boolean
}

/** A categorical parameter: a kernel on a choice is one of `choices` rows of probabilities, the last row is the prior. */
interface CategoricalKernels {
  readonly kind: 'categorical'
  readonly choices: number
  /** [choices + 1, choices] */
  readonly rows: Float64Array
  readonly logRows: Float64Array
  /** [nKernels] */
  readonly rowOf: Int32Array
}

type Kernels = CategoricalKernels | ({ readonly kind: 'numeric' } & NumericKernels)

/**
 * A mixture with one product kernel per observed trial and one for the prior (last). Values are internal: an index for a categorical.
 * Source: optuna 5.0 and 4.9, `_ParzenEstimator` and `_MixtureOfProductDistribution`.
 */
export class ParzenEstimator {
  readonly #weights: Float64Array
  readonly #dimensions: readonly Kernels[]

  /**
   * @param space distributions, in the order of `observations`
   * @param observations per parameter [nObservations]
   * @param weights of the observations [nObservations], not negative
   */
  constructor(space: readonly Distribution[], observations: readonly Float64Array[], weights: Float64Array, options: ParzenOptions) {
    const n = observations[0]?.length ?? 0
    this.#weights = withPrior(weights, n, options.priorWeight)
    this.#dimensions = space.map((distribution, i) =>
      distribution.name === 'CategoricalDistribution'
        ? categoricalKernels(observations[i], distribution.choices.length, options.priorWeight)
        : { kind: 'numeric', ...numericKernels(observations[i], distribution, options, space.length) },
    )
  }

  /** `size` points: first which kernels, then the categorical parameters, then all numeric ones at once. */
  sample(random: RandomState, size: number): Float64Array[] {
    const active = random.choice(this.#weights, size)
    const points: Float64Array[] = this.#dimensions.map(() => new Float64Array(size))
    for (const [i, dimension] of this.#dimensions.entries()) {
      if (dimension.kind !== 'categorical') continue
      for (let s = 0; s < size; s++) points[i][s] = drawChoice(dimension, dimension.rowOf[active[s]], random.random())
    }
    const numeric = this.#dimensions.flatMap((dimension, i) => (dimension.kind === 'numeric' ? [i] : []))
    if (numeric.length === 0) return points
    const drawn = sampleNumeric(
      numeric.map(i => this.#dimensions[i] as unknown as NumericKernels),
      active,
      random,
    )
    for (const [j, i] of numeric.entries()) points[i] = drawn[j]
    return points
  }

  /** Log density at `points` (per parameter [size]). */
  logPdf(points: readonly Float64Array[]): Float64Array {
    const size = points[0].length
    const n = this.#weights.length
    const density = new Float64Array(size * n)
    const continuous: { kernels: NumericKernels; x: Float64Array }[] = []
    for (const [i, dimension] of this.#dimensions.entries()) {
      if (dimension.kind === 'categorical') addCategoricalLogPdf(density, dimension, points[i])
      else if (dimension.step > 0) addDiscreteLogPdf(density, dimension, points[i])
      else continuous.push({ kernels: dimension, x: dimension.log ? points[i].map(log) : points[i] })
    }
    if (continuous.length > 0) addContinuousLogPdf(density, n, continuous)
    return mixtureLogPdf(density, this.#weights, size)
  }
}

function withPrior(weights: Float64Array, n: number, priorWeight: number): Float64Array {
  if (n === 0) return new Float64Array([1])
  const all = new Float64Array(n + 1)
  all.set(weights)
  all[n] = priorWeight
  const sum = pairwiseSum(all)
  for (let i = 0; i <= n; i++) all[i] /= sum
  return all
}

function categoricalKernels(observations: Float64Array, choices: number, priorWeight: number): CategoricalKernels {
  const n = observations.length
  const rows = new Float64Array((choices + 1) * choices)
  const rowOf = new Int32Array(n + 1).fill(choices)
  if (n === 0) rows.fill(1 / choices)
  else {
    rows.fill(priorWeight / (n + 1))
    for (let i = 0; i < choices; i++) rows[i * choices + i] += 1
    for (let row = 0; row <= choices; row++) {
      const sum = pairwiseSum(rows, row * choices, choices)
      if (sum !== 0) for (let i = 0; i < choices; i++) rows[row * choices + i] /= sum
    }
    for (let k = 0; k < n; k++) rowOf[k] = observations[k]
  }
  return { kind: 'categorical', choices, rows, logRows: rows.map(log), rowOf }
}

function drawChoice({ rows, choices }: CategoricalKernels, row: number, u: number): number {
  let sum = 0
  let below = 0
  for (let i = 0; i < choices; i++) {
    sum += rows[row * choices + i]
    if ((i === choices - 1 ? 1 : sum) < u) below++
  }
  return below
}

function addCategoricalLogPdf(density: Float64Array, { logRows, rowOf, choices }: CategoricalKernels, x: Float64Array): void {
  const n = rowOf.length
  for (let s = 0, at = 0; s < x.length; s++) for (let k = 0; k < n; k++, at++) density[at] += logRows[rowOf[k] * choices + x[s]]
}

function numericKernels(
  values: Float64Array,
  d: Exclude<Distribution, { name: 'CategoricalDistribution' }>,
  options: ParzenOptions,
  dimensions: number,
): NumericKernels {
  const step = d.step ?? 0
  const low = d.log ? log(d.low - step / 2) : d.low - step / 2
  const high = d.log ? log(d.high + step / 2) : d.high + step / 2
  const observed = d.log ? values.map(log) : values
  const n = observed.length
  const width = high - low
  const sigma = new Float64Array(n + 1)
  if (options.commonSigma) sigma.fill(0.2 * Math.max(n, 1) ** (-1 / (dimensions + 4)) * width)
  else neighbourDistances(observed, low, high, options, sigma)
  const least = options.considerMagicClip ? width / Math.min(100, 2 + n) : 1e-12
  for (let k = 0; k < n; k++) sigma[k] = Math.min(Math.max(sigma[k], least), width)
  sigma[n] = width
  const mu = new Float64Array(n + 1)
  mu.set(observed)
  mu[n] = 0.5 * (low + high)
  return { mu, sigma, low, high, first: d.low, last: d.high, step, log: d.log }
}

/** A kernel is as wide as the larger gap to its neighbours; without endpoints the outermost know only one neighbour. */
function neighbourDistances(mu: Float64Array, low: number, high: number, options: ParzenOptions, sigma: Float64Array): void {
  const n = mu.length
  const order = argsort(mu, options.argsort)
  const open = !options.considerEndpoints && n >= 2
  for (let i = 0; i < n; i++) {
    const here = mu[order[i]]
    const left = i === 0 ? here - low : here - mu[order[i - 1]]
    const right = i === n - 1 ? high - here : mu[order[i + 1]] - here
    sigma[order[i]] = open && i === 0 ? right : open && i === n - 1 ? left : Math.max(left, right)
  }
}

function addContinuousLogPdf(density: Float64Array, n: number, parameters: readonly { kernels: NumericKernels; x: Float64Array }[]): void {
  const masses = continuousMasses(parameters.map(({ kernels }) => kernels))
  const size = parameters[0].x.length
  const terms = new Float64Array(parameters.length)
  for (let s = 0, at = 0; s < size; s++) {
    for (let k = 0; k < n; k++, at++) {
      for (let p = 0; p < parameters.length; p++) {
        const { mu, sigma } = parameters[p].kernels
        const { a, b, mass, logSigma } = masses[p]
        const z = (parameters[p].x[s] - mu[k]) / sigma[k]
        if (a[k] === b[k]) terms[p] = Number.NaN
        else if (z < a[k] || z > b[k]) terms[p] = Number.NEGATIVE_INFINITY
        else terms[p] = -(z * z) / 2 - LOG_SQRT_2PI - mass[k] - logSigma[k]
      }
      density[at] += pairwiseSum(terms)
    }
  }
}

/** log of the weighted sum of the kernels' densities [size, nKernels], by the largest term. */
function mixtureLogPdf(density: Float64Array, weights: Float64Array, size: number): Float64Array {
  const n = weights.length
  const logWeights = weights.map(log)
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
