import { expect, test } from 'vitest'
import { Float, type Pipeline, type Step, type TransformerPipeline, Tuple } from '../../../src/learn/index.ts'
import { checkTarget, instantiate } from '../../../src/targets/index.ts'
import { targetNode, told } from './target-node.ts'

const check = (text: string, root?: string) => checkTarget(targetNode(text, root))
const make = (text: string, root?: string) => {
  const { value, problems } = instantiate(targetNode(text, root))
  expect(told(problems)).toEqual([])
  return value as Step
}

test('int and float stay apart: min_samples_split 1.0 is a share, 1 is too few', () => {
  expect(make('_target_: main.RandomForestClassifier\nmin_samples_split: 1.0').params.min_samples_split).toEqual(new Float(1))
  expect(told(check('_target_: main.RandomForestClassifier\nmin_samples_split: 1'))).toEqual([
    {
      message:
        "The 'min_samples_split' parameter of RandomForestClassifier must be an int in the range [2, inf) or a float in the range (0.0, 1.0]. Got 1 instead.",
      at: '1',
      line: 3,
    },
  ])
})

test('true is the int 1, as in Python', () => {
  expect(make('_target_: main.RandomForestClassifier\nn_estimators: true').params.n_estimators).toBe(1)
})

test('all mistakes of a target are told at once, each at its place', () => {
  const problems = check('_target_: main.LogisticRegression\nC: abc\nrandom_stat: 123\nsolver: lbfsg')
  expect(told(problems).map(({ at, line }) => [at, line])).toEqual([
    ['random_stat', 4],
    ['abc', 3],
    ['lbfsg', 5],
  ])
  expect(problems.map(({ fixes }) => fixes?.map(fix => fix.edits[0].newText))).toEqual([['random_state'], undefined, ['lbfgs']])
})

test('a value that comes through a reference is marked at the reference, and where it comes from', () => {
  const [problem] = check('_target_: main.LogisticRegression\nC: ${strength}', 'strength: strong\n')
  expect(problem.locations.map(({ span, note }) => [span.source.path, span.source.text.slice(span.start, span.end), note])).toEqual([
    ['/p/conf/models/x.yaml', '${strength}', undefined],
    ['/p/conf/config.yaml', 'strong', 'the value comes from here'],
  ])
})

test.each([
  ["C: '0.5'", 'It is written as text; leave out the quotes.', '0.5'],
  ['max_iter: 100.0', 'A number with a point is a float; write it without.', '100'],
  ['fit_intercept: 1', 'Write true or false.', 'true'],
  ['random_state: None', 'YAML writes None as null.', 'null'],
])('%s: says how to write it', (parameter, hint, text) => {
  const [problem, ...others] = check(`_target_: main.LogisticRegression\n${parameter}`)
  expect(others).toEqual([])
  expect(problem.hint).toBe(hint)
  expect(problem.fixes?.[0].edits[0].newText).toBe(text)
})

test('a parameter that is not built in is refused by name, and its default is not', () => {
  expect(check('_target_: main.RandomForestClassifier\nwarm_start: true\nn_jobs: -1\nverbose: 2')).toEqual([])
  expect(check('_target_: sklearn.pipeline.Pipeline\nsteps: [[a, passthrough]]\nmemory: folder')).toMatchObject([
    { code: 'target/not-built-in', message: "The 'memory' parameter of Pipeline is known but not built in." },
  ])
})

test('what a constructor refuses is told at the parameter', () => {
  expect(told(check('_target_: optuna.samplers.TPESampler\nmultivariate: false\ngroup: true'))).toMatchObject([
    { message: '``group`` option can only be enabled when ``multivariate`` is enabled.' },
  ])
})

test('the deprecated penalty means what scikit-learn makes of it, with its warning', () => {
  const { value, problems } = instantiate(targetNode('_target_: main.LogisticRegression\npenalty: null'))
  expect((value as Step).params.penalty).toBe(null)
  expect(problems).toMatchObject([{ severity: 'warning', code: 'target/deprecated' }])
})

test('a missing parameter is told at the target, in Python’s words', () => {
  expect(told(check('_target_: main.complex_preprocess'))).toEqual([
    {
      message: "complex_preprocess() missing 2 required positional arguments: 'imputation_num' and 'imputation_cat'",
      at: 'main.complex_preprocess',
      line: 2,
    },
  ])
  expect(told(check('_target_: sklearn.pipeline.Pipeline'))).toMatchObject([
    { message: "Pipeline.__init__() missing 1 required positional argument: 'steps'" },
  ])
})

test('_args_ give parameters by position, as far as the target takes them', () => {
  expect(make('_target_: main.RandomForestClassifier\n_args_: [7]').params.n_estimators).toBe(7)
  expect(told(check('_target_: main.RandomForestClassifier\n_args_: [7, gini]'))).toMatchObject([
    { message: 'RandomForestClassifier.__init__() takes from 1 to 2 positional arguments but 3 were given', at: 'gini' },
  ])
  expect(told(check('_target_: main.RandomForestClassifier\n_args_: [7]\nn_estimators: 8'))).toMatchObject([
    { message: "RandomForestClassifier.__init__() got multiple values for argument 'n_estimators'", at: 'n_estimators' },
  ])
  expect(told(check('_target_: main.StandardScaler\n_args_: 3'))).toMatchObject([
    { message: "Unsupported _args_ type: 'int'. value: '3'", at: '3' },
  ])
})

