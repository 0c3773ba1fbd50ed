import { type ArgsortMode, argsort } from '../../../numerics/argsort.ts'
import { exp, log } from '../../../numerics/exp-log.ts'
import type { FloatDistribution, IntDistribution } from '../../contract.ts'
import { roundHalfEven } from '../../distributions.ts'
import type { RandomState } from '../../numerics/random-state.ts'
import type { Scratch } from '../../numerics/scratch.ts'
import { isCentral, massFor, truncatedNormalQuantiles } from '../../numerics/truncated-normal.ts'

/** Truncated normals of one parameter, in log space when `log`. Arrays may be longer than `n`. */
export interface NumericKernels {
  readonly kind: 'numeric'
  readonly n: number
  readonly mu: Float64Array
  readonly sigma: Float64Array
  /** Bounds of the kernels: half a step wider than the parameter's, and in log space. */
  readonly low: number
  readonly high: number
  /** Bounds of the parameter. */
  readonly first: number
  readonly last: number
  /** 0 when continuous */
  readonly step: number
  readonly log: boolean
}

export interface WidthOptions {
  readonly considerMagicClip: boolean
  readonly considerEndpoints: boolean
  readonly argsort: ArgsortMode
  /** Optuna 4.9's multivariate TPE: one width for all kernels of a parameter. */
  readonly commonSigma: boolean
  /** How many parameters are fitted together. */
  readonly dimensions: number
}

/**
 * A kernel per observation and the prior's, in the middle and as wide as the range.
 *
 * @param mu observations [n] of a parameter, with room for one more; becomes the kernels' centres
 */
export function numericKernels(
  mu: Float64Array,
  n: number,
  d: FloatDistribution | IntDistribution,
  options: WidthOptions,
  sigma: Float64Array,
  scratch: Scratch,
): NumericKernels {
  const step = d.step ?? 0
  const low = d.log ? log(d.low - step / 2) : d.low - step / 2
  const high = d.log ? log(d.high + step / 2) : d.high + step / 2
  if (d.log) for (let k = 0; k < n; k++) mu[k] = log(mu[k])
  const width = high - low
  if (options.commonSigma) sigma.fill(0.2 * Math.max(n, 1) ** (-1 / (options.dimensions + 4)) * width, 0, n)
  else neighbourDistances(mu, n, low, high, options, sigma, scratch)
  const least = options.considerMagicClip ? width / Math.min(100, 2 + n) : 1e-12
  for (let k = 0; k < n; k++) sigma[k] = Math.min(Math.max(sigma[k], least), width)
  sigma[n] = width
  mu[n] = 0.5 * (low + high)
  return { kind: 'numeric', n: n + 1, mu, sigma, low, high, first: d.low, last: d.high, step, log: d.log }
}

/** A kernel is as wide as the larger gap to its neighbours; without endpoints the outermost know only one neighbour. */
function neighbourDistances(
  mu: Float64Array,
  n: number,
  low: number,
  high: number,
  options: WidthOptions,
  sigma: Float64Array,
  scratch: Scratch,
): void {
  const order = argsort(mu, n, options.argsort, scratch.ints('order', n))
  const open = !options.considerEndpoints && n >= 2
  for (let i = 0; i < n; i++) {
    const here = mu[order[i]]
    const left = i === 0 ? here - low : here - mu[order[i - 1]]
    const right = i === n - 1 ? high - here : mu[order[i + 1]] - here
    sigma[order[i]] = open && i === 0 ? right : open && i === n - 1 ? left : Math.max(left, right)
  }
}

/** One value per parameter and active kernel; all uniforms are drawn at once, parameter by parameter. */
export function sampleNumeric(parameters: readonly NumericKernels[], active: Int32Array, random: RandomState): Float64Array[] {
  const size = active.length
  const total = parameters.length * size
  const q = random.fill(new Float64Array(total))
  const a = new Float64Array(total)
  const b = new Float64Array(total)
  for (let p = 0, at = 0; p < parameters.length; p++) {
    const { mu, sigma, low, high } = parameters[p]
    for (let s = 0; s < size; s++, at++) {
      const k = active[s]
      a[at] = (low - mu[k]) / sigma[k]
      b[at] = (high - mu[k]) / sigma[k]
    }
  }
  const quantiles = truncatedNormalQuantiles(q, a, b)
  return parameters.map((kernels, p) => {
    const values = new Float64Array(size)
    for (let s = 0; s < size; s++) {
      const k = active[s]
      const x = quantiles[p * size + s] * kernels.sigma[k] + kernels.mu[k]
      values[s] = onGrid(kernels.log ? exp(x) : x, kernels)
    }
    return values
  })
}

function onGrid(x: number, { first, last, step }: NumericKernels): number {
  return step === 0 ? x : Math.min(Math.max(first + roundHalfEven((x - first) / step) * step, first), last)
}

/** What a kernel's density needs besides the point: its scaled bounds, the log of its mass between them, the log of its width. */
export interface KernelMasses {
  readonly a: Float64Array
  readonly b: Float64Array
  readonly mass: Float64Array
  readonly logSigma: Float64Array
}

/** For all continuous parameters together, because their number decides which error function is used. */
export function continuousMasses(parameters: readonly NumericKernels[], scratch: Scratch): KernelMasses[] {
  let central = 0
  const masses = parameters.map(({ n, mu, sigma, low, high }, p): KernelMasses => {
    const a = scratch.floats(`masses.a${p}`, n)
    const b = scratch.floats(`masses.b${p}`, n)
    const logSigma = scratch.floats(`masses.sigma${p}`, n)
    for (let k = 0; k < n; k++) {
      a[k] = (low - mu[k]) / sigma[k]
      b[k] = (high - mu[k]) / sigma[k]
      if (isCentral(a[k], b[k])) central++
      // Many kernels are as narrow as allowed.
      logSigma[k] = k > 0 && sigma[k] === sigma[k - 1] ? logSigma[k - 1] : log(sigma[k])
    }
    return { a, b, logSigma, mass: scratch.floats(`masses.mass${p}`, n) }
  })
  const massOf = massFor(central)
  for (const [p, { a, b, mass }] of masses.entries()) for (let k = 0; k < parameters[p].n; k++) mass[k] = massOf(a[k], b[k])
  return masses
}
