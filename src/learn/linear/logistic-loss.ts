import type { Matrix } from '../contract.ts'
import { type HessianSums, hessianKernel, type LossSums, lossKernel } from '../kernels/logistic-kernel.ts'
import type { RowGradient } from './stochastic-average.ts'

/** A smooth function of the parameters: writes its gradient, returns its value. */
export type Objective = (w: Float64Array, gradient: Float64Array) => number

export interface LossOptions {
  /** Strength of the l2 penalty on coefficients, on the scale of the mean loss. */
  readonly l2: number
  readonly intercept: boolean
  /** Weight per row; without it all weigh 1. */
  readonly weights?: Float64Array
}

/** Pointwise loss and residual (its derivative by the raw prediction) of a binary label. */
export interface Pointwise {
  loss: number
  residual: number
}

/** Source: scikit-learn 1.9 `HalfBinomialLoss`: the branches keep full precision at both ends. */
export function halfBinomial(raw: number, y: number, out: Pointwise): void {
  if (raw <= -37) {
    const e = Math.exp(raw)
    out.loss = e - y * raw
    out.residual = e - y
  } else if (raw <= -2) {
    const e = Math.exp(raw)
    out.loss = Math.log1p(e) - y * raw
    out.residual = ((1 - y) * e - y) / (1 + e)
  } else if (raw <= 18) {
    const e = Math.exp(-raw)
    out.loss = Math.log1p(e) + (1 - y) * raw
    out.residual = (1 - y - y * e) / (1 + e)
  } else {
    const e = Math.exp(-raw)
    out.loss = e + (1 - y) * raw
    out.residual = (1 - y - y * e) / (1 + e)
  }
}

/** The residual alone, as scikit-learn's `HalfBinomialLoss.cy_gradient` has it. */
function binaryResidual(raw: number, y: number): number {
  if (raw <= -37) return Math.exp(raw) - y
  const e = Math.exp(-raw)
  return (1 - y - y * e) / (1 + e)
}

/** Residuals of one row at a time; one output for two classes, else one per class. */
export function rowResiduals(codes: Int32Array, outputs: number, weights?: Float64Array): RowGradient {
  if (outputs === 1) {
    return (row, raw, gradient) => {
      gradient[0] = binaryResidual(raw[0], codes[row]) * (weights ? weights[row] : 1)
    }
  }
  return (row, raw, gradient) => {
    gradient.set(raw)
    softmax(gradient)
    gradient[codes[row]] -= 1
    if (weights) for (let k = 0; k < outputs; k++) gradient[k] *= weights[row]
  }
}

const total = (weights: Float64Array | undefined, rows: number): number =>
  weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows

/**
 * Mean logistic loss with an l2 penalty, and its gradient; binary for one output, else multinomial with an output per class.
 * Parameters: per output one coefficient per feature, then its intercept when there is one (not penalised).
 */
export function logisticLoss(X: Matrix, codes: Int32Array, outputs: number, { l2, intercept, weights }: LossOptions): Objective {
  const { rows, columns } = X
  const sums = lossKernel(X, codes, outputs, weights) ?? plainSums(X, codes, outputs, weights)
  const sum = total(weights, rows)
  const width = columns + (intercept ? 1 : 0)
  const wide = new Float64Array(outputs * (columns + 1))
  const gradients = new Float64Array(outputs * (columns + 1))
  return (w, gradient) => {
    if (intercept) wide.set(w)
    else for (let k = 0; k < outputs; k++) for (let j = 0; j < columns; j++) wide[k * (columns + 1) + j] = w[k * columns + j]
    const loss = sums(wide, gradients)
    let squares = 0
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++) {
        const value = w[k * width + j]
        squares += value * value
        gradient[k * width + j] = gradients[k * (columns + 1) + j] / sum + l2 * value
      }
      if (intercept) gradient[k * width + columns] = gradients[k * (columns + 1) + columns] / sum
    }
    return loss / sum + 0.5 * l2 * squares
  }
}

/** The sums over rows without WebAssembly: the kernel's plain twin. */
export const plainSums = (X: Matrix, codes: Int32Array, outputs: number, weights?: Float64Array): LossSums =>
  outputs === 1 ? binarySums(X, codes, weights) : multinomialSums(X, codes, outputs, weights)

function binarySums({ rows, columns, data }: Matrix, codes: Int32Array, weights?: Float64Array): LossSums {
  const fours = columns >= 8 ? columns - (columns % 4) : 0
  const point: Pointwise = { loss: 0, residual: 0 }
  return (w, gradient) => {
    gradient.fill(0)
    let loss = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      // Four sums that do not wait for each other: an addition takes several cycles.
      let [a, b, c, d] = [w[columns], 0, 0, 0]
      for (let j = 0; j < fours; j += 4) {
        a += data[at + j] * w[j]
        b += data[at + j + 1] * w[j + 1]
        c += data[at + j + 2] * w[j + 2]
        d += data[at + j + 3] * w[j + 3]
      }
      for (let j = fours; j < columns; j++) a += data[at + j] * w[j]
      halfBinomial(a + b + (c + d), codes[i], point)
      const weight = weights ? weights[i] : 1
      loss += weight * point.loss
      const residual = weight * point.residual
      for (let j = 0; j < columns; j++) gradient[j] += residual * data[at + j]
      gradient[columns] += residual
    }
    return loss
  }
}

