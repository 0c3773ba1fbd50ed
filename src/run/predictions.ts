import { confusionMatrix, type Features, type Predictor } from '../learn/index.ts'
import type { RunResult } from './events.ts'
import { classTexts, type Evaluation } from './metrics.ts'
import { featureNames } from './pipeline.ts'

/** `predictions.csv`: the row of the test data, truth where it is known, prediction, and a classifier's probabilities; numbers in their shortest exact decimals. */
export function predictionsCsv(evaluation: Evaluation): string {
  const { labels, trueValues, predicted, predictor, features, rowNumbers } = evaluation
  const proba = evaluation.proba()
  const known = trueValues.length > 0
  const header = ['row', ...(known ? ['y_true'] : []), 'y_pred', ...(proba ? classTexts(predictor).map(label => `proba_${label}`) : [])]
  const lines = [header.map(csvCell).join()]
  const cells = labels.map(csvCell)
  const shown = (value: number) => (labels.length ? cells[value] : String(value))
  for (let i = 0; i < features.rows; i++) {
    let line = `${rowNumbers?.[i] ?? i},${known ? `${shown(trueValues[i])},` : ''}${shown(predicted[i])}`
    if (proba) for (let k = 0; k < proba.columns; k++) line += `,${proba.data[i * proba.columns + k]}`
    lines.push(line)
  }
  return `${lines.join('\n')}\n`
}

/** What the panel shows beside the metrics: confusion matrix, coefficients or importances. */
export function resultDetails({ labels, trueValues, predicted, predictor, features }: Evaluation): NonNullable<RunResult['details']> {
  return {
    ...(labels.length ? { confusion: { classes: labels, counts: confusionMatrix(trueValues, predicted, labels.length) } } : {}),
    ...weights(predictor, features),
  }
}

function weights(predictor: Predictor, seen: Features): Pick<NonNullable<RunResult['details']>, 'coefficients' | 'importances'> {
  const names = featureNames(seen)
  const named = (values: ArrayLike<number>) => Array.from(values, (value, i) => ({ feature: names?.[i] ?? `x${i}`, value }))
  const { coef_, feature_importances_ } = predictor as { coef_?: readonly ArrayLike<number>[]; feature_importances_?: ArrayLike<number> }
  return {
    ...(coef_?.length === 1 ? { coefficients: named(coef_[0]) } : {}),
    ...(feature_importances_ ? { importances: named(feature_importances_) } : {}),
  }
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
