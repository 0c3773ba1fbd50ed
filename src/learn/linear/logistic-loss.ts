import type { Matrix } from '../contract.ts'

/**
 * Mean binary logistic loss with an l2 penalty, and its gradient.
 * Parameters: one coefficient per feature, then the intercept when there is one (not penalised).
 * Source: scikit-learn 1.9 `HalfBinomialLoss`: the branches keep full precision at both ends.
 */
export function binaryLoss(X: Matrix, codes: Int32Array, l2: number, intercept: boolean) {
  const { rows, columns, data } = X
  return (w: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0)
    let loss = 0
    let residuals = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      let raw = intercept ? w[columns] : 0
      for (let j = 0; j < columns; j++) raw += data[at + j] * w[j]
      const y = codes[i]
      let residual: number
      if (raw <= -37) {
        const e = Math.exp(raw)
        loss += e - y * raw
        residual = e - y
      } else if (raw <= -2) {
        const e = Math.exp(raw)
        loss += Math.log1p(e) - y * raw
        residual = ((1 - y) * e - y) / (1 + e)
      } else if (raw <= 18) {
        const e = Math.exp(-raw)
        loss += Math.log1p(e) + (1 - y) * raw
        residual = (1 - y - y * e) / (1 + e)
      } else {
        const e = Math.exp(-raw)
        loss += e + (1 - y) * raw
        residual = (1 - y - y * e) / (1 + e)
      }
      residual /= rows
      residuals += residual
      for (let j = 0; j < columns; j++) gradient[j] += residual * data[at + j]
    }
    let squares = 0
    for (let j = 0; j < columns; j++) {
      squares += w[j] * w[j]
      gradient[j] += l2 * w[j]
    }
    if (intercept) gradient[columns] = residuals
    return loss / rows + 0.5 * l2 * squares
  }
}

/**
 * Mean multinomial logistic loss with an l2 penalty, and its gradient.
 * Parameters: per class its coefficients, then its intercept when there is one.
 * Source: scikit-learn 1.9 `HalfMultinomialLoss` (symmetric, over-parametrised).
 */
export function multinomialLoss(X: Matrix, codes: Int32Array, classes: number, l2: number, intercept: boolean) {
  const { rows, columns, data } = X
  const width = columns + (intercept ? 1 : 0)
  const raw = new Float64Array(classes)
  return (w: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0)
    let loss = 0
    for (let i = 0, at = 0; i < rows; i++, at += columns) {
      let most = Number.NEGATIVE_INFINITY
      for (let k = 0; k < classes; k++) {
        let value = intercept ? w[k * width + columns] : 0
        for (let j = 0; j < columns; j++) value += data[at + j] * w[k * width + j]
        raw[k] = value
        if (value > most) most = value
      }
      const own = raw[codes[i]]
      let sum = 0
      for (let k = 0; k < classes; k++) {
        raw[k] = Math.exp(raw[k] - most)
        sum += raw[k]
      }
      loss += Math.log(sum) + most - own
      for (let k = 0; k < classes; k++) {
        const residual = (raw[k] / sum - (codes[i] === k ? 1 : 0)) / rows
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
    return loss / rows + 0.5 * l2 * squares
  }
}
