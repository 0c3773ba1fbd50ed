import type { Matrix } from '../contract.ts'

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

const total = (weights: Float64Array | undefined, rows: number): number =>
  weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows

/**
 * Mean binary logistic loss with an l2 penalty, and its gradient.
 * Parameters: one coefficient per feature, then the intercept when there is one (not penalised).
 */
export function binaryLoss(X: Matrix, codes: Int32Array, { l2, intercept, weights }: LossOptions): Objective {
  const { rows, columns, data } = X
  const sum = total(weights, rows)
  const fours = columns >= 8 ? columns - (columns % 4) : 0
  const point: Pointwise = { loss: 0, residual: 0 }
  return (w, gradient) => {
    gradient.fill(0)
    let loss = 0
    let residuals = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      // Four sums that do not wait for each other: an addition takes several cycles.
      let [a, b, c, d] = [intercept ? w[columns] : 0, 0, 0, 0]
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
      const residual = (weight * point.residual) / sum
      residuals += residual
      for (let j = 0; j < columns; j++) gradient[j] += residual * data[at + j]
    }
    let squares = 0
    for (let j = 0; j < columns; j++) {
      squares += w[j] * w[j]
      gradient[j] += l2 * w[j]
    }
    if (intercept) gradient[columns] = residuals
    return loss / sum + 0.5 * l2 * squares
  }
}

/**
 * Mean multinomial logistic loss with an l2 penalty, and its gradient.
 * Parameters: per class its coefficients, then its intercept when there is one.
 * Source: scikit-learn 1.9 `HalfMultinomialLoss` (symmetric, over-parametrised).
 */
export function multinomialLoss(X: Matrix, codes: Int32Array, classes: number, { l2, intercept, weights }: LossOptions): Objective {
  const { rows, columns, data } = X
  const width = columns + (intercept ? 1 : 0)
  const raw = new Float64Array(classes)
  const sumOfWeights = total(weights, rows)
  return (w, gradient) => {
    gradient.fill(0)
    let loss = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      rawPredictions(raw, w, data, at, columns, width, intercept)
      const own = raw[codes[i]]
      const most = softmax(raw)
      const weight = weights ? weights[i] : 1
      loss += weight * (Math.log(most.sum) + most.largest - own)
      for (let k = 0; k < classes; k++) {
        const residual = (weight * (raw[k] - (codes[i] === k ? 1 : 0))) / sumOfWeights
        for (let j = 0; j < columns; j++) gradient[k * width + j] += residual * data[at + j]
        if (intercept) gradient[k * width + columns] += residual
      }
    }
    let squares = 0
    for (let k = 0; k < classes; k++) {
      for (let j = 0; j < columns; j++) {
        const value = w[k * width + j]
        squares += value * value
        gradient[k * width + j] += l2 * value
      }
    }
    return loss / sumOfWeights + 0.5 * l2 * squares
  }
}

function rawPredictions(
  raw: Float64Array,
  w: Float64Array,
  data: Float64Array,
  at: number,
  columns: number,
  width: number,
  intercept: boolean,
): void {
  for (let k = 0; k < raw.length; k++) {
    let value = intercept ? w[k * width + columns] : 0
    for (let j = 0; j < columns; j++) value += data[at + j] * w[k * width + j]
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

export function binaryHessian(X: Matrix, { l2, intercept, weights }: LossOptions): (w: Float64Array) => Hessian {
  const { rows, columns, data } = X
  const width = columns + (intercept ? 1 : 0)
  const sum = total(weights, rows)
  return w => {
    const matrix = Array.from({ length: width }, () => new Float64Array(width))
    let flat = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      let raw = intercept ? w[columns] : 0
      for (let j = 0; j < columns; j++) raw += data[at + j] * w[j]
      const e = Math.exp(-Math.abs(raw))
      const second = ((weights ? weights[i] : 1) * e) / ((1 + e) * (1 + e))
      if (second <= 0) flat++
      const factor = second / sum
      for (let j = 0; j < columns; j++) {
        const scaled = factor * data[at + j]
        const row = matrix[j]
        for (let k = 0; k <= j; k++) row[k] += scaled * data[at + k]
        if (intercept) matrix[columns][j] += scaled
      }
      if (intercept) matrix[columns][columns] += factor
    }
    for (let j = 0; j < columns; j++) matrix[j][j] += l2
    mirror(matrix)
    return { matrix, suspicious: flat / rows > 0.25 }
  }
}

export function multinomialHessian(X: Matrix, classes: number, { l2, intercept, weights }: LossOptions): (w: Float64Array) => Hessian {
  const { rows, columns, data } = X
  const width = columns + (intercept ? 1 : 0)
  const sum = total(weights, rows)
  const raw = new Float64Array(classes)
  const x = new Float64Array(width).fill(1)
  return w => {
    const matrix = Array.from({ length: width * classes }, () => new Float64Array(width * classes))
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      rawPredictions(raw, w, data, at, columns, width, intercept)
      softmax(raw)
      for (let j = 0; j < columns; j++) x[j] = data[at + j]
      const weight = (weights ? weights[i] : 1) / sum
      for (let k = 0; k < classes; k++) {
        for (let l = 0; l <= k; l++) {
          const factor = weight * raw[k] * ((k === l ? 1 : 0) - raw[l])
          for (let j = 0; j < width; j++) {
            const scaled = factor * x[j]
            const row = matrix[k * width + j]
            for (let m = 0; m < width; m++) row[l * width + m] += scaled * x[m]
          }
        }
      }
    }
    for (let k = 0; k < classes; k++) for (let j = 0; j < columns; j++) matrix[k * width + j][k * width + j] += l2
    mirror(matrix)
    return { matrix, suspicious: false }
  }
}

/** Copies the lower half to the upper one. */
function mirror(matrix: Float64Array[]): void {
  for (let i = 0; i < matrix.length; i++) for (let j = 0; j < i; j++) matrix[j][i] = matrix[i][j]
}
