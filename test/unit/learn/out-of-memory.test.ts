import { expect, test } from 'vitest'
import { FeatureEngineOneHotEncoder, KBinsDiscretizer, matrix, modelFromJSON, PolynomialFeatures } from '../../../src/learn/index.ts'

const fitted = <T extends { fit(X: never): T }>(step: T, X: unknown): T => step.fit(X as never)
const wide = matrix(Array.from({ length: 3 }, (_, i) => Array.from({ length: 300 }, (_, j) => i * j)))

test('products of columns are counted before they are listed', () => {
  // All monomials of degree 1 to 5 in 300 variables: the binomial coefficient of 305 over 5, less the constant.
  const products = (305n * 304n * 303n * 302n * 301n) / 120n - 1n
  expect(() => fitted(new PolynomialFeatures({ degree: 5 }), wide)).toThrow(`an array with shape (16, ${products}) and data type float64`)
  expect(() => fitted(new PolynomialFeatures({ degree: 1000000000 }), wide)).toThrow(/^Unable to allocate/)
  expect(fitted(new PolynomialFeatures({ degree: 400, interaction_only: true }), matrix([[1, 2, 3]])).n_output_features_).toBe(8)
})

test('a model file cannot ask for more of them either', () => {
  const steps = [
    { name: 'p', type: 'PolynomialFeatures', params: { degree: 40 }, fitted: { n_features_in_: 300 } },
    { name: 'd', type: 'DummyRegressor', params: {}, fitted: { constant_: [[1]] } },
  ]
  expect(() => modelFromJSON({ format: 'fitwright-model', version: 1, steps })).toThrow(/^Unable to allocate/)
})

test('so are bins', () => {
  expect(() => fitted(new KBinsDiscretizer({ n_bins: 2000000000 }), matrix([[1], [2]]))).toThrow(/^Unable to allocate/)
})

test('and categories of feature_engine', () => {
  const rows = 20000
  const categories = Array.from({ length: rows }, (_, i) => `user ${i}`)
  const table = { rows, columns: [{ name: 'id', type: 'text' as const, categories, codes: Int32Array.from(categories, (_, i) => i) }] }
  const encoder = fitted(new FeatureEngineOneHotEncoder(), table)
  expect(() => encoder.transform(table)).toThrow('Unable to allocate 3.0 GiB for an array with shape (20000, 20000) and data type float64')
})
