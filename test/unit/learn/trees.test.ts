import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Column } from '../../../src/data/index.ts'
import * as learn from '../../../src/learn/index.ts'
import type { Tree } from '../../../src/learn/tree/tree.ts'

interface Nodes {
  readonly feature: number[]
  readonly threshold: (number | 'inf')[]
  readonly left: number[]
  readonly rows: number[]
  readonly missing: number[]
  readonly impurity: number[]
}
interface Case {
  readonly class: keyof typeof kinds
  readonly data: string
  readonly params: Record<string, unknown>
  readonly error?: string
  readonly trees: Nodes[]
  readonly predictions: number[] | null
  readonly sum: number
  readonly importances: number[]
  readonly oob?: number
}
const kinds = {
  DecisionTreeClassifier: learn.DecisionTreeClassifier,
  DecisionTreeRegressor: learn.DecisionTreeRegressor,
  RandomForestClassifier: learn.RandomForestClassifier,
  RandomForestRegressor: learn.RandomForestRegressor,
  ExtraTreesClassifier: learn.ExtraTreesClassifier,
  ExtraTreesRegressor: learn.ExtraTreesRegressor,
}
const { data, cases } = JSON.parse(readFileSync(new URL('../../oracle/sklearn/vectors/trees.json', import.meta.url), 'utf8'))

const matrix = (rows: readonly (readonly (number | null)[])[]): learn.Matrix => ({
  rows: rows.length,
  columns: rows[0].length,
  data: Float64Array.from(rows.flat(), value => value ?? Number.NaN),
})
const target = (y: readonly (number | string)[]): Column => {
  if (typeof y[0] === 'number') return { name: 'y', type: 'float', values: Float64Array.from(y as number[]) }
  const categories = [...new Set(y as string[])]
  return { name: 'y', type: 'text', codes: Int32Array.from(y, label => categories.indexOf(label as string)), categories }
}
const isFloat = (value: unknown): value is { float: number } => typeof value === 'object' && value !== null && 'float' in value
const params = (given: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, isFloat(value) ? learn.float(value.float) : value]),
  ) as learn.Params
const nodesOf = (tree: Tree): Nodes => ({
  feature: [...tree.feature],
  threshold: Array.from(tree.threshold, value => (value === Number.POSITIVE_INFINITY ? 'inf' : value)),
  left: [...tree.children_left],
  rows: [...tree.n_node_samples],
  missing: [...tree.missing_go_to_left],
  impurity: [...tree.impurity],
})

for (const expected of cases as Case[]) {
  test(`${expected.class} ${JSON.stringify(expected.params)} on ${expected.data} is scikit-learn's`, () => {
    const classifies = expected.class.endsWith('Classifier')
    const { X, y } = data[classifies ? 'classes' : 'values'][expected.data]
    const model = new kinds[expected.class](params(expected.params))
    const train = () => model.fit(matrix(X), target(y))
    if (expected.error !== undefined) {
      expect(train).toThrow(expected.error)
      return
    }
    train()
    const trees = 'tree_' in model ? [model.tree_!] : (model as learn.RandomForestClassifier).estimators_
    expect(trees.slice(0, expected.trees.length).map(nodesOf)).toEqual(expected.trees)
    const predictions = model.kind === 'classifier' ? model.predictProba(matrix(X)).data : model.predict(matrix(X))
    if (expected.predictions) expect([...predictions]).toEqual(expected.predictions)
    const step = predictions.length / X.length
    const sum = predictions.reduce((total, value, i) => total + (i % step === 0 ? value : 0), 0)
    expect(Math.abs(sum - expected.sum)).toBeLessThanOrEqual(1e-10 * Math.abs(expected.sum))
    expected.importances.forEach((value, j) => {
      expect(Math.abs(model.feature_importances_[j] - value)).toBeLessThanOrEqual(1e-12)
    })
    if (expected.oob !== undefined) expect((model as learn.RandomForestClassifier).oob_score_).toBeCloseTo(expected.oob, 14)
  })
}
