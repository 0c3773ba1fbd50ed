import { expect, test } from 'vitest'
import { accepted, completed, labels } from './marked-project.ts'
import { titanic } from './titanic-project.ts'

test('a new item of a defaults list may be a group, a keyword or a config beside it', () => {
  expect(labels({ ...titanic, 'base.yaml': '', 'config.yaml': 'defaults:\n  - |\n' })).toEqual([
    'models',
    'preprocess',
    'base',
    '_self_',
    'override',
    'optional',
  ])
})

test('a group that the list has already is not offered again, but may be overridden', () => {
  expect(labels({ ...titanic, 'config.yaml': 'defaults:\n  - models: rf\n  - |\n' })).not.toContain('models')
  expect(labels({ ...titanic, 'config.yaml': 'defaults:\n  - models: rf\n  - override |\n' }).slice(0, 2)).toEqual(['models', 'preprocess'])
})

test('a group is completed with its colon, and with its dash when that is missing', () => {
  const group = (text: string) => accepted({ ...titanic, 'config.yaml': text }, 'models')
  expect(group('defaults:\n  - mo|\n')).toBe('defaults:\n  - models: \n')
  expect(group('defaults:\n  |\n')).toBe('defaults:\n  - models: \n')
  expect(group('defaults:\n  - mo|: rf\n')).toBe('defaults:\n  - models: rf\n')
  expect(group('defaults:\n  - override mo|\n')).toBe('defaults:\n  - override models: \n')
})

test('the options of a group are offered with what they say about themselves', () => {
  const options = completed({ ...titanic, 'config.yaml': 'defaults:\n  - models: |\n' }).map(({ label, detail }) => [label, detail])
  expect(options.slice(0, 3)).toEqual([
    ['lr', 'Logistic Regression · LogisticRegression'],
    ['multi_rf', 'Multi Random Forest · study: 2 parameters'],
    ['rf', 'Random Forest · RandomForestClassifier'],
  ])
})

test('in a group’s own file, groups are relative and absolute ones begin with a slash', () => {
  const texts = { ...titanic, 'models/solver/lbfgs.yaml': '', 'models/deep.yaml': 'defaults:\n  - |\n' }
  expect(labels(texts)).toContain('solver')
  expect(labels(texts)).not.toContain('preprocess')
  const absolute = labels({ ...texts, 'models/deep.yaml': 'defaults:\n  - override /|\n' })
  expect(absolute.slice(0, 3)).toEqual(['/models', '/models/solver', '/preprocess'])
})

test('Hydra’s own groups may be overridden', () => {
  expect(labels({ ...titanic, 'config.yaml': 'defaults:\n  - override hydra/|\n' })).toContain('hydra/launcher')
  expect(labels({ ...titanic, 'config.yaml': 'defaults:\n  - override hydra/sweeper: |\n' })).toContain('basic')
})

test('targets are offered as the config names them, those that fit the role first', () => {
  const targets = [...completed({ ...titanic, 'models/lr.yaml': 'type:\n  _target_: |\n' })].sort((a, b) =>
    a.sortText! < b.sortText! ? -1 : 1,
  )
  const names = targets.map(({ label }) => label)
  expect(names).toContain('sklearn.linear_model.LogisticRegression')
  expect(names).toContain('main-multirun.random_forest')
  expect(names.indexOf('main.LogisticRegression')).toBeLessThan(names.indexOf('main.StandardScaler'))
})

test('exports of the project are targets', () => {
  expect(labels({ ...titanic, '/main.mjs': 'export function myModel() {}\n', 'models/lr.yaml': 'type:\n  _target_: m|\n' })).toContain(
    'main.myModel',
  )
})

test('parameters that are not given yet are offered with type, default and doc', () => {
  const text = 'type:\n  _target_: main.LogisticRegression\n  C: 1\n  |\n'
  const parameters = completed({ ...titanic, 'models/lr.yaml': text })
  expect(parameters.map(({ label }) => label)).not.toContain('C')
  expect(parameters.find(({ label }) => label === 'max_iter')).toMatchObject({
    detail: 'int ≥ 0, default 100',
    documentation: expect.stringContaining('Most iterations of the solver.'),
  })
  expect(accepted({ ...titanic, 'models/lr.yaml': text }, 'tol')).toContain('  tol: \n')
})

test('parameters are offered while the text is broken', () => {
  expect(labels({ ...titanic, 'models/lr.yaml': 'type:\n  _target_: main.LogisticRegression\n  max|\nname: [\n' })).toContain('max_iter')
})

test('values of a parameter are offered', () => {
  const values = (line: string) => labels({ ...titanic, 'models/lr.yaml': `type:\n  _target_: main.LogisticRegression\n  ${line}\n` })
  expect(values('solver: |')).toContain('lbfgs')
  expect(values('fit_intercept: |')).toEqual(['true', 'false'])
  expect(values('fit_intercept:|')).toEqual(['true', 'false'])
})

test('choices of a recipe are offered within its list', () => {
  const text = 'type:\n  _target_: main-multirun.simple_preprocess\n  imp_method_values: [mean, |]\n'
  expect(labels({ ...titanic, 'preprocess/simple.yaml': text })).toEqual(['mean', 'median'])
})

test('the parts of a search space are offered', () => {
  const text = 'type:\n  _target_: main-multirun.random_forest\n  max_depth: {low: 1, |}\n'
  expect(labels({ ...titanic, 'models/rf.yaml': text })).toEqual(['high', 'step', 'q', 'log'])
})

test('roles are offered at the root and in their maps', () => {
  expect(labels({ ...titanic, 'config.yaml': 'target: Survived\n|\n' })).toEqual(
    expect.arrayContaining(['n_trials', 'study', 'task', 'defaults']),
  )
  expect(labels({ ...titanic, 'config.yaml': 'study:\n  |\n' })).toEqual(expect.arrayContaining(['direction', 'sampler']))
  expect(labels({ ...titanic, 'config.yaml': 'study:\n  direction: |\n' })).toEqual(['minimize', 'maximize'])
  expect(labels({ ...titanic, 'preprocess/simple.yaml': '|\n' })).toEqual(expect.arrayContaining(['type', 'data_train', 'data_test']))
})

test('data paths are completed from the files of the project', () => {
  expect(labels({ ...titanic, 'preprocess/simple.yaml': 'data_train: |\n' })).toEqual(['data/test.csv', 'data/train.csv'])
})

test('interpolations are completed from the composed config and its resolvers', () => {
  const names = labels({ ...titanic, 'config.yaml': 'depth: 3\na: ${|}\n' })
  expect(names).toEqual(expect.arrayContaining(['depth', 'models', 'preprocess', 'oc.env:']))
  expect(names).not.toContain('a')
  expect(labels({ ...titanic, 'config.yaml': 'm:\n  depth: 3\na: ${m.|}\n' })).toEqual(['depth'])
})

test('relative interpolations count from where the file is put', () => {
  expect(labels({ ...titanic, 'models/rf.yaml': 'type:\n  depth: 3\n  width: ${.|}\n' })).toEqual(['depth'])
  expect(labels({ ...titanic, 'models/rf.yaml': 'type:\n  depth: 3\n  width: ${...|}\n' })).toEqual(
    expect.arrayContaining(['target', 'n_trials']),
  )
})

test('an interpolation is replaced up to its next dot', () => {
  expect(accepted({ 'config.yaml': 'm:\n  depth: 3\na: ${m.de|xx}\n' }, 'depth')).toBe('m:\n  depth: 3\na: ${m.depth}\n')
})
