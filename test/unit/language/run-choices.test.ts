import { expect, test } from 'vitest'
import { checkOverrides, codeLenses, completeOverride, composedPreview, runChoices, usesOfConfig } from '../../../src/language/index.ts'
import { conf, cursorIn, modelOf } from './marked-project.ts'
import { titanic } from './titanic-project.ts'

const configPath = '/project/conf'
const ask = (texts: Readonly<Record<string, string>>, path: string) => runChoices(modelOf(conf(texts)), `${configPath}${path}`)

test('a primary config asks for each group that it does not choose', () => {
  const choices = ask(titanic, '/config.yaml')
  expect(choices).toMatchObject({ configPath, configName: 'config', overrides: [] })
  expect(choices?.groups.map(({ key }) => key)).toEqual(['+models', '+preprocess'])
  expect(choices?.groups[0].options).toEqual([
    { option: 'lr', name: 'Logistic Regression', description: 'LogisticRegression' },
    { option: 'multi_rf', name: 'Multi Random Forest', description: 'study: 2 parameters' },
    { option: 'rf', name: 'Random Forest', description: 'RandomForestClassifier' },
  ])
})

test('an option file is chosen already', () => {
  const choices = ask(titanic, '/models/rf.yaml')
  expect(choices?.overrides).toEqual(['+models=rf'])
  expect(choices?.groups.map(({ key }) => key)).toEqual(['+preprocess'])
})

test('a group that the primary config has is changed, not added', () => {
  const texts = { ...titanic, 'config.yaml': 'defaults:\n  - models: lr\n  - preprocess: ???\n' }
  expect(ask(texts, '/models/rf.yaml')?.overrides).toEqual(['models=rf'])
  expect(ask(texts, '/models/lr.yaml')?.overrides).toEqual([])
  expect(ask(texts, '/config.yaml')?.groups.map(({ key }) => key)).toEqual(['preprocess'])
})

test('a group’s folder asks for that group first', () => {
  expect(ask(titanic, '/preprocess')?.groups.map(({ group }) => group)).toEqual(['preprocess', 'models'])
  expect(ask(titanic, '')?.configName).toBe('config')
})

test('outside of a conf root nothing is asked', () => {
  expect(runChoices(modelOf(conf(titanic)), '/project/data/train.csv')).toBeUndefined()
})

const check = (overrides: readonly string[], texts: Readonly<Record<string, string>> = titanic) =>
  checkOverrides(modelOf(conf(texts)), { configPath, configName: 'config', overrides })

test('overrides are checked as a run would take them', () => {
  expect(check(['+models=rf', '+preprocess=simple'])).toEqual({ problems: [], study: false })
  expect(check(['+models=nope']).problems).toMatchObject([{ code: 'defaults/unknown-option' }])
  expect(check(['models=rf']).problems).toMatchObject([{ code: 'override/needs-plus' }])
  expect(check(['+models=rf', 'models.type.n_estimators=many']).problems).toHaveLength(1)
  expect(check(['+models=[']).problems).toMatchObject([{ code: 'override/syntax' }])
})

test('what would mend an override is offered as its text', () => {
  const chosen = { ...titanic, 'config.yaml': 'defaults:\n  - models: lr\n  - _self_\ntarget: Survived\n' }
  expect(check(['+preprocess=simple', '+models=rf'], chosen).fixes).toEqual([
    { title: 'Change to models=rf', override: 1, text: 'models=rf' },
  ])
  expect(check(['+models=lr'], chosen).fixes).toEqual([{ title: 'Change to models=lr', override: 0, text: 'models=lr' }])
  expect(check(['models=rff'], chosen).fixes).toEqual([{ title: 'Change to rf', override: 0, text: 'models=rf' }])
  expect(check(['+target=x'], chosen).fixes?.map(({ text }) => text)).toEqual(['target=x', '++target=x'])
})

test('a recipe that searches makes a study', () => {
  expect(check(['+models=multi_rf', '+preprocess=simple']).study).toBe(true)
})

const offered = (marked: string, overrides: readonly string[] = []) => {
  const { text, offset } = cursorIn(marked)
  return completeOverride(modelOf(conf(titanic)), { configPath, configName: 'config', overrides }, text, offset)
}

test('an override is completed with groups and keys', () => {
  expect(offered('|').map(({ insertText }) => insertText)).toEqual(
    expect.arrayContaining(['+models=', '+preprocess=', 'target=', 'n_trials=']),
  )
  expect(offered('+mo|').map(({ insertText }) => insertText)).toContain('+models=')
})

test('what begins with the typed text comes first, what does not contain it is left out', () => {
  expect(offered('t|', ['+preprocess=simple']).map(({ label }) => label)[0]).toBe('target')
  expect(offered('+pre|').map(({ label }) => label)).toEqual(['+preprocess'])
  expect(offered('+models=r|').map(({ label }) => label)).toEqual(['rf', 'lr', 'multi_rf'])
})

test('the options of a group and the values of a parameter are offered behind the equals sign', () => {
  expect(offered('+models=|').map(({ label }) => label)).toEqual(['lr', 'multi_rf', 'rf'])
  expect(offered('+models=lr,|').map(({ label }) => label)).toEqual(['lr', 'multi_rf', 'rf'])
  expect(offered('++models.type.solver=|', ['+models=lr']).map(({ label }) => label)).toContain('saga')
})

test('keys of a chosen option are offered, and parameters that its target has beside them', () => {
  const keys = offered('models.type.|', ['+models=lr']).map(({ insertText }) => insertText)
  expect(keys).toContain('models.type.C=')
  expect(keys).toContain('+models.type.max_iter=')
})

test('the composed preview tells what set each line', () => {
  const texts = { ...titanic, 'config.yaml': 'target: Survived\nvalues: [1, 2]\n' }
  const preview = composedPreview(modelOf(conf(texts)), {
    configPath,
    configName: 'config',
    overrides: ['+models=lr', '++models.type.C=3'],
  })!
  expect(preview.title).toBe('config.yaml (composed: models=lr)')
  const lines = preview.text.split('\n')
  const notes = preview.origins.map(({ line, note }) => `${lines[line].trim()} <- ${note}`)
  expect(notes).toEqual([
    'target: Survived <- conf/config.yaml:1',
    'values: <- conf/config.yaml:2',
    '- 1 <- conf/config.yaml:2',
    '- 2 <- conf/config.yaml:2',
    'name: Logistic Regression <- conf/models/lr.yaml:1',
    '_target_: main.LogisticRegression <- conf/models/lr.yaml:3',
    'C: 3 <- override ++models.type.C=3',
  ])
})

test('a config says which defaults entries bring it in', () => {
  const model = modelOf(
    conf({ ...titanic, 'tuned.yaml': 'defaults:\n  - models: rf\n', 'other.yaml': 'defaults:\n  - /models: [lr, rf]\n' }),
  )
  const lenses = (path: string) => codeLenses(model, `${configPath}${path}`).map(({ title }) => title)
  expect(usesOfConfig(model, `${configPath}/models/rf.yaml`)).toEqual([
    { path: `${configPath}/other.yaml`, range: { start: { line: 1, character: 18 }, end: { line: 1, character: 20 } } },
    { path: `${configPath}/tuned.yaml`, range: { start: { line: 1, character: 12 }, end: { line: 1, character: 14 } } },
  ])
  expect(lenses('/models/rf.yaml')).toContain('used by 2')
  expect(lenses('/config.yaml').join()).not.toContain('used by')
})
