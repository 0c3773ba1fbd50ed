import { takeCells } from '../../../data/table.ts'
import { Callable, type FitControl, type ParamValue, type Predictor, type Target } from '../../contract.ts'
import type { HistogramKernel } from '../../kernels/histogram-kernel.ts'
import { scoredModel, scoreOf } from '../../metrics/score-model.ts'
import { scorers, scoringNames } from '../../metrics/scorers.ts'
import { resample } from '../../model-selection/resample.ts'
import { notBuiltIn, valueError } from '../../not-built-in.ts'
import { EarlyStopping, type StoppingOptions } from './early-stopping.ts'
import { average, type HistogramLoss } from './losses.ts'
import { type TrainingRows, takeTrainingRows } from './training-rows.ts'

/** A metric looks at so many rows of training at most. */
const mostRows = 10_000

type Score = (rows: Pick<TrainingRows, 'rows' | 'weights'>, raw: Float64Array) => number

/**
 * How a fit is scored by a metric, from the raw predictions of rows.
 *
 * @param scoring a name of scikit-learn's; null: accuracy, or r2 for a regressor
 * @param view a model that predicts from these raw predictions
 * @throws LearnError for names that no scorer has, and when it is asked: what the metric says of the rows
 * Source: scikit-learn 1.9 `_check_early_stopping_scorer`.
 */
export function metricScores(
  estimator: string,
  scoring: ParamValue,
  target: Target,
  view: (raw: Float64Array) => Predictor,
  control: FitControl = {},
): Score {
  if (scoring instanceof Callable) throw notBuiltIn(estimator, 'scoring', scoring, 'Name a metric, such as accuracy.')
  const told = new Set<string>()
  const warn = (category: string, message: string) => {
    if (told.has(message)) return
    told.add(message)
    control.onWarning?.(category, message)
  }
  return ({ rows, weights }, raw) => {
    const model = view(raw)
    const name = (scoring as string | null) ?? (model.kind === 'classifier' ? 'accuracy' : 'r2')
    const scorer = scoringNames.includes(name) ? scorers.get(name) : undefined
    if (!scorer) {
      throw valueError(
        `'${name}' is not a valid scoring value. Use sklearn.metrics.get_scorer_names() to get valid options.`,
        'scoring',
        `Known are ${scoringNames.join(', ')}, and loss.`,
      )
    }
    const scored = scoredModel(model, { rows: rows.length, columns: 0, data: raw }, takeCells(target, rows))
    if (!weights) return scoreOf(scorer, scored, warn)
    if (name !== 'accuracy') {
      // What the metric has against these labels comes first.
      scoreOf(scorer, scored, warn)
      throw notBuiltIn(estimator, 'scoring', name, 'With class_weight, stop by accuracy or by the loss.')
    }
    return average(
      Float64Array.from(scored.truth, (code, i) => (code === scored.predicted[i] ? 1 : 0)),
      weights,
    )
  }
}

/** What early stopping looks at: rows that are learned from and rows that were set aside, with their raw predictions as they change. */
export interface Watching {
  readonly train: TrainingRows
  readonly raw: Float64Array
  readonly watched?: TrainingRows
  readonly watchedRaw?: Float64Array
  readonly kernel?: HistogramKernel | undefined
  readonly target: Target
  readonly seed: number
}

export function stoppingByLoss(options: StoppingOptions, loss: HistogramLoss, watching: Watching): EarlyStopping {
  const { train, raw, watched, watchedRaw } = watching
  const kernel = loss.inKernel === 'binomial' ? watching.kernel : undefined
  const scoreOf = (losses: Float64Array, { weights }: TrainingRows) => -average(losses, weights)
  return new EarlyStopping(
    options,
    () => scoreOf(kernel?.binomialLosses() ?? loss.lossOf(train.values, raw), train),
    watched &&
      watchedRaw &&
      (() =>
        scoreOf(kernel?.binomialLosses({ targets: watched.values, raw: watchedRaw }) ?? loss.lossOf(watched.values, watchedRaw), watched)),
  )
}

/** Of many rows of training the metric looks at a sample, in which the classes keep their shares. */
export function stoppingByMetric(
  options: StoppingOptions,
  score: Score,
  outputs: number,
  { train, raw, watched, watchedRaw, seed, stratified }: Watching & { readonly stratified: boolean },
): EarlyStopping {
  const rows = train.rows.length
  const strata: Target | undefined = stratified ? { name: 'y', type: 'float', values: train.values } : undefined
  const some = rows > mostRows ? resample(rows, mostRows, seed, strata) : undefined
  const seen = some ? takeTrainingRows(train, some) : train
  const rawOfSeen = () =>
    some
      ? Float64Array.from({ length: some.length * outputs }, (_, at) => raw[some[Math.floor(at / outputs)] * outputs + (at % outputs)])
      : raw
  return new EarlyStopping(options, () => score(seen, rawOfSeen()), watched && watchedRaw && (() => score(watched, watchedRaw)))
}
