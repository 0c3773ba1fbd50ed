import { expect, test } from 'vitest'
import { RandomForestClassifier, RandomForestRegressor } from '../../../../src/learn/index.ts'
import { permutationImportance } from '../../../../src/learn/inspection/permutation-importance.ts'
import { calibrationCurve } from '../../../../src/learn/metrics/calibration.ts'
import { precisionRecallCurve, rocCurve } from '../../../../src/learn/metrics/ranking.ts'
import { scoredModel, scoreOf } from '../../../../src/learn/metrics/score-model.ts'
import { scorers } from '../../../../src/learn/metrics/scorers.ts'
import { column, vectors } from './target.ts'

const plain = (values: Float64Array) => Array.from(values, value => (value === Number.POSITIVE_INFINITY ? 'inf' : value))

for (const { truth, scores, roc, precisionRecall, calibration } of vectors('metrics', 'curves')) {
  test(`curves of ${truth.length} rows are scikit-learn's, point by point`, () => {
    const ours = rocCurve(truth, Float64Array.from(scores))
    expect({ fpr: plain(ours.fpr), tpr: plain(ours.tpr), thresholds: plain(ours.thresholds) }).toEqual(roc)
    const { precision, recall, thresholds } = precisionRecallCurve(truth, Float64Array.from(scores))
    expect({ precision: plain(precision), recall: plain(recall), thresholds: plain(thresholds) }).toEqual(precisionRecall)
    const { observed, predicted } = calibrationCurve(truth, Float64Array.from(scores), 10)
    expect({ observed: plain(observed), predicted: plain(predicted) }).toEqual(calibration)
  })
}

for (const { kind, seed, scoring, X, y, importances, mean, std } of vectors('metrics', 'importances')) {
  test(`permutation importance of a forest ${kind} by ${scoring}, seed ${seed}, is scikit-learn's`, () => {
    const matrix = { rows: X.length, columns: X[0].length, data: Float64Array.from(X.flat()) }
    const params = { n_estimators: 5, max_depth: 3, random_state: seed }
    const model = kind === 'classifier' ? new RandomForestClassifier(params) : new RandomForestRegressor(params)
    model.fit(matrix, column(y))
    const scorer = scorers.get(scoring)!
    const found = permutationImportance(features => scoreOf(scorer, scoredModel(model, features, column(y))), matrix, { repeats: 4, seed })
    expect(found.map(one => [...one.importances])).toEqual(importances)
    expect(found.map(one => one.mean)).toEqual(mean)
    expect(found.map(one => one.std)).toEqual(std)
  })
}
