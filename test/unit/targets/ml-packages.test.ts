import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import type { Column } from '../../../src/data/table.ts'
import {
  type Classifier,
  isMatrix,
  LearnError,
  type LogisticRegression,
  type Matrix,
  modelFile,
  modelFromJSON,
  Pipeline,
  toMlLogisticRegression,
  toMlRandomForest,
} from '../../../src/learn/index.ts'
import type { WorkerPort } from '../../../src/platform/ports.ts'
import { instantiate, isMlTraining, type MlTraining, mlRestores, mlWorkerEntry, trainMl } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

/** Two bands: the first feature decides, but for a constant that only an intercept can follow. */
const rows = 60
const X: Matrix = {
  rows,
  columns: 2,
  data: Float64Array.from({ length: rows * 2 }, (_, i) => (i % 2 ? Math.sin(i) : 2 + (i / 2 < rows / 2 ? 0 : 1) + 0.2 * Math.cos(i))),
}
const labels = (names: readonly string[]): Column => ({
  name: 'y',
  type: 'text',
  categories: names,
  codes: Int32Array.from({ length: rows }, (_, i) => (i < rows / 2 ? 0 : 1)),
})
const y = labels(['low', 'high'])

const model = (text: string, worker?: WorkerPort) => {
  const { value, problems } = instantiate(targetNode(text), { worker })
  expect(problems).toEqual([])
  return value as Classifier
}
const logistic = '_target_: ml-logistic-regression.LogisticRegression\nnumSteps: 2000\nlearningRate: 0.01'
const forest = '_target_: ml-random-forest.RandomForestClassifier\nnEstimators: 5\nnoOOB: true\ntreeOptions: {maxDepth: 3}'
const hits = (classifier: Classifier) =>
  [...classifier.predictIndex(X)].filter((k, i) => classifier.classes_[k] === (i < rows / 2 ? 'low' : 'high')).length

test.each([logistic, forest])('%s learns, and names classes as scikit-learn sorts them', async text => {
  const classifier = await model(text).fitAsync!(X, y)
  expect(classifier.classes_).toEqual(['high', 'low'])
  expect(hits(classifier)).toBe(rows)
})

test('ml-logistic-regression gets its constant term from a column of ones', async () => {
  const without = await model(`${logistic}\nfit_intercept: false`).fitAsync!(X, y)
  expect(hits(without)).toBeLessThan(rows)
  expect(isMatrix(X) && X.columns).toBe(2)
})

test('gradient descent, run until it stands still, and our L-BFGS come to the same coefficients', async () => {
  // Two clouds that overlap, so that there is a best line.
  const cells = Float64Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * i) + (i / 2 < rows / 2 ? -0.5 : 0.5))
  const clouds: Matrix = { rows, columns: 2, data: cells }
  const theirs = await model('_target_: ml-logistic-regression.LogisticRegression\nnumSteps: 20000\nlearningRate: 0.05').fitAsync!(
    clouds,
    y,
  )
  const ours = model('_target_: sklearn.linear_model.LogisticRegression\nC: .inf\ntol: 1.0e-10\nmax_iter: 1000') as LogisticRegression
  ours.fit(clouds, y)
  const { model: fitted } = JSON.parse(JSON.stringify(theirs.toJSON!())) as { model: { classifiers: { weights: number[][] }[] } }
  // One against all: the first of its two classifiers marks the first class by 0, as ours does; the constant is the weight of the last column.
  const weights = fitted.classifiers[0].weights.flat()
  const own = [...ours.coef_[0], ours.intercept_[0]]
  expect(weights).toHaveLength(3)
  weights.forEach((weight, j) => {
    expect(Math.abs(weight - own[j])).toBeLessThan(1e-6)
  })
})

test('the same seed gives the same forest', async () => {
  const [a, b] = await Promise.all([model(forest).fitAsync!(X, y), model(forest).fitAsync!(X, y)])
  expect(a.toJSON!()).toEqual(b.toJSON!())
})

