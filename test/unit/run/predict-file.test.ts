import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProblemError } from '../../../src/config/problems.ts'
import { predictFile } from '../../../src/run/predict-file.ts'
import { trainedModel } from '../../../src/run/trained-model.ts'
import { conf, type Project, project, test as testRows } from './project.ts'

const trained = async (...overrides: string[]) => {
  const made = project()
  const { runDir } = await made.run(...overrides)
  return { ...made, runDir: runDir! }
}
const predict = ({ platform }: Pick<Project, 'platform'>, runDir: string, csv: string, options = {}) => {
  platform.files.writeWhole('/project/new.csv', csv)
  return predictFile(platform, trainedModel(platform.files, runDir), 'new.csv', options)
}
const withoutColumn = (text: string, at: number) =>
  text
    .trim()
    .split('\n')
    .map(line =>
      line
        .split(',')
        .filter((_, i) => i !== at)
        .join(','),
    )
    .join('\n')

test.each(['lr', 'rf'])('the model of a run (%s) predicts its test file again, number by number', async model => {
  const run = await trained('+preprocess=complex', `+models=${model}`)
  const again = predict(run, run.runDir, testRows)
  expect(again.csv).toBe(run.read(run.runDir, 'predictions.csv'))
  expect(again.metrics).toEqual(JSON.parse(run.read(run.runDir, 'result.json')).metrics)
})

test('a model file with more text than a string holds is refused with its size', async () => {
  const run = await trained('+preprocess=complex', '+models=rf')
  const { files } = run.platform
  const large = { ...files, stat: () => ({ size: 2 ** 30, mtimeMs: 0, kind: 'file' as const }) }
  expect(() => trainedModel(large, run.runDir)).toThrowError('The model file has 1024 MB; up to 512 MB are read.')
})

test('without the target nothing is scored, columns may stand in another order', async () => {
  const run = await trained('+preprocess=complex', '+models=rf')
  const plain = predict(run, run.runDir, withoutColumn(testRows, 3))
  expect(plain.metrics).toBeUndefined()
  expect(plain.csv.split('\n')[0]).toBe('row,y_pred,proba_0,proba_1')
  const swapped = withoutColumn(testRows, 3)
    .split('\n')
    .map(line => line.split(',').reverse().join(','))
    .join('\n')
  expect(predict(run, run.runDir, swapped).csv).toBe(plain.csv)
  expect(predict(run, run.runDir, withoutColumn(testRows, 3).replaceAll(',', ';')).csv).toBe(plain.csv)
})

test('a target that is known of some rows only is not scored', async () => {
  const run = await trained('+preprocess=complex', '+models=rf')
  expect(predict(run, run.runDir, testRows.replace(/,[01]\n/, ',\n')).metrics).toBeUndefined()
})

test.each([
  ['a column is missing', (text: string) => withoutColumn(text, 1), 'Missing: fare. The model learned from age, fare, port.'],
  [
    'a column is too much',
    (text: string) => text.replaceAll('\n', ',1\n').replace(',1\n', ',deck\n'),
    'Not known: deck. The model learned from age, fare, port.',
  ],
])('%s: in the words of the first transformer, with the columns beside them', async (_, change, hint) => {
  const run = await trained('+preprocess=complex', '+models=rf')
  const message =
    'The number of columns in this dataset is different from the one used to fit this transformer (when using the fit() method).'
  expect(() => predict(run, run.runDir, change(testRows))).toThrow(
    expect.objectContaining({ message, problem: expect.objectContaining({ hint }) }),
  )
})

test('a category that training never saw is all zeros, as for feature_engine', async () => {
  const run = await trained('+preprocess=complex', '+models=rf')
  const csv = testRows.replace(',S,', ',Q,')
  expect(predict(run, run.runDir, csv).rows).toBe(20)
})

