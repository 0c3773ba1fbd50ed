import { exp } from '../../../numerics/c-library.ts'
import { log } from '../../../numerics/logarithm.ts'
import type { KernelLoss } from '../../kernels/histogram-kernel.ts'
import { pairwiseSum } from '../../pairwise-sum.ts'
import { medianOfSorted } from '../../quantiles.ts'
import {
  absoluteError,
  binomialLoss,
  centredLogs,
  logit,
  multinomialLoss,
  quantileLoss,
  softmax,
  squaredError,
} from '../boosting-losses.ts'
import { percentile } from '../percentile.ts'

/** What histogram boosting minimises. `weights` are per row; absent: all 1. Source: scikit-learn 1.9 `_loss`. */
export interface HistogramLoss {
  readonly outputs: number
  /** All second derivatives are 1. */
  readonly constantHessian: boolean
  /** WebAssembly takes the derivatives. */
  readonly inKernel?: KernelLoss
  /** Raw prediction before the first tree, per output. */
  baseline(y: Float64Array, weights: Float64Array | undefined): readonly number[]
  /** First and second derivatives for output `k`, in float32. */
  derivatives(y: Float64Array, raw: Float64Array, weights: Float64Array | undefined, k: number, into: Derivatives): void
  /** Value of a leaf from the residuals of its rows; absent: a Newton step. */
  leafValue?(residuals: Float64Array): number
  lossOf(y: Float64Array, raw: Float64Array): Float64Array
  /** From the raw prediction to the target's scale. */
  inverse(raw: number): number
}

export interface Derivatives {
  readonly gradients: Float32Array
  readonly hessians?: Float32Array
}

const tiny = 10 * Number.EPSILON
const identity = (raw: number) => raw

/** `numpy.average`. */
export function average(values: Float64Array, weights: Float64Array | undefined): number {
  if (!weights) return pairwiseSum(values) / values.length
  return pairwiseSum(values.map((value, i) => value * weights[i])) / pairwiseSum(weights)
}

/** The first and second derivative of one row go out times its weight. */
type Pair = (y: number, raw: number, out: Float64Array) => void
const perRow =
  (pair: Pair): HistogramLoss['derivatives'] =>
  (y, raw, weights, _k, { gradients, hessians }) => {
    const out = new Float64Array(2)
    for (let i = 0; i < y.length; i++) {
      pair(y[i], raw[i], out)
      gradients[i] = weights ? weights[i] * out[0] : out[0]
      if (hessians) hessians[i] = weights ? weights[i] * out[1] : out[1]
    }
  }

export const halfSquaredError: HistogramLoss = {
  outputs: 1,
  constantHessian: true,
  baseline: (y, weights) => [average(y, weights)],
  derivatives: (y, raw, weights, _k, { gradients, hessians }) => {
    for (let i = 0; i < y.length; i++) gradients[i] = weights ? weights[i] * (raw[i] - y[i]) : raw[i] - y[i]
    if (hessians) for (let i = 0; i < y.length; i++) hessians[i] = weights ? weights[i] : 1
  },
  lossOf: squaredError.lossOf,
  inverse: identity,
}

/** The mean of the two in the middle: a percentile of 50 rounds otherwise. */
function median(values: Float64Array): number {
  return medianOfSorted(values.slice().sort())
}

export const histogramAbsoluteError: HistogramLoss = {
  outputs: 1,
  constantHessian: true,
  baseline: y => [median(y)],
  derivatives: perRow((y, raw, out) => {
    out[0] = raw > y ? 1 : -1
    out[1] = 1
  }),
  leafValue: median,
  lossOf: absoluteError.lossOf,
  inverse: identity,
}

export const histogramQuantile = (quantile: number): HistogramLoss => ({
  outputs: 1,
  constantHessian: true,
  baseline: y => [percentile(y, 100 * quantile)],
  derivatives: perRow((y, raw, out) => {
    out[0] = y >= raw ? -quantile : 1 - quantile
    out[1] = 1
  }),
  leafValue: residuals => percentile(residuals, 100 * quantile),
  lossOf: quantileLoss(quantile).lossOf,
  inverse: identity,
})

const logOfMean = (y: Float64Array, weights: Float64Array | undefined) => [log(Math.max(average(y, weights), tiny))]

export const halfPoisson: HistogramLoss = {
  inKernel: 'poisson',
  outputs: 1,
  constantHessian: false,
  baseline: logOfMean,
  derivatives: perRow((y, raw, out) => {
    out[1] = exp(raw)
    out[0] = out[1] - y
  }),
  lossOf: (y, raw) => y.map((value, i) => exp(raw[i]) - value * raw[i]),
  inverse: exp,
}

export const halfGamma: HistogramLoss = {
  inKernel: 'gamma',
  outputs: 1,
  constantHessian: false,
  baseline: logOfMean,
  derivatives: perRow((y, raw, out) => {
    const e = exp(-raw)
    out[0] = 1 - y * e
    out[1] = e * y
  }),
  lossOf: (y, raw) => y.map((value, i) => raw[i] + value * exp(-raw[i])),
  inverse: exp,
}

export const halfBinomial: HistogramLoss = {
  inKernel: 'binomial',
  outputs: 1,
  constantHessian: false,
  baseline: (y, weights) => [logit(Math.min(Math.max(average(y, weights), tiny), 1 - tiny))],
  derivatives: perRow((y, raw, out) => {
    if (raw > -37) {
      const e = exp(-raw)
      out[0] = (1 - y - y * e) / (1 + e)
      out[1] = e / ((1 + e) * (1 + e))
    } else {
      out[1] = exp(raw)
      out[0] = out[1] - y
    }
  }),
  lossOf: binomialLoss.lossOf,
  inverse: identity,
}

export function halfMultinomial(classes: number): HistogramLoss {
  const shares = new Float64Array(classes)
  return {
    outputs: classes,
    constantHessian: false,
    baseline: (y, weights) =>
      centredLogs(
        Array.from(shares, (_, k) => {
          const share = average(
            y.map(code => (code === k ? 1 : 0)),
            weights,
          )
          return Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON)
        }),
      ),
    derivatives: (y, raw, weights, k, { gradients, hessians }) => {
      for (let i = 0; i < y.length; i++) {
        softmax(raw, i * classes, shares)
        const w = weights ? weights[i] : 1
        gradients[i] = (shares[k] - (y[i] === k ? 1 : 0)) * w
        if (hessians) hessians[i] = shares[k] * (1 - shares[k]) * w
      }
    },
    lossOf: multinomialLoss(classes).lossOf,
    inverse: identity,
  }
}