test('training goes through the worker that is given, which an abort can end', async () => {
  const seen: unknown[] = []
  const worker: WorkerPort = {
    async run(entry, input, { signal }) {
      seen.push(entry, isMlTraining(input))
      signal?.throwIfAborted()
      return (await trainMl(structuredClone(input) as MlTraining)) as never
    },
  }
  const classifier = await model(logistic, worker).fitAsync!(X, y)
  expect(seen).toEqual([mlWorkerEntry, true])
  expect(hits(classifier)).toBe(rows)
  await expect(model(logistic, worker).fitAsync!(X, y, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
})

test('slow fits are announced', async () => {
  const warnings: string[] = []
  const onWarning = (category: string, message: string) => warnings.push(`${category}: ${message}`)
  const worker = { run: () => Promise.reject(new Error('not this time')) } as unknown as WorkerPort
  const many: Matrix = { rows: 2001, columns: 1, data: new Float64Array(2001) }
  const manyLabels: Column = { name: 'y', type: 'int', values: Float64Array.from({ length: 2001 }, (_, i) => i % 2) }
  await expect(model(forest, worker).fitAsync!(many, manyLabels, { onWarning })).rejects.toThrow('not this time')
  await expect(
    model('_target_: ml-logistic-regression.LogisticRegression\nnumSteps: 50000000', worker).fitAsync!(many, manyLabels, { onWarning }),
  ).rejects.toThrow()
  expect(warnings.map(warning => warning.split(' ').slice(0, 2).join(' '))).toEqual([
    'UserWarning: ml-random-forest',
    'UserWarning: ml-logistic-regression',
  ])
})

test('one class, unknown options and use before fit are refused', async () => {
  const one: Column = { name: 'y', type: 'text', categories: ['a'], codes: new Int32Array(rows) }
  await expect(model(forest).fitAsync!(X, one)).rejects.toThrow(LearnError)
  expect(() => model(forest).predictIndex(X)).toThrow('not fitted')
  await expect(model(forest.replace('noOOB: true', 'noOOB: false')).fitAsync!(X, y)).rejects.toMatchObject({
    details: { parameter: 'noOOB' },
  })
  await expect(model(`${forest}\nmaxFeatures: 3`).fitAsync!(X, y)).rejects.toMatchObject({ details: { parameter: 'maxFeatures' } })
  const untrained = model(forest)
  expect(() => untrained.fit(X, y)).toThrow('fitAsync')
  expect(instantiate(targetNode('_target_: ml-random-forest.RandomForestClassifier\ntreeOptions: {maxdepth: 3}')).problems).toMatchObject([
    { message: "treeOptions has no option 'maxdepth'" },
  ])
})

test('the packages are found in the bundle as in the source tree', async () => {
  const outfile = join(mkdtempSync(join(tmpdir(), 'fitwright-ml-')), 'train-ml.mjs')
  await build({ entryPoints: ['src/targets/ml/train-ml.ts'], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' })
  const bundled = (await import(pathToFileURL(outfile).href)) as typeof import('../../../src/targets/ml/train-ml.ts')
  const codes = Int32Array.from({ length: rows }, (_, i) => (i < rows / 2 ? 0 : 1))
  for (const name of ['ml-logistic-regression', 'ml-random-forest'] as const) {
    const options =
      name === 'ml-random-forest'
        ? { nEstimators: 3, seed: 1, maxFeatures: 1, replacement: true, useSampleBagging: true, noOOB: true }
        : { numSteps: 50, learningRate: 0.01 }
    const training: MlTraining = { task: 'train-ml', package: name, options, rows, columns: 2, data: X.data, codes }
    const predictions = (await bundled.loadMl(name, await bundled.trainMl(training)))(rows, 2, X.data)
    expect(predictions).toHaveLength(rows)
    expect(await trainMl(training)).toEqual(await bundled.trainMl(training))
  }
})

test.each([logistic, forest])('a model file of %s predicts again, by the package itself', async text => {
  const pipeline = await new Pipeline([{ name: 'model', step: model(text) }]).fitAsync(X, y)
  const file = JSON.parse(JSON.stringify(modelFile(pipeline)))
  const again = modelFromJSON(file, await mlRestores(file))
  expect(again.classes_).toEqual(['high', 'low'])
  expect([...again.predictIndex(X)]).toEqual([...pipeline.predictIndex(X)])
  const write = text === forest ? toMlRandomForest : toMlLogisticRegression
  expect(write(again.predictor)).toMatchObject({ ...file.steps[0].fitted.model, fitwright: { classes_: ['high', 'low'] } })
  file.steps[0].fitted.model = { name: 'something else' }
  await expect(mlRestores(file)).rejects.toThrow(/model should be what ml-[a-z-]+ loads\./)
})
