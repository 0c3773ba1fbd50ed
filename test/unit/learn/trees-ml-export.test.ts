import { RandomForestClassifier as MlClassifier, RandomForestRegression as MlRegression } from 'ml-random-forest'
import { expect, test } from 'vitest'
import { toMlRandomForest } from '../../../src/learn/export/ml-random-forest.ts'
import { type Matrix, RandomForestClassifier, RandomForestRegressor, RandomState, type Target } from '../../../src/learn/index.ts'

const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_123))

/** Values that lie on float32 numbers, between them and just beside the middle of two. */
function someRows(rows: number, columns: number): Matrix {
  const near = () => {
    const value = Math.fround(random.below(9) / 7 - 0.5)
    return value * (1 + (random.below(5) - 2) * 2 ** -25) + (random.below(3) - 1) * 2 ** -60
  }
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, near) }
}
const nested = ({ rows, columns, data }: Matrix) =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)])
const target = (values: ArrayLike<number>) => ({ name: 'y', type: 'float' as const, values: Float64Array.from(values) })
const fitted = <Model extends RandomForestClassifier | RandomForestRegressor>(model: Model, X: Matrix, y: Target): Model => {
  model.fit(X, y)
  return model
}
const asFile = <T>(model: T): T => JSON.parse(JSON.stringify(model))

test('ml-random-forest predicts the values of an exported forest to the last bit', () => {
  for (let i = 0; i < 10; i++) {
    const X = someRows(60, 3)
    const y = Float64Array.from({ length: X.rows }, (_, row) => X.data[3 * row] + random.double())
    const forest = fitted(new RandomForestRegressor({ n_estimators: 5, max_depth: 4, random_state: i }), X, target(y))
    const loaded = MlRegression.load(asFile(toMlRandomForest(forest)) as never)
    const rows = someRows(200, 3)
    expect([...loaded.predict(nested(rows))]).toEqual([...forest.predict(rows)])
  }
})

test('ml-random-forest predicts the classes of an exported forest where both vote alike', () => {
  for (let i = 0; i < 10; i++) {
    const X = someRows(60, 3)
    // Cells that a tree cannot tell apart are of one class: leaves become pure.
    const coarse = X.data.map(cell => Math.round(cell * 7 + 0.5))
    const y = Array.from({ length: X.rows }, (_, row) => (coarse[3 * row] + coarse[3 * row + 1] > 2 ? 1 : 0))
    const forest = fitted(new RandomForestClassifier({ n_estimators: 7, random_state: i }), X, target(y))
    const loaded = MlClassifier.load(asFile(toMlRandomForest(forest)) as never)
    const rows = someRows(200, 3)
    expect([...loaded.predict(nested(rows))]).toEqual([...forest.predictIndex(rows)])
  }
})
