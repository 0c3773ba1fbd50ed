import { roundHalfEven } from '../../distributions.ts'
import { exp, log } from '../../numerics/exp-log.ts'
import type { RandomState } from '../../numerics/random-state.ts'
import { isCentral, massFor, truncatedNormalQuantiles } from '../../numerics/truncated-normal.ts'

/** Truncated normals of one parameter, in log space when `log`. */
export interface NumericKernels {
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
export function continuousMasses(parameters: readonly NumericKernels[]): KernelMasses[] {
  let central = 0
  const scaled = parameters.map(({ mu, sigma, low, high }) => {
    const a = new Float64Array(mu.length)
    const b = new Float64Array(mu.length)
    for (let k = 0; k < mu.length; k++) {
      a[k] = (low - mu[k]) / sigma[k]
      b[k] = (high - mu[k]) / sigma[k]
      if (isCentral(a[k], b[k])) central++
    }
    return { a, b, logSigma: sigma.map(log) }
  })
  const massOf = massFor(central)
  return scaled.map(({ a, b, logSigma }) => {
    const mass = new Float64Array(a.length)
    for (let k = 0; k < a.length; k++) mass[k] = massOf(a[k], b[k])
    return { a, b, logSigma, mass }
  })
}
