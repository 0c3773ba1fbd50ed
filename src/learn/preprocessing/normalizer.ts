import { BaseTransformer } from '../base-transformer.ts'
import { rowSums, squared } from '../column-sums.ts'
import type { Features, FitControl, Matrix, Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { aBool, checkParameters, oneOf } from '../parameters.ts'
import { likeWith, withoutZeros } from './scaled.ts'

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
    const { rows, columns, data } = X
    const scaled = new Float64Array(data.length)
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) scaled[at] = data[at] / lengths[i]
    return likeWith(X, scaled, this.namesFor(features))
  }

  private lengths(X: Matrix): Float64Array {
    const { norm } = this.params
    if (norm === 'l1') return rowSums(X, sizes)
    if (norm === 'l2') return rowSums(X, squared).map(Math.sqrt)
    const { rows, columns, data } = X
    const largest = new Float64Array(rows)
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) largest[i] = Math.max(largest[i], Math.abs(data[at]))
    return largest
  }

  static restore(params: Params, fitted: FittedData): Normalizer {
    return new Normalizer(params).restoreColumns(fitted)
  }

  toJSON() {
    return this.columnsJSON()
  }
}

function sizes(cells: Float64Array): void {
  for (let k = 0; k < cells.length; k++) cells[k] = Math.abs(cells[k])
}
