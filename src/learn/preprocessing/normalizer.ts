import { BaseTransformer } from '../base-transformer.ts'
import { rowSums } from '../column-sums.ts'
import type { Features, FitControl, Matrix, Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { aBool, checkParameters, oneOf } from '../parameters.ts'
import { withoutZeros } from './scaled.ts'

/** Divides each row by its length. Source: scikit-learn 1.9; rows of zeros stay. */
export class Normalizer extends BaseTransformer {
  readonly name = 'Normalizer'

  constructor(params: Params = {}) {
    super(
      checkParameters('Normalizer', params, {
        norm: { default: 'l2', accepts: [oneOf('l1', 'l2', 'max')] },
        copy: { default: true, accepts: [aBool] },
      }),
    )
  }

  fit(features: Features): this {
    toMatrix(features, this.name)
    this.remember(features)
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = toMatrix(features, this.name)
    const lengths = withoutZeros(this.lengths(X))
    const { dtype: _, ...rest } = X
    return { ...rest, data: X.data.map((value, at) => value / lengths[Math.floor(at / X.columns)]), names: this.namesFor(features) }
  }

  private lengths(X: Matrix): Float64Array {
    const { norm } = this.params
    if (norm === 'l1') return rowSums(X, Math.abs)
    if (norm === 'l2') return rowSums(X, value => value * value).map(Math.sqrt)
    const largest = new Float64Array(X.rows)
    X.data.forEach((value, at) => {
      const i = Math.floor(at / X.columns)
      largest[i] = Math.max(largest[i], Math.abs(value))
    })
    return largest
  }

  static restore(params: Params, fitted: FittedData): Normalizer {
    return new Normalizer(params).restoreColumns(fitted)
  }

  toJSON() {
    return this.columnsJSON()
  }
}
