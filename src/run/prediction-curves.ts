import { calibrationCurve } from '../learn/metrics/calibration.ts'
import { averagePrecision, precisionRecallCurve, rocAuc, rocCurve } from '../learn/metrics/ranking.ts'

export type CurvePoint = readonly [x: number, y: number]

/** How well a classifier ranks and how honest its probabilities are, for one class against the rest. */
export interface ClassCurves {
  readonly name: string
  /** Rows of this class. */
  readonly positives: number
  /** False positive rate, true positive rate. */
  readonly roc: readonly CurvePoint[]
  readonly auc: number
  /** Recall, precision. */
  readonly precisionRecall: readonly CurvePoint[]
  readonly averagePrecision: number
  /** Mean predicted probability, observed share. */
  readonly calibration: readonly CurvePoint[]
}

const probaPrefix = 'proba_'
/** Steps finer than this share of an axis cannot be seen. */
const finest = 1 / 400

/**
 * Curves from the rows of `predictions.csv`: of the positive class where there are two, of each class where there are more.
 * Empty where the run has no probabilities or its rows have one class only.
 */
export function predictionCurves(columns: readonly string[], rows: readonly (readonly string[])[]): ClassCurves[] {
  const names = columns.filter(name => name.startsWith(probaPrefix))
  const yTrue = columns.indexOf('y_true')
  if (yTrue < 0 || names.length < 2 || !rows.length) return []
  const shown = names.length === 2 ? names.slice(1) : names
  return shown.flatMap(column => {
    const name = column.slice(probaPrefix.length)
    const at = columns.indexOf(column)
    const truth = Uint8Array.from(rows, row => Number(row[yTrue] === name))
    const scores = Float64Array.from(rows, row => Number(row[at]))
    const positives = truth.reduce((sum, one) => sum + one, 0)
    return positives === 0 || positives === rows.length ? [] : [classCurves(name, positives, truth, scores)]
  })
}

function classCurves(name: string, positives: number, truth: Uint8Array, scores: Float64Array): ClassCurves {
  const { fpr, tpr } = rocCurve(truth, scores)
  const { recall, precision } = precisionRecallCurve(truth, scores)
  const { predicted, observed } = calibrationCurve(truth, scores, 10)
  return {
    name,
    positives,
    roc: seen(fpr, tpr),
    auc: rocAuc(truth, scores),
    precisionRecall: seen(recall, precision),
    averagePrecision: averagePrecision(truth, scores),
    calibration: Array.from(predicted, (x, i): CurvePoint => [x, observed[i]]),
  }
}

/** The points that differ visibly from the one before; both ends stay. */
function seen(xs: Float64Array, ys: Float64Array): CurvePoint[] {
  const points: CurvePoint[] = []
  for (let i = 0; i < xs.length; i++) {
    const last = points.at(-1)
    const moved = !last || Math.abs(xs[i] - last[0]) >= finest || Math.abs(ys[i] - last[1]) >= finest
    if (moved || i === xs.length - 1) points.push([xs[i], ys[i]])
  }
  return points
}
