import { expect, test } from 'vitest'
import { checkTarget, resolveTarget } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

const nearest = (name: string) => {
  const resolution = resolveTarget(name)
  return 'nearest' in resolution ? resolution.nearest : undefined
}

test.each([
  ['sklearn.neural_network.MLPClassifier', 'sklearn.ensemble.HistGradientBoostingClassifier'],
  ['sklearn.preprocessing.TargetEncoder', 'sklearn.preprocessing.OneHotEncoder'],
  ['sklearn.impute.IterativeImputer', 'sklearn.impute.SimpleImputer'],
  ['sklearn.model_selection.GroupKFold', 'sklearn.model_selection.KFold'],
  ['xgboost.XGBRegressor', 'sklearn.ensemble.HistGradientBoostingRegressor'],
  ['main.SVC', 'sklearn.linear_model.LogisticRegression'],
])('%s: the nearest that is built in does the same job', (name, first) => {
  expect(nearest(name)?.[0]).toBe(first)
})

test.each([
  'sklearn.cluster.KMeans',
  'sklearn.manifold.SpectralEmbedding',
  'sklearn.model_selection.GridSearchCV',
])('%s: nothing here is near', name => {
  expect(nearest(name)).toEqual([])
})

test.each([
  ['sklearn.model_selection.GridSearchCV', /does not have GridSearchCV\. A study searches parameters/],
  ['sklearn.pipeline.make_pipeline', /does not have make_pipeline\. Write sklearn\.pipeline\.Pipeline/],
  ['lightgbm.LGBMClassifier', /^It is not built in\. The nearest that is: sklearn\.ensemble\.HistGradientBoostingClassifier/],
  ['sklearn.metrics.accuracy_score', /an export of a module of the project\.$/],
])('%s: the hint says what a run has instead', (name, hint) => {
  expect(checkTarget(targetNode(`_target_: ${name}`))[0].hint).toMatch(hint)
})
