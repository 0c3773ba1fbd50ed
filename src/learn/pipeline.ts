import type { Classifier, Features, FitControl, Matrix, Params, Predictor, Regressor, Step, Target, Transformer } from './contract.ts'
import { LearnError } from './contract.ts'
import { fitTransform, transformed } from './fit-transform.ts'
import type { InputColumns } from './input-columns.ts'
import { predictLogProba } from './predict-log-proba.ts'
import { pythonClass } from './python-class.ts'

/** Transformers and, last, a predictor. */
export interface NamedStep {
  readonly name: string
  readonly step: Step
}

/**
 * Steps in a row: each is fitted on what the steps before it make of the data. Source: scikit-learn `Pipeline`.
 *
 * @throws LearnError when a step in the middle cannot transform, or the last one cannot predict
 */
export class Pipeline {
  readonly name = 'Pipeline'
  readonly params: Params
  readonly transformers: readonly Transformer[]
  readonly predictor: Predictor

  constructor(readonly steps: readonly NamedStep[]) {
    const last = steps.at(-1)?.step
    if (!last || last.kind === 'transformer') {
      throw new LearnError('learn/no-predictor', 'TypeError', 'The last step of a pipeline must be a classifier or a regressor.', {
        parameter: 'steps',
      })
    }
    this.transformers = steps.slice(0, -1).map(({ step }) => {
      if (step.kind === 'transformer') return step
      throw new LearnError(
        'learn/not-a-transformer',
        'TypeError',
        `All intermediate steps should be transformers and implement fit and transform or be the string 'passthrough' '${step.name}()' (type ${pythonClass(step)}) doesn't`,
        { parameter: 'steps' },
      )
    })
    this.predictor = last
    this.params = {}
  }

  /** The kind of its model, so that a pipeline may stand where a model may. */
  get kind(): Predictor['kind'] {
    return this.predictor.kind
  }

  /** Of its first step, as in scikit-learn. */
  get n_features_in_(): number | undefined {
    return (this.steps[0]?.step as Partial<InputColumns> | undefined)?.n_features_in_
  }

  get feature_names_in_(): readonly string[] | undefined {
    return (this.steps[0]?.step as Partial<InputColumns> | undefined)?.feature_names_in_
  }

  fitTransform(X: Features, y?: Target, control?: FitControl): Features {
    return this.transformers.reduce((features, transformer) => fitTransform(transformer, features, y, control), X)
  }

  transform(X: Features, control?: FitControl): Features {
    return this.transformers.reduce((features, transformer) => transformed(transformer, features, control), X)
  }

  fit(X: Features, y: Target, control?: FitControl): this {
    this.predictor.fit(this.fitTransform(X, y, control), y, control)
    return this
  }

  async fitAsync(X: Features, y: Target, control?: FitControl): Promise<this> {
    const features = this.fitTransform(X, y, control)
    if (this.predictor.fitAsync) await this.predictor.fitAsync(features, y, control)
    else this.predictor.fit(features, y, control)
    return this
  }

  get classes_(): Classifier['classes_'] {
    return this.classifier().classes_
  }

  /** `control` hears what the transformers have to say of these rows. */
  predictIndex(X: Features, control?: FitControl): Int32Array {
    return this.classifier().predictIndex(this.transform(X, control))
  }

  predictProba(X: Features, control?: FitControl): Matrix | undefined {
    return this.classifier().predictProba?.(this.transform(X, control))
  }

  predictLogProba(X: Features, control?: FitControl): Matrix | undefined {
    return predictLogProba(this.classifier(), this.transform(X, control))
  }

  predict(X: Features, control?: FitControl): Float64Array {
    return (this.predictor as Regressor).predict(this.transform(X, control))
  }

  private classifier(): Classifier {
    if (this.predictor.kind === 'classifier') return this.predictor
    throw new LearnError('learn/not-a-classifier', 'AttributeError', `'${this.predictor.name}' has no classes.`)
  }
}
