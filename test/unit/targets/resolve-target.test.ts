import { expect, test } from 'vitest'
import { registry, resolveTarget } from '../../../src/targets/index.ts'

const specOf = (name: string) => {
  const resolution = resolveTarget(name)
  return resolution.kind === 'spec' ? resolution.spec.name : resolution
}

test.each([
  ['sklearn.linear_model.LogisticRegression', 'sklearn.linear_model.LogisticRegression'],
  ['sklearn.linear_model._logistic.LogisticRegression', 'sklearn.linear_model.LogisticRegression'],
  ['main.LogisticRegression', 'sklearn.linear_model.LogisticRegression'],
  ['src.models.RandomForestClassifier', 'sklearn.ensemble.RandomForestClassifier'],
  ['StandardScaler', 'sklearn.preprocessing.StandardScaler'],
  ['main.MeanMedianImputer', 'feature_engine.imputation.MeanMedianImputer'],
  ['main.TPESampler', 'optuna.samplers.TPESampler'],
  ['ml-logistic-regression.LogisticRegression', 'ml-logistic-regression.LogisticRegression'],
  ['ml-random-forest.RandomForestClassifier', 'ml-random-forest.RandomForestClassifier'],
  ['main.simple_preprocess', 'fitwright.simple_preprocess'],
  ['main-multirun.simple_preprocess', 'fitwright.multirun.simple_preprocess'],
  ['main_multirun.complex_preprocess', 'fitwright.multirun.complex_preprocess'],
  ['main-multirun.log_reg', 'fitwright.multirun.log_reg'],
  ['main.random_forest', 'fitwright.multirun.random_forest'],
])('%s means %s', (written, meant) => expect(specOf(written)).toBe(meant))

test('every target is found by its own name and its aliases', () => {
  for (const spec of registry) for (const name of [spec.name, ...(spec.aliases ?? [])]) expect(specOf(name)).toBe(spec.name)
})

test("the project's own export goes before a built-in name, and only where the module has it", () => {
  const modules = { exports: new Map([['main', ['LogisticRegression', 'my_model']]]) }
  expect(resolveTarget('main.LogisticRegression', modules)).toEqual({ kind: 'project', module: 'main', name: 'LogisticRegression' })
  expect(resolveTarget('main.RandomForestClassifier', modules).kind).toBe('spec')
  expect(resolveTarget('other.LogisticRegression', modules).kind).toBe('spec')
  expect(resolveTarget('main.my_modle', modules)).toEqual({ kind: 'unknown', nearest: ['main.my_model'] })
})

test('a misspelt name gets the nearest ones, under the module that was written', () => {
  expect(resolveTarget('main.LogisticRegresion')).toEqual({ kind: 'unknown', nearest: ['main.LogisticRegression'] })
  expect(resolveTarget('sklearn.linear_model.LogisticRegresion')).toEqual({
    kind: 'unknown',
    nearest: ['sklearn.linear_model.LogisticRegression'],
  })
  expect(resolveTarget('optuna.samplers.TPESampelr')).toEqual({ kind: 'unknown', nearest: ['optuna.samplers.TPESampler'] })
  expect(resolveTarget('main.qqqqqqqq')).toEqual({ kind: 'unknown', nearest: [] })
})

test('a name in the wrong module of a library is not taken for another one', () => {
  expect(resolveTarget('sklearn.svm.LogisticRegression')).toEqual({ kind: 'unknown', nearest: ['sklearn.linear_model.LogisticRegression'] })
})

test.each([
  ['sklearn.svm.SVC', 'classifier'],
  ['main.SVC', 'classifier'],
  ['sklearn.cluster.DBSCAN', undefined],
  ['feature_engine.outliers.Winsorizer', 'transformer'],
  ['optuna.samplers.GPSampler', 'sampler'],
])('%s is known but not built in', (name, kind) => {
  const resolution = resolveTarget(name)
  if (resolution.kind !== 'known') throw new Error(resolution.kind)
  const kinds = resolution.nearest.map(near => registry.find(spec => spec.name === near)?.kind)
  expect(new Set(kinds)).toEqual(new Set(kind ? [kind] : []))
})

test.each([
  'os.system',
  'builtins.eval',
  'subprocess.run',
  'pickle.loads',
  'shutil.rmtree',
])('%s is refused, whatever the project exports', name => {
  expect(resolveTarget(name)).toEqual({ kind: 'blocked', name })
})

test.each([
  '',
  '.',
  'a..b',
  '__proto__',
  'constructor',
  'main.constructor',
  'main.__proto__',
  'x'.repeat(5000),
])('%j is just unknown', name => {
  expect(resolveTarget(name).kind).toBe('unknown')
})
