import { exp, log1p } from '../../numerics/c-library.ts'
import { log } from '../../numerics/logarithm.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { percentile, percentileByWeight } from './percentile.ts'

/**
 * What gradient boosting minimises: `y` are values or class codes, `raw` [rows, outputs] what the stages add up.
 * Source: Friedman, Greedy function approximation, 2001; scikit-learn 1.9 `_loss` for the exact form of each term.
 */
export interface BoostingLoss {
  /** Trees per stage. */
  readonly outputs: number
  /** The train score is this many times the mean loss; kept by scikit-learn from older versions. */
  readonly scoreFactor: 1 | 2
  /** Raw prediction before the first stage, per output. */
  initialRaw(y: Float64Array): readonly number[]
  /** Before each stage: what the loss learns from the residuals of all rows. */
  prepare?(y: Float64Array, raw: Float64Array): void
  /** Sets `into` to minus the derivative for output `k`. */
  negativeGradient(y: Float64Array, raw: Float64Array, k: number, into: Float64Array): void
  /** Value of a leaf from its rows in the sample; absent: the mean that the tree has found. */
  leafValue?(leaf: LeafRows): number
  /** Loss per row. */
  lossOf(y: Float64Array, raw: Float64Array): Float64Array
}

/** Rows of one leaf: class membership (or target), minus the derivative, and the raw prediction before the stage. */
export interface LeafRows {
  readonly y: Float64Array
  readonly gradient: Float64Array
  readonly raw: Float64Array
}

const mean = (values: Float64Array): number => pairwiseSum(values) / values.length
export const meanLoss = (loss: BoostingLoss, y: Float64Array, raw: Float64Array): number => mean(loss.lossOf(y, raw))

/** Newton steps divide by sums that can vanish where a leaf is certain already. */
const quotient = (numerator: number, denominator: number): number => (Math.abs(denominator) < 1e-150 ? 0 : numerator / denominator)
const tiny = Number.EPSILON
const clip = (share: number): number => Math.min(Math.max(share, tiny), 1 - tiny)

/** log(p / (1 - p)), written as scipy computes it: around one half through log1p. */
export function logit(share: number): number {
  if (share < 0.3 || share > 0.65) return log(share / (1 - share))
  const s = 2 * (share - 0.5)
  return log1p(s) - log1p(-s)
}
export const expit = (raw: number): number => 1 / (1 + exp(-raw))

const prior = (y: Float64Array, k: number): number => y.reduce((count, code) => count + (code === k ? 1 : 0), 0) / y.length

export const squaredError: BoostingLoss = {
  outputs: 1,
  scoreFactor: 2,
  initialRaw: y => [mean(y)],
  negativeGradient: (y, raw, _k, into) => {
    for (let i = 0; i < y.length; i++) into[i] = -(raw[i] - y[i])
  },
  lossOf: (y, raw) => y.map((value, i) => 0.5 * (raw[i] - value) * (raw[i] - value)),
}

export const absoluteError: BoostingLoss = {
  outputs: 1,
  scoreFactor: 1,
  initialRaw: y => [percentile(y, 50)],
  negativeGradient: (y, raw, _k, into) => {
    for (let i = 0; i < y.length; i++) into[i] = raw[i] > y[i] ? -1 : 1
  },
  leafValue: ({ y, raw }) =>
    percentileByWeight(
      y.map((value, i) => value - raw[i]),
      50,
    ),
  lossOf: (y, raw) => y.map((value, i) => Math.abs(raw[i] - value)),
}

/** Pinball loss of one quantile. */
export const quantileLoss = (quantile: number): BoostingLoss => ({
  outputs: 1,
  scoreFactor: 1,
  initialRaw: y => [percentile(y, quantile * 100)],
  negativeGradient: (y, raw, _k, into) => {
    for (let i = 0; i < y.length; i++) into[i] = y[i] >= raw[i] ? quantile : -(1 - quantile)
  },
  leafValue: ({ y, raw }) =>
    percentileByWeight(
      y.map((value, i) => value - raw[i]),
      100 * quantile,
    ),
  lossOf: (y, raw) => y.map((value, i) => (value >= raw[i] ? quantile * (value - raw[i]) : (1 - quantile) * (raw[i] - value))),
})