test('booleans with gaps are read as booleans again, however they are written', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${['true', 'false', ''][i % 3]},${i % 2}`)
  const config = `task: {train: flags.csv, target: y, test_size: 0.3, random_state: 0}
model:
  _target_: sklearn.pipeline.Pipeline
  steps:
    - - prepare
      - _target_: sklearn.compose.ColumnTransformer
        transformers: [[f, {_target_: sklearn.preprocessing.OneHotEncoder}, [flag]]]
    - [model, {_target_: sklearn.tree.DecisionTreeClassifier, random_state: 0}]
`
  const made = project({ '/project/flags.csv': `a,flag,y\n${rows.join('\n')}\n`, '/project/conf/config.yaml': config })
  const { runDir } = await made.run()
  expect(predict(made, runDir!, 'a,flag\n1,true\n2,False\n').rows).toBe(2)
})

test('a ColumnTransformer that stands first takes what it needs from other columns, and says what is missing', async () => {
  const config = `task: {train: d.csv, target: y, test_size: 0.3, random_state: 0}
preprocess:
  _target_: sklearn.compose.ColumnTransformer
  transformers: [[a, {_target_: sklearn.preprocessing.StandardScaler}, [a]]]
model: {_target_: sklearn.tree.DecisionTreeClassifier, random_state: 0}
`
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 3},${i % 2}`)
  const made = project({ '/project/d.csv': `a,b,y\n${rows.join('\n')}\n`, '/project/conf/config.yaml': config })
  const { runDir } = await made.run()
  expect(predict(made, runDir!, 'more,a\n1,2\n2,3\n').rows).toBe(2)
  expect(() => predict(made, runDir!, 'A,b\n1,2\n')).toThrow(
    expect.objectContaining({
      message: "columns are missing: {'a'}",
      problem: expect.objectContaining({ hint: 'Is A meant to be a?' }),
    }),
  )
})

test('text where training saw numbers is named with its line', async () => {
  const run = await trained('+preprocess=simple', '+models=rf')
  const csv = withoutColumn(testRows, 2).replace(/^(.*\n.*\n)[^,]*/, '$1old')
  const problem = (() => {
    try {
      predict(run, run.runDir, csv)
    } catch (error) {
      return (error as ProblemError).problem
    }
  })()
  expect(problem).toMatchObject({ code: 'learn/not-numeric', message: "could not convert string to float: 'old'" })
  expect(problem!.locations).toEqual([expect.objectContaining({ line: 3 })])
})

test('a sweep has no model of its own', async () => {
  const made = project({ ...conf })
  const { runDir } = await made.sweep('+preprocess=complex', '+models=lr,rf')
  expect(() => trainedModel(made.platform.files, runDir!)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'run/no-model' }) }),
  )
})

/** A value of JSON somewhere inside another is replaced. */
function mutated(json: unknown, path: readonly number[], by: unknown): unknown {
  if (path.length === 0 || typeof json !== 'object' || json === null) return by
  const keys = Object.keys(json)
  if (keys.length === 0) return by
  const key = keys[path[0] % keys.length]
  const changed = mutated((json as Record<string, unknown>)[key], path.slice(1), by)
  if (Array.isArray(json)) return json.map((item, i) => (String(i) === key ? changed : item))
  return { ...json, [key]: changed }
}

test('a model file that somebody changed is refused or predicts; it never fails otherwise', async () => {
  const runs = await Promise.all([trained('+preprocess=complex', '+models=rf'), trained('+preprocess=complex', '+models=lr')])
  const originals = runs.map(run => JSON.parse(run.read(run.runDir, 'model.json')))
  fc.assert(
    fc.property(fc.nat(1), fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }), fc.jsonValue({ maxDepth: 2 }), (which, path, value) => {
      const run = runs[which]
      run.platform.files.writeWhole(`${run.runDir}/model.json`, JSON.stringify(mutated(originals[which], path, value)))
      try {
        predict(run, run.runDir, testRows)
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError)
      }
    }),
    { numRuns: 600 },
  )
})

test('a file is read as the run’s own files were', async () => {
  const made = project({ '/project/conf/config.yaml': `${conf['/project/conf/config.yaml']}task:\n  csv: {na_values: ['?']}\n` })
  const { runDir } = await made.run('+preprocess=complex', '+models=rf')
  const marked = testRows.replace(/^,/gm, '?,')
  expect(marked).not.toBe(testRows)
  expect(predict(made, runDir!, marked).csv).toBe(predict(made, runDir!, testRows).csv)
})

test('what is wrong with a model file is told with its path', async () => {
  const run = await trained('+preprocess=complex', '+models=rf')
  for (const text of ['{', '{"format": "other"}']) {
    run.platform.files.writeWhole(`${run.runDir}/model.json`, text)
    expect(() => trainedModel(run.platform.files, run.runDir)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ locations: [expect.objectContaining({ path: `${run.runDir}/model.json`, line: 1 })] }),
      }),
    )
  }
})

test('a model file whose classes are not different ones is refused', async () => {
  const run = await trained('+preprocess=complex', '+models=rf')
  const model = JSON.parse(run.read(run.runDir, 'model.json'))
  model.steps.at(-1).fitted.classes_ = [0, 0]
  run.platform.files.writeWhole(`${run.runDir}/model.json`, JSON.stringify(model))
  expect(() => trainedModel(run.platform.files, run.runDir)).toThrow('RandomForestClassifier: classes_ should be labels that differ.')
})
