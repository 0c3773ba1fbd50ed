import type { Matrix } from '../contract.ts'
import { accuracy } from './accuracy.ts'
import { type Average, balancedAccuracy, classificationScore, logLoss, rocAuc } from './classification.ts'
import { meanAbsoluteError, meanSquaredError, r2, rootMeanSquaredError } from './regression.ts'

/** What a metric is computed from. Classes are indices; `proba` is absent where a model has none. */
export interface Scored {
  readonly truth: ArrayLike<number>
  readonly predicted: ArrayLike<number>
  readonly classes: number
  readonly proba?: Matrix
}

export interface Scorer {
  readonly name: string
  readonly task: 'classification' | 'regression'
  readonly greaterIsBetter: boolean
  /** Undefined where the metric does not apply (a binary metric with three classes, probabilities that are missing). */
  readonly score: (scored: Scored) => number | undefined
}

const averaged = (score: 'precision' | 'recall' | 'f1', average: Average, name: string): Scorer => ({
  name,
  task: 'classification',
  greaterIsBetter: true,
  score: ({ truth, predicted, classes }) =>
    average === 'binary' && classes !== 2 ? undefined : classificationScore(score, truth, predicted, classes, average),
})
const negated = (name: string, error: (truth: ArrayLike<number>, predicted: ArrayLike<number>) => number): Scorer[] => [
  { name, task: 'regression', greaterIsBetter: false, score: ({ truth, predicted }) => error(truth, predicted) },
  { name: `neg_${name}`, task: 'regression', greaterIsBetter: true, score: ({ truth, predicted }) => -error(truth, predicted) },
]
const positiveColumn = ({ rows, columns, data }: Matrix) => Float64Array.from({ length: rows }, (_, i) => data[i * columns + 1])

/** Metrics under scikit-learn's `scoring` names, and the errors also without their `neg_`. */
export const scorers: ReadonlyMap<string, Scorer> = new Map(
  [
    {
      name: 'accuracy',
      task: 'classification',
      greaterIsBetter: true,
      score: ({ truth, predicted }) => accuracy(truth, predicted),
    } satisfies Scorer,
    {
      name: 'balanced_accuracy',
      task: 'classification',
      greaterIsBetter: true,
      score: ({ truth, predicted, classes }) => balancedAccuracy(truth, predicted, classes),
    } satisfies Scorer,
    ...(['precision', 'recall', 'f1'] as const).flatMap(score => [
      averaged(score, 'binary', score),
      ...(['macro', 'micro', 'weighted'] as const).map(average => averaged(score, average, `${score}_${average}`)),
    ]),
    {
      name: 'roc_auc',
      task: 'classification',
      greaterIsBetter: true,
      score: ({ truth, proba, classes }) => (proba?.columns === 2 && classes === 2 ? rocAuc(truth, positiveColumn(proba)) : undefined),
    } satisfies Scorer,
    {
      name: 'log_loss',
      task: 'classification',
      greaterIsBetter: false,
      score: ({ truth, proba }) => (proba ? logLoss(truth, proba) : undefined),
    } satisfies Scorer,
    {
      name: 'neg_log_loss',
      task: 'classification',
      greaterIsBetter: true,
      score: ({ truth, proba }) => (proba ? -logLoss(truth, proba) : undefined),
    } satisfies Scorer,
    { name: 'r2', task: 'regression', greaterIsBetter: true, score: ({ truth, predicted }) => r2(truth, predicted) } satisfies Scorer,
    ...negated('mean_absolute_error', meanAbsoluteError),
    ...negated('mean_squared_error', meanSquaredError),
    ...negated('root_mean_squared_error', rootMeanSquaredError),
  ].map((scorer: Scorer) => [scorer.name, scorer]),
)