test('_partial_ gives something that takes the rest', () => {
  const { value } = instantiate(targetNode('_target_: main.simple_preprocess\n_partial_: true'))
  const made = (value as unknown as (more: object) => readonly Step[])({ imputation_method: 'median' })
  expect(made[0].params.imputation_method).toBe('median')
  expect(told(check('_target_: main.StandardScaler\n_partial_: 3'))).toMatchObject([
    { message: "Instantiation: _partial_ flag must be a bool, got <class 'int'>", at: '3' },
  ])
})

test('_recursive_: false hands nested targets over as data, which a pipeline refuses', () => {
  const text = '_target_: sklearn.pipeline.Pipeline\nsteps:\n  - [a, {_target_: main.StandardScaler}]'
  expect(check(text)).toEqual([])
  expect(check(`${text}\n_recursive_: false`)).toMatchObject([
    { message: expect.stringContaining('Last step of Pipeline should implement fit') },
  ])
})

test('a list is a list and a tuple a tuple', () => {
  const { value } = instantiate(targetNode('_target_: builtins.tuple\n_args_: [[0, 1.0]]'))
  expect(value).toEqual(new Tuple([0, new Float(1)]))
})

test('a pipeline that ends in a model is one, any other is one transformer', () => {
  const scaler = '  - [scale, {_target_: main.StandardScaler}]'
  const whole = instantiate(
    targetNode(`_target_: sklearn.pipeline.Pipeline\nsteps:\n${scaler}\n  - [model, {_target_: main.LogisticRegression, C: 0.5}]`),
  )
  expect((whole.value as Pipeline).steps.map(({ name, step }) => [name, step.name])).toEqual([
    ['scale', 'StandardScaler'],
    ['model', 'LogisticRegression'],
  ])
  const chain = instantiate(targetNode(`_target_: sklearn.pipeline.Pipeline\nsteps:\n${scaler}\n  - [skip, passthrough]`))
  expect((chain.value as TransformerPipeline).kind).toBe('transformer')
  expect((chain.value as TransformerPipeline).steps.map(({ name, step }) => [name, step.name])).toEqual([['scale', 'StandardScaler']])
})

test.each([
  ['steps: []', 'The pipeline is empty. Please add steps.'],
  ['steps: [[a, {_target_: main.StandardScaler}], [a, {_target_: main.StandardScaler}]]', "Names provided are not unique: ['a', 'a']"],
  ['steps: [[a__b, {_target_: main.StandardScaler}]]', "Estimator names must not contain __: got ['a__b']"],
  ['steps: [[steps, {_target_: main.StandardScaler}]]', "Estimator names conflict with constructor arguments: ['steps']"],
  ['steps: [[a]]', 'not enough values to unpack (expected 2, got 1)'],
  [
    'steps: [[a, {_target_: main.LogisticRegression}], [b, {_target_: main.StandardScaler}]]',
    'All intermediate steps should be transformers',
  ],
])('a pipeline with %s is refused in scikit-learn’s words', (steps, message) => {
  const problems = check(`_target_: sklearn.pipeline.Pipeline\n${steps}`)
  expect(problems).toHaveLength(1)
  expect(problems[0].message).toContain(message)
})

test('a mistake deep in a pipeline is marked there', () => {
  const problems = check('_target_: sklearn.pipeline.Pipeline\nsteps:\n  - - model\n    - _target_: main.LogisticRegression\n      C: -1')
  expect(told(problems)).toMatchObject([{ at: '-1', line: 6 }])
})

test('a name that is nothing is told with the nearest, at the name', () => {
  const problems = check('_target_: main.LogisticRegresion\nC: 1')
  expect(told(problems)).toEqual([{ message: "Error locating target 'main.LogisticRegresion'", at: 'main.LogisticRegresion', line: 2 }])
  expect(problems[0].fixes?.[0].edits[0].newText).toBe('main.LogisticRegression')
  expect(told(check('_target_: 3'))).toMatchObject([{ message: "Expected a callable target, got '3' of type 'int'", at: '3' }])
  expect(told(check('_target_: os.system\n_args_: [ls]'))[0].message).toMatch(/^Target 'os\.system' is blocklisted/)
})

test.each(['C', 'penalty', 'random_state'])('ml-logistic-regression refuses %s by name', parameter => {
  const [problem, ...others] = check(`_target_: ml-logistic-regression.LogisticRegression\n${parameter}: 1`)
  expect(others).toEqual([])
  expect(problem).toMatchObject({ code: 'target/unknown-parameter', message: expect.stringContaining(`'${parameter}'`) })
  expect(problem.hint).not.toMatch(/ takes /)
})

test('keys that JavaScript knows are only unknown parameters', () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    expect(check(`_target_: main.StandardScaler\n${key}: 1`)).toMatchObject([{ code: 'target/unknown-parameter' }])
  }
})

test('the project’s export is called with the config’s parameters, and never to check a config', () => {
  const calls: unknown[] = []
  const step = { kind: 'transformer', name: 'mine', params: {} }
  const modules = {
    exports: new Map([['main', ['my_model', 'broken']]]),
    call: (module: string, name: string, params: object) => {
      calls.push([module, name, params])
      if (name === 'broken') throw new RangeError('too big')
      return step
    },
  }
  const node = targetNode('_target_: main.my_model\nsize: 2.0\ninner: {_target_: builtins.tuple, _args_: [[1]]}')
  expect(checkTarget(node, modules)).toEqual([])
  expect(calls).toEqual([])
  expect(instantiate(node, { modules })).toEqual({ value: step, problems: [] })
  expect(calls).toEqual([['main', 'my_model', { size: new Float(2), inner: new Tuple([1]) }]])
  expect(told(instantiate(targetNode('_target_: main.broken'), { modules }).problems)).toEqual([
    { message: "Error in call to target 'main.broken':\nRangeError('too big')", at: 'main.broken', line: 2 },
  ])
})
