import { BaseTransformer } from '../base-transformer.ts'
import type { Features, FitControl, Matrix } from '../contract.ts'
import { selectColumns } from '../features.ts'
import { namesIn } from '../input-columns.ts'
import { toMatrix } from '../matrix.ts'

/** Keeps some of the columns. */
export abstract class Selector extends BaseTransformer {
  /** Whether missing values may pass. */
  protected abstract readonly allowMissing: boolean

  /** Which columns are kept, by position. */
  abstract getSupport(): readonly number[]

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = toMatrix(features, this.name, { allowMissing: this.allowMissing })
    const kept = this.getSupport()
    if (!kept.length)
      control?.onWarning?.('UserWarning', 'No features were selected: either the data is too noisy or the selection test too strict.')
    const { dtype: _, ...chosen } = selectColumns(X, kept) as Matrix
    return { ...chosen, names: this.namesFor(features) }
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    const names = namesIn(this, inputFeatures)
    return this.getSupport().map(j => names[j])
  }
}
