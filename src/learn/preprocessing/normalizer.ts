import { BaseTransformer } from '../base-transformer.ts'
import { rowSums, squared } from '../column-sums.ts'
import type { Features, FitControl, Matrix, Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { normalizeKernel } from '../kernels/cells-kernel.ts'
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
    const norm = this.params.norm as Norm
    const scaled = new Float64Array(X.data.length)
    if (!normalizeKernel(X, norm, scaled)) plainNormalized(X, norm, scaled)
    return likeWith(X, scaled, this.namesFor(features))
  }

  static restore(params: Params, fitted: FittedData): Normalizer {
    return new Normalizer(params).restoreColumns(fitted)
  }

  toJSON() {
    return this.columnsJSON()
  }
}

type Norm = 'l1' | 'l2' | 'max'

/** The kernel's plain twin. */
export function plainNormalized(X: Matrix, norm: Norm, into: Float64Array): void {
  const { rows, columns, data } = X
  const lengths = withoutZeros(lengthsOf(X, norm))
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) into[at] = data[at] / lengths[i]
}

function lengthsOf(X: Matrix, norm: Norm): Float64Array {
  if (norm === 'l1') return rowSums(X, sizes)
  if (norm === 'l2') return rowSums(X, squared).map(Math.sqrt)
  const { rows, columns, data } = X
  const largest = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) largest[i] = Math.max(largest[i], Math.abs(data[at]))
  return largest
}

function sizes(cells: Float64Array): void {
  for (let k = 0; k < cells.length; k++) cells[k] = Math.abs(cells[k])
}
