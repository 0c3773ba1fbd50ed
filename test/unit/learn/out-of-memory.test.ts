import { expect, test } from 'vitest'
import { FeatureEngineOneHotEncoder, KBinsDiscretizer, matrix, modelFromJSON, PolynomialFeatures } from '../../../src/learn/index.ts'

const wide = matrix(Array.from({ length: 3 }, (_, i) => Array.from({ length: 300 }, (_, j) => i * j)))

test('products of columns are counted before they are listed', () => {
  // All monomials of degree 1 to 5 in 300 variables: the binomial coefficient of 305 over 5, less the constant.
  const products = (305n * 304n * 303n * 302n * 301n) / 120n - 1n
  expect(() => new PolynomialFeatures({ degree: 5 }).fit(wide)).toThrow(`an array with shape (16, ${products}) and data type float64`)
  expect(() => new PolynomialFeatures({ degree: 1000000000 }).fit(wide)).toThrow(/^Unable to allocate/)
  expect(new PolynomialFeatures({ degree: 400, interaction_only: true }).fit(matrix([[1, 2, 3]])).n_output_features_).toBe(8)
})

test('a model file cannot ask for more of them either', () => {
  const steps = [
    { name: 'p', type: 'PolynomialFeatures', params: { degree: 40 }, fitted: { n_features_in_: 300 } },
    { name: 'd', type: 'DummyRegressor', params: {}, fitted: { constant_: [[1]] } },
  ]
  expect(() => modelFromJSON({ format: 'fitwright-model', version: 1, steps })).toThrow(/^Unable to allocate/)
})

test('so are bins', () => {
  expect(() => new KBinsDiscretizer({ n_bins: 2000000000 }).fit(matrix([[1], [2]]))).toThrow(/^Unable to allocate/)
})

test('and categories of feature_engine', () => {
  const rows = 20000
  const categories = Array.from({ length: rows }, (_, i) => `user ${i}`)
  const table = { rows, columns: [{ name: 'id', type: 'text' as const, categories, codes: Int32Array.from(categories, (_, i) => i) }] }
  const encoder = new FeatureEngineOneHotEncoder().fit(table)
  expect(() => encoder.transform(table)).toThrow('Unable to allocate 3.0 GiB for an array with shape (20000, 20000) and data type float64')
})
