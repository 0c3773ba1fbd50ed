import { expect, test } from 'vitest'
import {
  ExtraTreesRegressor,
  type FitControl,
  float,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  HistGradientBoostingRegressor,
  type Matrix,
  type Params,
  RandomForestClassifier,
} from '../../../src/learn/index.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

const random = new RandomState(7)
const matrix = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, () => random.double()),
})
const large = matrix(100_000, 8)
const values = Float64Array.from({ length: large.rows }, (_, i) => large.data[8 * i] + random.double())
const target = { name: 'y', type: 'float' as const, values }
const classes = { name: 'y', type: 'float' as const, values: values.map(value => (value > 1 ? 1 : 0)) }

const oneTree = { n_estimators: 1, max_features: null, max_depth: null, random_state: 1 }
const cases = [
  ['RandomForestClassifier', (params: Params) => new RandomForestClassifier(params), classes],
  ['ExtraTreesRegressor', (params: Params) => new ExtraTreesRegressor(params), target],
  ['GradientBoostingRegressor', (params: Params) => new GradientBoostingRegressor(params), target],
] as const

for (const [name, make, y] of cases) {
  test(`${name} hears of a cancellation in the middle of its first tree`, async () => {
    const control = new AbortController()
    const told: number[] = []
    let turns = 0
    const turn = setInterval(() => {
      turns++
      control.abort(new Error('enough'))
    })
    const options: FitControl = { signal: control.signal, onProgress: done => told.push(done) }
    await expect(make(oneTree).fitAsync(large, y, options)).rejects.toThrow('enough')
    clearInterval(turn)
    expect(turns).toBeGreaterThan(0)
    expect(told.filter(done => done > 0)).toEqual([])
  })
}

test('boosting that would not fit into memory is refused with an estimate after its first stage', () => {
  const X = matrix(60, 3)
  const y = { name: 'y', type: 'float' as const, values: Float64Array.from({ length: 60 }, (_, i) => X.data[3 * i]) }
  const huge = 1_000_000_000
  const ternary = { ...y, values: y.values.map(value => Math.floor(3 * value)) }
  const ofValues = new GradientBoostingRegressor({ n_estimators: huge })
  const ofClasses = new GradientBoostingClassifier({ n_estimators: huge, subsample: float(0.5) })
  const histogram = new HistGradientBoostingRegressor({ max_iter: huge, early_stopping: false })
  for (const fit of [() => ofValues.fit(X, y), () => ofClasses.fit(X, ternary), () => histogram.fit(X, y)]) {
    expect(fit).toThrow(/^Unable to allocate [\d.]+ GiB for [13]000000000 trees of \d+ nodes each$/)
  }
})
