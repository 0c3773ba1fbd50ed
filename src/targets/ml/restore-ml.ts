import { LearnError, type Restore } from '../../learn/index.ts'
import type { MlFitted } from './ml-classifier.ts'
import { MlLogisticRegression } from './ml-logistic-regression.ts'
import { MlRandomForest } from './ml-random-forest.ts'
import { loadMl, type MlModel, type MlTraining } from './train-ml.ts'

const kinds = {
  'ml-logistic-regression.LogisticRegression': {
    package: 'ml-logistic-regression',
    restore: (params: Parameters<Restore>[0], fitted: MlFitted) => MlLogisticRegression.restore(params, fitted),
  },
  'ml-random-forest.RandomForestClassifier': {
    package: 'ml-random-forest',
    restore: (params: Parameters<Restore>[0], fitted: MlFitted) => MlRandomForest.restore(params, fitted),
  },
} as const satisfies Record<string, { package: MlTraining['package']; restore: unknown }>

/**
 * What makes the models of a model file that the npm packages trained: the packages are loaded only where there is one.
 *
 * @param json what `JSON.parse` gave; it may come from anywhere
 */
export async function mlRestores(json: unknown): Promise<ReadonlyMap<string, Restore>> {
  const steps = (json as { readonly steps?: unknown } | null)?.steps
  const last = Array.isArray(steps)
    ? (steps.at(-1) as { readonly type?: unknown; readonly fitted?: { readonly model?: unknown } } | null)
    : null
  const type = last?.type
  if (typeof type !== 'string' || !Object.hasOwn(kinds, type)) return new Map()
  const { package: name, restore } = kinds[type as keyof typeof kinds]
  const model = last!.fitted?.model as MlModel
  const damaged = () =>
    new LearnError('learn/bad-model', 'ValueError', `${type}: model should be what ${name} loads.`, {
      hint: 'The model file was changed or cut off: train again.',
    })
  const predict = await loadMl(name, model).catch(() => {
    throw damaged()
  })
  const guarded: typeof predict = (rows, columns, data) => {
    try {
      return predict(rows, columns, data)
    } catch {
      throw damaged()
    }
  }
  return new Map([
    [
      type,
      (params, fitted) => {
        const classes = fitted.labels('classes_')
        const columns = fitted.int('n_features_in_', 1, 2 ** 31 - 1)
        return restore(params, { classes, columns, model, predict: guarded })
      },
    ],
  ])
}
