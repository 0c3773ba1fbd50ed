import { takeCells } from '../../../data/table.ts'
import { Callable, type FitControl, type ParamValue, type Predictor, type Target } from '../../contract.ts'
import { scoredModel, scoreOf } from '../../metrics/score-model.ts'
import { scorers, scoringNames } from '../../metrics/scorers.ts'
import { resample } from '../../model-selection/resample.ts'
import { notBuiltIn, valueError } from '../../not-built-in.ts'
import { average } from './losses.ts'

/** A metric looks at so many rows of training at most. */
const mostRows = 10_000

/** Rows of a fit: their places in the target, and their weights; absent: all 1. */
export interface ScoredRows {
  readonly rows: Int32Array
  readonly weights?: Float64Array
}

type Score = (rows: ScoredRows, raw: Float64Array) => number

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

/** The rows of training that a metric looks at: a sample in which the classes keep their shares; undefined: all. */
export function rowsForMetric(rows: number, seed: number, strata?: Float64Array): Int32Array | undefined {
  return rows > mostRows ? resample(rows, mostRows, seed, strata && { name: 'y', type: 'float', values: strata }) : undefined
}
