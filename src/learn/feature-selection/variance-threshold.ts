import { columnSums, deviationSums, markMissing, missingAsZero } from '../column-sums.ts'
import type { Features, Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { allFinite, toMatrix } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { aReal, checkParameters, numeric } from '../parameters.ts'
import { columnRange } from '../preprocessing/column-range.ts'
import { Selector } from './selector.ts'

/** Keeps the columns that vary more than a threshold; missing values do not count. Source: scikit-learn 1.9. */
export class VarianceThreshold extends Selector {
  readonly name = 'VarianceThreshold'
  protected readonly allowMissing = true
  variances_ = new Float64Array(0)

  constructor(params: Params = {}) {
    super(
      checkParameters('VarianceThreshold', params, { threshold: { default: 0, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] } }),
    )
  }

  fit(features: Features): this {
    const X = toMatrix(features, this.name, { allowMissing: true })
    this.remember(features)
    const threshold = numeric(this.params.threshold!)
    // A gap shows in the sum of its column.
    const sums = columnSums(X)
    const missing = sums.some(Number.isNaN) && !allFinite(X.data)
    const holes = missing ? columnSums(X, markMissing) : new Float64Array(X.columns)
    const counts = holes.map(hole => X.rows - hole)
    const means = (missing ? columnSums(X, missingAsZero) : sums).map((sum, j) => sum / counts[j])
    const variances = deviationSums(X, means, { missing }).squares.map((sum, j) => sum / counts[j])
    if (threshold === 0) {
      // The range of a constant column is exactly 0 where its variance may be rounding.
      const { min, max } = columnRange(X)
      // numpy has no range of a column with gaps.
      for (let j = 0; j < X.columns; j++) if (!holes[j]) variances[j] = Math.min(variances[j], max[j] - min[j])
    }
    this.variances_ = variances
    if (variances.every(value => !Number.isFinite(value) || value <= threshold)) {
      const said = `No feature in X meets the variance threshold ${threshold.toFixed(5)}`
      throw valueError(X.rows === 1 ? `${said} (X contains only one sample)` : said, 'threshold')
    }
    return this
  }

  getSupport(): readonly number[] {
    const threshold = numeric(this.params.threshold!)
    return [...this.variances_.keys()].filter(j => this.variances_[j] > threshold)
  }

  static restore(params: Params, fitted: FittedData): VarianceThreshold {
    const selector = new VarianceThreshold(params).restoreColumns(fitted)
    selector.variances_ = fitted.anyNumbers('variances_', selector.n_features_in_) as Float64Array<ArrayBuffer>
    return selector
  }

  toJSON() {
    return { variances_: jsonNumbers(this.variances_), support: this.getSupport(), ...this.columnsJSON() }
  }
}