/** Squared near zero, absolute beyond a quantile of the residuals that each stage finds anew. */
export function huberLoss(quantile: number): BoostingLoss {
  let delta = 0.5
  return {
    outputs: 1,
    scoreFactor: 1,
    initialRaw: y => [percentile(y, 50)],
    prepare: (y, raw) => {
      delta = percentileByWeight(
        y.map((value, i) => Math.abs(value - raw[i])),
        100 * quantile,
      )
    },
    negativeGradient: (y, raw, _k, into) => {
      for (let i = 0; i < y.length; i++) {
        const residual = raw[i] - y[i]
        into[i] = Math.abs(residual) <= delta ? -residual : residual >= 0 ? -delta : delta
      }
    },
    leafValue: ({ y, raw }) => {
      const residuals = y.map((value, i) => value - raw[i])
      const median = percentileByWeight(residuals, 50)
      const beyond = residuals.map(value => Math.sign(value - median) * Math.min(delta, Math.abs(value - median)))
      return median + mean(beyond)
    },
    lossOf: (y, raw) =>
      y.map((value, i) => {
        const error = Math.abs(value - raw[i])
        return error <= delta ? 0.5 * (error * error) : delta * (error - 0.5 * delta)
      }),
  }
}

/** Logistic loss of two classes: one tree per stage. */
export const binomialLoss: BoostingLoss = {
  outputs: 1,
  scoreFactor: 2,
  initialRaw: y => [logit(clip(prior(y, 1)))],
  negativeGradient: (y, raw, _k, into) => {
    for (let i = 0; i < y.length; i++) {
      if (raw[i] > -37) {
        const e = exp(-raw[i])
        into[i] = -((1 - y[i] - y[i] * e) / (1 + e))
      } else into[i] = -(exp(raw[i]) - y[i])
    }
  },
  leafValue: ({ y, gradient }) => {
    const share = y.map((value, i) => value - gradient[i])
    return quotient(mean(gradient), mean(share.map(p => p * (1 - p))))
  },
  lossOf: (y, raw) => y.map((value, i) => softplus(raw[i]) - value * raw[i]),
}

/** log(1 + e^x), with scikit-learn's cases. */
function softplus(x: number): number {
  if (x <= -37) return exp(x)
  if (x <= -2) return log1p(exp(x))
  if (x <= 18) return log(1 + exp(x))
  return x <= 33.3 ? x + exp(-x) : x
}

/** The loss of AdaBoost. */
export const exponentialLoss: BoostingLoss = {
  outputs: 1,
  scoreFactor: 1,
  initialRaw: y => [0.5 * logit(clip(prior(y, 1)))],
  negativeGradient: (y, raw, _k, into) => {
    for (let i = 0; i < y.length; i++) {
      const e = exp(raw[i])
      into[i] = -(-y[i] / e + (1 - y[i]) * e)
    }
  },
  leafValue: ({ y, gradient }) => quotient(mean(gradient), mean(gradient.map((value, i) => (y[i] === 0 ? -value : value)))),
  lossOf: (y, raw) =>
    y.map((value, i) => {
      const e = exp(raw[i])
      return value / e + (1 - value) * e
    }),
}

/** Logistic loss of three and more classes: a tree per class and stage. */
export function multinomialLoss(classes: number): BoostingLoss {
  const shares = new Float64Array(classes)
  return {
    outputs: classes,
    scoreFactor: 1,
    initialRaw: y => centredLogs(Array.from(shares, (_, k) => clip(prior(y, k)))),
    negativeGradient: (y, raw, k, into) => {
      for (let i = 0; i < y.length; i++) {
        softmax(raw, i * classes, shares)
        into[i] = -(shares[k] - (y[i] === k ? 1 : 0))
      }
    },
    leafValue: ({ y, gradient }) => {
      const share = y.map((value, i) => value - gradient[i])
      return quotient(mean(gradient) * ((classes - 1) / classes), mean(share.map(p => p * (1 - p))))
    },
    lossOf: (y, raw) =>
      y.map((code, i) => {
        let largest = raw[i * classes]
        for (let k = 1; k < classes; k++) largest = Math.max(largest, raw[i * classes + k])
        let sum = 0
        for (let k = 0; k < classes; k++) sum += exp(raw[i * classes + k] - largest)
        return log(sum) + largest - raw[i * classes + code]
      }),
  }
}

/** log(p / geometric mean of p). numpy takes these logarithms: with the C library, but where it has AVX-512 (docs/conformance.md). */
export function centredLogs(shares: readonly number[]): number[] {
  const geometric = exp(mean(Float64Array.from(shares, log)))
  return shares.map(share => log(share / geometric))
}

/** Shares of the classes of one row of raw predictions. */
export function softmax(raw: Float64Array, at: number, into: Float64Array): void {
  let largest = raw[at]
  for (let k = 1; k < into.length; k++) largest = Math.max(largest, raw[at + k])
  let sum = 0
  for (let k = 0; k < into.length; k++) sum += into[k] = exp(raw[at + k] - largest)
  for (let k = 0; k < into.length; k++) into[k] /= sum
}
