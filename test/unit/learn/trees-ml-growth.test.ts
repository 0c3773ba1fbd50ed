import { createRequire } from 'node:module'
import { Matrix as MlMatrix } from 'ml-matrix'
import { RandomForestClassifier as MlClassifier, RandomForestRegression as MlRegression } from 'ml-random-forest'
import { expect, test } from 'vitest'
import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  LogisticRegression,
  matrix,
  type Predictor,
  RandomForestClassifier,
  RandomForestRegressor,
  RandomState,
  target,
} from '../../../src/learn/index.ts'
import type { Tree } from '../../../src/learn/tree/tree.ts'

const MlLogistic = createRequire(import.meta.url)('ml-logistic-regression')
const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_126))

/** A node of the package's tree: it tries every cut on every column with all rows, in no other way than by counting. */
interface MlNode {
  readonly left?: MlNode
  readonly right?: MlNode
  readonly splitColumn: number
  readonly splitValue: number
  readonly gain: number
  readonly distribution?: unknown
}
interface MlForest {
  readonly estimators: readonly { readonly root: MlNode }[]
  readonly indexes: readonly (readonly number[])[]
  train(X: unknown, y: unknown): void
}

/** One tree of the package on all rows and all columns. */
function mlTree(Forest: unknown, X: readonly (readonly number[])[], y: readonly number[], options: object) {
  const forest = new (Forest as new (options: object) => MlForest)({
    nEstimators: 1,
    maxFeatures: X[0].length,
    replacement: false,
    useSampleBagging: false,
    noOOB: true,
    seed: 1,
    treeOptions: { gainThreshold: 0, maxDepth: 50, ...options },
  })
  forest.train(new MlMatrix(X as number[][]), y)
  return { root: forest.estimators[0].root, columns: forest.indexes[0] }
}

function fitted<Model extends Predictor>(model: Model, X: readonly (readonly number[])[], y: readonly number[]): Model {
  model.fit(matrix(X), target(y))
  return model
}

/** Different numbers in each column, as float32 has them. */
const someRows = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.fround(random.normal())))

test('a regression tree has the cuts and the leaves that ml-random-forest finds by trying all', () => {
  let same = 0
  let tied = 0
  for (let i = 0; i < 12; i++) {
    const X = someRows(60, 4)
    const y = X.map(row => row[0] * row[1] + Math.sin(3 * row[2]) + random.normal())
    const leaf = 8
    const { root, columns } = mlTree(MlRegression, X, y, { minNumSamples: leaf })
    const params = { max_features: null, min_samples_split: leaf + 1, random_state: i }
    const alone = fitted(new DecisionTreeRegressor(params), X, y).tree_!
    const [inForest] = fitted(new RandomForestRegressor({ ...params, n_estimators: 1, bootstrap: false }), X, y).estimators_
    for (const tree of [alone, inForest]) compare(tree, 0, root, [...X.keys()], { X, y, columns })
  }
  expect(same).toBeGreaterThan(10 * tied)

  function compare(tree: Tree, node: number, theirs: MlNode, rows: readonly number[], data: Data): void {
    const { X, y, columns } = data
    if (!theirs.left) {
      expect(tree.children_left[node]).toBe(-1)
      expect(tree.value[node]).toBeCloseTo(theirs.distribution as number, 10)
      return
    }
    const isLeft = rows.map(row => X[row][tree.feature[node]] <= tree.threshold[node])
    if (tree.feature[node] !== columns[theirs.splitColumn] || tree.threshold[node] !== theirs.splitValue) {
      // Another column divides the rows alike, or as well.
      expect(
        squaredError(
          rows.map(row => y[row]),
          isLeft,
        ),
      ).toBeCloseTo(theirs.gain, 10)
      tied++
      return
    }
    same++
    const side = (left: boolean) => rows.filter((_, i) => isLeft[i] === left)
    compare(tree, tree.children_left[node], theirs.left, side(true), data)
    compare(tree, tree.children_right[node], theirs.right!, side(false), data)
  }
})

