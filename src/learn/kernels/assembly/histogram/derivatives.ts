// Derivatives and losses of all rows where they take an exponential. The plain twins are ../../../ensemble/histogram/losses.ts and ../../../ensemble/boosting-losses.ts.

import { exp } from '../exponential'
import { log, log1p } from '../logarithm'
import { gradientsAt, hessiansAt, orderedAt, rawAt, rows, targetsAt } from './layout'

const binomial: i32 = 0
const poisson: i32 = 1

/** First and second derivatives by raw prediction of a loss with one output: 0 binomial, 1 Poisson, 2 gamma. */
export function derive(loss: i32): void {
  for (let i: usize = 0; i < rows; i++) {
    const y = load<f64>(targetsAt + (i << 3))
    const raw = load<f64>(rawAt + (i << 3))
    let gradient: f64
    let hessian: f64
    if (loss === binomial && raw > -37) {
      const e = exp(-raw)
      gradient = (1 - y - y * e) / (1 + e)
      hessian = e / ((1 + e) * (1 + e))
    } else if (loss === binomial || loss === poisson) {
      hessian = exp(raw)
      gradient = hessian - y
    } else {
      const e = exp(-raw)
      gradient = 1 - y * e
      hessian = e * y
    }
    store<f32>(gradientsAt + (i << 2), <f32>gradient)
    store<f32>(hessiansAt + (i << 2), <f32>hessian)
  }
}

/** log(1 + e^x), with scikit-learn's cases. */
function softplus(x: f64): f64 {
  if (x <= -37) return exp(x)
  if (x <= -2) return log1p(exp(x))
  if (x <= 18) return log(1 + exp(x))
  return x <= 33.3 ? x + exp(-x) : x
}

/** Binomial losses of `n` rows: of the training rows, or of others. @returns where they are, f64 */
export function losses(targets: usize, raws: usize, n: usize): usize {
  const ys = targets === 0 ? targetsAt : targets
  const predictions = raws === 0 ? rawAt : raws
  for (let at: usize = 0; at < n << 3; at += 8) {
    const raw = load<f64>(predictions + at)
    store<f64>(orderedAt + at, softplus(raw) - load<f64>(ys + at) * raw)
  }
  return orderedAt
}
