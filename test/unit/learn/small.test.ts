import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Column } from '../../../src/data/index.ts'
import { float, LogisticRegression, type Matrix, type Params, RandomForestClassifier, StandardScaler } from '../../../src/learn/index.ts'

const vectors = (name: string) => JSON.parse(readFileSync(new URL(`../../oracle/sklearn/vectors/${name}.json`, import.meta.url), 'utf8'))
const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0].length,
  data: Float64Array.from(rows.flat()),
})
const target = (y: readonly (number | string)[]): Column => {
  if (typeof y[0] === 'number') return { name: 'y', type: 'int', values: Float64Array.from(y as number[]) }
  const categories = [...new Set(y as string[])]
  return { name: 'y', type: 'text', codes: Int32Array.from(y, label => categories.indexOf(label as string)), categories }
}
const params = (given: Record<string, unknown>): Params =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, isFloat(value) ? float(value.float) : value])) as Params
const isFloat = (value: unknown): value is { float: number } => typeof value === 'object' && value !== null && 'float' in value
const close = (a: number, b: number, relative: number) => Math.abs(a - b) <= relative * Math.max(1, Math.abs(a), Math.abs(b))

for (const { name, X, y, scaled, forests, logistic } of vectors('small')) {
  test(`forests on ${name} are scikit-learn's, node by node`, () => {
    for (const expected of forests) {
      const model = new RandomForestClassifier(params(expected.params))
      model.fit(matrix(X), target(y))
      const what = JSON.stringify(expected.params)
      expect(model.estimators_.length, what).toBe(expected.trees.length)
      model.estimators_.forEach((tree, i) => {
        expect([...tree.feature], what).toEqual(expected.trees[i].feature)
        expect([...tree.threshold], what).toEqual(expected.trees[i].threshold)
        expect([...tree.n_node_samples], what).toEqual(expected.trees[i].n_node_samples)
        expect([...tree.impurity], what).toEqual(expected.trees[i].impurity)
      })
      expect([...model.predictProba(matrix(X)).data], what).toEqual(expected.probabilities.flat())
      model.feature_importances_.forEach((value, j) => {
        expect(close(value, expected.importances[j], 1e-12), what).toBe(true)
      })
    }
  })

  test(`the scaler on ${name} is bit-equal`, () => {
    const scaler = new StandardScaler()
    const columns = { ...matrix(X), order: 'F' as const }
    scaler.fit(columns)
    expect([...scaler.transform(columns).data]).toEqual(scaled.flat())
  })

  test(`logistic regression on ${name} takes the same steps to the same coefficients`, () => {
    for (const expected of logistic) {
      const warnings: string[] = []
      const model = new LogisticRegression(params(expected.params))
      model.fit(matrix(scaled), target(y), { onWarning: (_, text) => warnings.push(text) })
      const what = JSON.stringify(expected.params)
      expect(model.n_iter_, what).toEqual(expected.n_iter)
      const ours = [...model.coef_.flatMap(row => [...row]), ...model.intercept_]
      const theirs = [...expected.coef.flat(), ...expected.intercept]
      ours.forEach((value, i) => {
        expect(close(value, theirs[i], 1e-9), `${what} ${value} ${theirs[i]}`).toBe(true)
      })
      expect(warnings.map(text => text.split('\n')[0])[0] ?? null, what).toBe(expected.warning)
    }
  })
}