/** Source: scikit-learn 1.9 `HalfMultinomialLoss` (symmetric, over-parametrised). */
function multinomialSums({ rows, columns, data }: Matrix, codes: Int32Array, classes: number, weights?: Float64Array): LossSums {
  const width = columns + 1
  const raw = new Float64Array(classes)
  return (w, gradient) => {
    gradient.fill(0)
    let loss = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      rawPredictions(raw, w, data, at, columns)
      const own = raw[codes[i]]
      const most = softmax(raw)
      const weight = weights ? weights[i] : 1
      loss += weight * (Math.log(most.sum) + most.largest - own)
      for (let k = 0; k < classes; k++) {
        const residual = weight * (raw[k] - (codes[i] === k ? 1 : 0))
        for (let j = 0; j < columns; j++) gradient[k * width + j] += residual * data[at + j]
        gradient[k * width + columns] += residual
      }
    }
    return loss
  }
}

/** Per class its coefficients, then its intercept, in `w`. */
function rawPredictions(raw: Float64Array, w: Float64Array, data: Float64Array, at: number, columns: number): void {
  for (let k = 0, from = 0; k < raw.length; k++, from += columns + 1) {
    let value = w[from + columns]
    for (let j = 0; j < columns; j++) value += data[at + j] * w[from + j]
    raw[k] = value
  }
}

/** In place. */
function softmax(raw: Float64Array): { readonly largest: number; readonly sum: number } {
  let largest = Number.NEGATIVE_INFINITY
  for (const value of raw) if (value > largest) largest = value
  let sum = 0
  for (let k = 0; k < raw.length; k++) {
    raw[k] = Math.exp(raw[k] - largest)
    sum += raw[k]
  }
  for (let k = 0; k < raw.length; k++) raw[k] /= sum
  return { largest, sum }
}

/** Second derivatives [parameters][parameters]; `suspicious` when many pointwise ones are not positive. */
export interface Hessian {
  readonly matrix: Float64Array[]
  readonly suspicious: boolean
}

/** Second derivatives of `logisticLoss`. */
export function logisticHessian(X: Matrix, outputs: number, { l2, intercept, weights }: LossOptions): (w: Float64Array) => Hessian {
  const { rows, columns } = X
  const sums = hessianKernel(X, outputs, weights) ?? plainHessianSums(X, outputs, weights)
  const width = columns + (intercept ? 1 : 0)
  const sum = total(weights, rows)
  const wide = new Float64Array(outputs * (columns + 1))
  return w => {
    for (let k = 0; k < outputs; k++) for (let j = 0; j < width; j++) wide[k * (columns + 1) + j] = w[k * width + j]
    const { at, width: stride, flat } = sums(wide)
    const matrix = Array.from({ length: outputs * width }, () => new Float64Array(outputs * width))
    for (let k = 0; k < outputs; k++) {
      for (let l = 0; l <= k; l++) {
        const block = at(k, l)
        for (let j = 0; j < width; j++) {
          for (let m = 0; m <= j; m++) {
            const value = block[j * stride + m] / sum + (k === l && j === m && j < columns ? l2 : 0)
            matrix[k * width + j][l * width + m] = value
            matrix[k * width + m][l * width + j] = value
            matrix[l * width + m][k * width + j] = value
            matrix[l * width + j][k * width + m] = value
          }
        }
      }
    }
    return { matrix, suspicious: flat / rows > 0.25 }
  }
}

/** The sums over rows without WebAssembly: the kernel's plain twin. */
export function plainHessianSums(
  { rows, columns, data }: Matrix,
  outputs: number,
  weights?: Float64Array,
): (w: Float64Array) => HessianSums {
  const width = columns + 1
  const raw = new Float64Array(outputs)
  const x = new Float64Array(width).fill(1)
  return w => {
    const blocks = Array.from({ length: (outputs * (outputs + 1)) / 2 }, () => new Float64Array(width * width))
    let flat = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      rawPredictions(raw, w, data, at, columns)
      if (outputs > 1) softmax(raw)
      for (let j = 0; j < columns; j++) x[j] = data[at + j]
      const weight = weights ? weights[i] : 1
      for (let k = 0, b = 0; k < outputs; k++) {
        for (let l = 0; l <= k; l++, b++) {
          const factor = weight * (outputs > 1 ? raw[k] * ((k === l ? 1 : 0) - raw[l]) : secondOfHalfBinomial(raw[0]))
          if (outputs === 1 && factor <= 0) flat++
          for (let j = 0; j < width; j++) {
            const scaled = factor * x[j]
            for (let m = 0; m <= j; m++) blocks[b][j * width + m] += scaled * x[m]
          }
        }
      }
    }
    return { at: (k, l) => blocks[(k * (k + 1)) / 2 + l], width, flat }
  }
}

function secondOfHalfBinomial(raw: number): number {
  const e = Math.exp(-Math.abs(raw))
  return e / ((1 + e) * (1 + e))
}
