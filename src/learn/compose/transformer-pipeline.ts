import type { Features, FitControl, Params, Target, Transformer } from '../contract.ts'
import { fitTransform, transformed } from '../fit-transform.ts'
import type { FittedData } from '../fitted-data.ts'
import type { InputColumns } from '../input-columns.ts'
import { nestedTransformer, type RestoreNested, stepData } from '../step-data.ts'

/** Transformers in a row, as one transformer: a Pipeline that does not end in a model. */
export class TransformerPipeline implements Transformer {
  readonly kind = 'transformer'
  readonly name = 'Pipeline'
  readonly type = 'TransformerPipeline'
  readonly params: Params = {}

  constructor(readonly steps: readonly { readonly name: string; readonly step: Transformer }[]) {}

  /** Of its first step, as in scikit-learn. */
  get n_features_in_(): number | undefined {
    return (this.steps[0]?.step as Partial<InputColumns> | undefined)?.n_features_in_
  }

  get feature_names_in_(): readonly string[] | undefined {
    return (this.steps[0]?.step as Partial<InputColumns> | undefined)?.feature_names_in_
  }

  fit(X: Features, y?: Target, control?: FitControl): this {
    this.fitTransform(X, y, control)
    return this
  }

  fitTransform(X: Features, y?: Target, control?: FitControl): Features {
    return this.steps.reduce((features, { step }) => fitTransform(step, features, y, control), X)
  }

  transform(X: Features, control?: FitControl): Features {
    return this.steps.reduce((features, { step }) => transformed(step, features, control), X)
  }

  getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    let names = inputFeatures
    for (const { step } of this.steps) names = step.getFeatureNamesOut?.(names) ?? names
    return names ?? []
  }

  static restore(_: Params, fitted: FittedData, nested: RestoreNested): TransformerPipeline {
    return new TransformerPipeline(
      fitted.parts('steps').map((part, i) => {
        const name = part.raw('name')
        return { name: typeof name === 'string' ? name : String(i), step: nestedTransformer(part, 'transformer', nested) }
      }),
    )
  }

  toJSON() {
    return { steps: this.steps.map(({ name, step }) => ({ name, transformer: stepData(step) })) }
  }
}
