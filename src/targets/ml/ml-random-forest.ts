import {
  type Classifier,
  type Features,
  type FitControl,
  Float,
  LearnError,
  type Params,
  type ParamValue,
  type Target,
} from '../../learn/index.ts'
import { toMatrix } from '../../learn/matrix.ts'
import type { WorkerPort } from '../../platform/ports.ts'
import { fitMl, type MlFitted, needsFitAsync, predictMl } from './ml-classifier.ts'

const defaults = { nEstimators: 50, maxFeatures: 1, replacement: true, seed: 42, useSampleBagging: true, noOOB: false }
const treeOptions = ['gainFunction', 'splitFunction', 'minNumSamples', 'maxDepth', 'gainThreshold']
/** Every candidate cut scans all rows again: 100 trees take seconds below, minutes above. */
const practicalRows = 2000

/** The npm package ml-random-forest behind scikit-learn's methods, with its own parameters only. */
export class MlRandomForest implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'RandomForestClassifier'
  readonly type = 'ml-random-forest.RandomForestClassifier'
  readonly params: Params
  private fitted?: MlFitted

  constructor(
    params: Params,
    private readonly worker?: WorkerPort,
  ) {
    for (const key of Object.keys(params.treeOptions ?? {})) {
      if (treeOptions.includes(key)) continue
      throw new LearnError('learn/unknown-parameter', 'TypeError', `treeOptions has no option '${key}'`, {
        parameter: 'treeOptions',
        hint: `It takes ${treeOptions.join(', ')}.`,
      })
    }
    this.params = { ...defaults, ...params }
  }

  get classes_() {
    return this.fitted?.classes ?? []
  }

  fit(): this {
    return needsFitAsync('ml-random-forest')
  }

  async fitAsync(features: Features, y: Target, control?: FitControl): Promise<this> {
    const X = toMatrix(features, this.name)
    if (X.rows > practicalRows) {
      control?.onWarning?.(
        'UserWarning',
        `ml-random-forest scans all rows for every candidate cut: ${X.rows} rows take ${Math.round((X.rows / practicalRows) ** 2)} times as long as ${practicalRows}. sklearn.ensemble.RandomForestClassifier has no such limit.`,
      )
    }
    const given = Object.entries(this.params).filter(([, value]) => value !== null && value !== undefined)
    const options = Object.fromEntries(given.map(([name, value]) => [name, plainOption(value!)]))
    this.fitted = await fitMl({ package: 'ml-random-forest', options }, X, y, this.worker, control)
    return this
  }

  predictIndex(features: Features): Int32Array {
    return predictMl(this.fitted, features, this.name)
  }

  toJSON() {
    if (!this.fitted) return undefined
    const { classes, columns, model } = this.fitted
    return { classes_: classes, n_features_in_: columns, package: 'ml-random-forest', model }
  }

  static restore(params: Params, fitted: MlFitted): MlRandomForest {
    const model = new MlRandomForest(params)
    model.fitted = fitted
    return model
  }
}

/** The package knows JavaScript's numbers only. */
function plainOption(value: ParamValue): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value
  if (value instanceof Float) return value.value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainOption(item as ParamValue)]))
}