interface Data {
  readonly X: readonly (readonly number[])[]
  readonly y: readonly number[]
  readonly columns: readonly number[]
}

/** What both sides of a cut are away from their means, squared. */
function squaredError(y: readonly number[], isLeft: readonly boolean[]): number {
  const error = (values: readonly number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  }
  return error(y.filter((_, i) => isLeft[i])) + error(y.filter((_, i) => !isLeft[i]))
}

/** Weighted Gini impurity of two sides less than that of all, as the package measures a cut. */
function giniGain(y: readonly number[], isLeft: readonly boolean[]): number {
  const impurity = (labels: readonly number[]) => {
    const counts = new Map<number, number>()
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
    return 1 - [...counts.values()].reduce((sum, count) => sum + (count / labels.length) ** 2, 0)
  }
  const sides = [y.filter((_, i) => isLeft[i]), y.filter((_, i) => !isLeft[i])]
  return impurity(y) - sides.reduce((sum, side) => sum + (side.length / y.length) * impurity(side), 0)
}

test('each cut of a classification tree gains what the best cut of ml-random-forest gains on the same rows', () => {
  for (let i = 0; i < 6; i++) {
    const X = someRows(80, 3)
    const y = X.map(row => Math.min(2, Math.max(0, Math.round(row[0] + row[1] ** 2 + 0.6 * random.normal()))))
    const params = { max_features: null, random_state: i }
    const alone = fitted(new DecisionTreeClassifier(params), X, y).tree_!
    const [inForest] = fitted(new RandomForestClassifier({ ...params, n_estimators: 1, bootstrap: false }), X, y).estimators_
    for (const tree of [alone, inForest]) {
      // What no cut divides further is of one class.
      expect(bestCuts(tree, X, y, 0, [...X.keys()])).toBeGreaterThan(5)
    }
  }
})

/** @returns the number of cuts */
function bestCuts(tree: Tree, X: readonly (readonly number[])[], y: readonly number[], node: number, rows: readonly number[]): number {
  const labels = rows.map(row => y[row])
  if (tree.children_left[node] < 0) {
    expect(new Set(labels).size).toBe(1)
    return 0
  }
  const { root } = mlTree(
    MlClassifier,
    rows.map(row => X[row]),
    labels,
    { minNumSamples: 1, maxDepth: 1 },
  )
  const isLeft = rows.map(row => X[row][tree.feature[node]] <= tree.threshold[node])
  expect(giniGain(labels, isLeft)).toBeCloseTo(root.gain, 12)
  const side = (child: number, left: boolean) =>
    bestCuts(
      tree,
      X,
      y,
      child,
      rows.filter((_, i) => isLeft[i] === left),
    )
  return 1 + side(tree.children_left[node], true) + side(tree.children_right[node], false)
}

test('without a penalty logistic regression is where the gradient descent of ml-logistic-regression arrives', () => {
  const X = someRows(60, 2)
  const y = X.map(row => (row[0] - 0.7 * row[1] + 1.5 * random.normal() > 0.2 ? 1 : 0))
  const descent = new MlLogistic({ numSteps: 15_000, learningRate: 0.05 })
  descent.train(new MlMatrix(X.map(row => [...row, 1])), MlMatrix.columnVector(y))
  const theirs: number[] = descent.classifiers[1].weights.to1DArray()
  for (const solver of ['lbfgs', 'newton-cholesky', 'saga']) {
    const more = solver === 'saga' ? { max_iter: 5000, random_state: 1 } : {}
    const model = fitted(new LogisticRegression({ C: Number.POSITIVE_INFINITY, tol: 1e-9, solver, ...more }), X, y)
    const ours = [...model.coef_[0], model.intercept_[0]]
    // The second of its classifiers is for the class 1 or against it, as the package numbers them.
    const sign = Math.sign(theirs[0] * ours[0])
    ours.forEach((weight, j) => {
      expect(Math.abs(sign * theirs[j] - weight)).toBeLessThan(1e-6)
    })
  }
})
