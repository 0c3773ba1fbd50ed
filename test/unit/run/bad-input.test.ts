import { expect, test } from 'vitest'
import { fileError } from '../../../src/platform/memory-files.ts'
import { conf, problemOf, project, train } from './project.ts'

const simple = ['+preprocess=simple', '+models=lr'] as const
const complex = ['+preprocess=complex', '+models=lr'] as const
const study = ['+preprocess=multi_complex', '+models=multi_lr'] as const

test('no conf root', async () => {
  const { run } = project(Object.fromEntries(Object.keys(conf).map(path => [path, undefined])))
  const outcome = await run(...simple)
  expect(outcome).toMatchObject({ result: { status: 'failed' } })
  expect(outcome.runDir).toBeUndefined()
  expect(problemOf(outcome)).toMatchObject({
    code: 'config/no-root',
    message: "Primary config directory not found.\nCheck that the config directory '/project/conf' exists and readable",
  })
})

test('an empty conf, without a primary config', async () => {
  const { run } = project(Object.fromEntries(Object.keys(conf).map(path => [path, path.includes('/models/') ? 'a: 1' : undefined])))
  expect(problemOf(await run('+models=lr')).message).toMatch(
    /^Cannot find primary config 'config'\. Check that it's in your config search path\./,
  )
})

test('an empty primary config names no model; the groups that have some are told', async () => {
  const { run } = project({ '/project/conf/config.yaml': '' })
  expect(problemOf(await run())).toMatchObject({
    code: 'task/no-model',
    message: 'The config names no model.',
    hint: 'Choose one with +models=OPTION: lr, multi_lr, rf.',
  })
})

test('an unknown option: the list, and the nearest one', async () => {
  const { message, hint, at } = problemOf(await project().run('+preprocess=simple', '+models=rff'))
  expect(message).toMatch(/^In 'config': Could not find 'models\/rff'\n\nAvailable options in 'models':\n\tlr\n\tmulti_lr\n\trf\n/)
  expect(hint).toBe('did you mean rf?')
  expect(at).toEqual(['override[1]:1:9'])
})

test('an unknown group sets a value, which is no model; the group that was meant is offered', async () => {
  expect(problemOf(await project().run('+preprocess=simple', '+model=rf'))).toEqual({
    code: 'task/wrong-type',
    message: "model must be a mapping with _target_, got 'rf'",
    at: ['override[1]:1:8'],
    hint: 'There is no group model. Choose one with +models=OPTION: lr, multi_lr, rf.',
  })
})

test('a missing + has the message of Hydra and the fix', async () => {
  expect(problemOf(await project().run('models=lr'))).toMatchObject({
    message: "Could not override 'models'. No match in the defaults list.\nTo append to your default list use +models=lr",
    at: ['override[0]:1:1'],
  })
})

test('a superfluous + has the message of Hydra and the fix', async () => {
  const { message } = problemOf(await project().run(...simple, '+target=x'))
  expect(message).toBe(
    "Could not append to config. An item is already at 'target'.\nEither remove + prefix: 'target=x'\nOr add a second + to add or override 'target': '++target=x'\n",
  )
})

test('++models/C=0.1 would add a key of that name: it says so and offers the key that was meant', async () => {
  expect(problemOf(await project().run(...simple, '++models/C=0.1'))).toEqual({
    code: 'override/slash-in-key',
    message: 'The override adds a key named "models/C"',
    at: ['override[2]:1:1'],
    hint: 'to set the value of the config write ++models.type.C=0.1',
  })
})

test('a missing mandatory value', async () => {
  const { run } = project({ '/project/conf/config.yaml': 'target: survived\nn_trials: ???\n' })
  expect(problemOf(await run(...study))).toMatchObject({
    message: 'Missing mandatory value: n_trials',
    at: ['conf/config.yaml:2:11'],
  })
  expect((await run(...simple)).result.status, 'who does not read it does not miss it').toBe('completed')
})

test('a missing mandatory value inside the model', async () => {
  const { run } = project({ '/project/conf/models/lr.yaml': 'type:\n  _target_: main.LogisticRegression\n  C: ???\n' })
  expect(problemOf(await run(...simple))).toMatchObject({
    message: 'Missing mandatory value: models.type.C',
    at: ['conf/models/lr.yaml:3:6'],
  })
})

test('an unknown key of a target stands at its line, with the name that was meant', async () => {
  const { run } = project({ '/project/conf/models/lr.yaml': 'type:\n  _target_: main.LogisticRegression\n  c: 1\n' })
  const problem = problemOf(await run(...simple))
  expect(problem).toMatchObject({
    message: [
      "Error in call to target 'sklearn.linear_model._logistic.LogisticRegression':",
      `TypeError("LogisticRegression.__init__() got an unexpected keyword argument 'c'")`,
      'full_key: models.type',
    ].join('\n'),
    at: ['conf/models/lr.yaml:3:3'],
  })
  expect(problem.hint).toMatch(/^Did you mean C\?/)
})

test('broken YAML stands at its place', async () => {
  const { run } = project({ '/project/conf/models/lr.yaml': 'type:\n  _target_: [main\nname: x\n' })
  expect(problemOf(await run(...simple)).at[0]).toMatch(/^conf\/models\/lr\.yaml:3:/)
})

test('a broken interpolation stands at its place', async () => {
  const { run } = project({ '/project/conf/models/lr.yaml': 'type:\n  _target_: main.LogisticRegression\n  C: $' + '{depht}\n' })
  expect(problemOf(await run(...simple))).toMatchObject({
    message: "Interpolation key 'depht' not found",
    at: ['conf/models/lr.yaml:3:6'],
  })
})

test('a target column that the data do not have: the columns, and the nearest one', async () => {
  const { run } = project({ '/project/conf/config.yaml': '# the target\ntarget: survivde\n' })
  expect(problemOf(await run(...complex))).toEqual({
    code: 'data/no-column',
    message: 'target column "survivde" not in the data',
    at: ['conf/config.yaml:2:9'],
    hint: 'Did you mean survived? Columns: age, fare, port, survived',
  })
})

test('no target at all: the columns are told', async () => {
  const { run } = project({ '/project/conf/config.yaml': 'n_trials: 3\n' })
  expect(problemOf(await run(...complex))).toMatchObject({
    code: 'task/no-target-column',
    at: ['conf/preprocess/complex.yaml:5:13'],
    hint: 'Add target: NAME to the config or ++target=NAME to the command line. Columns: age, fare, port, survived',
  })
})

test('test data without the target column', async () => {
  const { run } = project({ '/project/data/test.csv': 'age,fare,port\n1,2,S\n' })
  expect(problemOf(await run(...complex))).toMatchObject({
    message: 'target column "survived" not in the data of data/test.csv',
    at: ['conf/preprocess/complex.yaml:6:12'],
  })
})

test('a CSV file that is missing; one of nearly that name is offered', async () => {
  const { run } = project({ '/project/data/train.csv': undefined, '/project/data/trian.csv': train })
  expect(problemOf(await run(...complex))).toEqual({
    code: 'data/file-missing',
    message: "[Errno 2] No such file or directory: 'data/train.csv'",
    at: ['conf/preprocess/complex.yaml:5:13'],
    hint: 'Did you mean trian.csv?',
  })
})

test('a folder where a CSV file should be', async () => {
  const { run } = project({ '/project/data/train.csv': undefined, '/project/data/train.csv/part.csv': train })
  expect(problemOf(await run(...complex))).toEqual({
    code: 'data/unreadable',
    message: "[Errno 21] Is a directory: 'data/train.csv'",
    at: ['conf/preprocess/complex.yaml:5:13'],
    hint: 'Name a CSV file in it.',
  })
})

for (const [what, content, expected] of [
  ['empty', '', { message: 'No columns to parse from file', at: ['conf/preprocess/complex.yaml:5:13', 'data/train.csv:1:1'] }],
  [
    'ragged',
    'age,fare,port,survived\n1,2,S,0\n1,2,3,S,1\n',
    {
      message: 'Error tokenizing data. C error: Expected 4 fields in line 3, saw 5',
      at: ['conf/preprocess/complex.yaml:5:13', 'data/train.csv:3:1'],
    },
  ],
  [
    'in another encoding',
    Uint8Array.from(Buffer.from('age,fare,port,survived\n1,2,S,0\n3,4,\xc9,1\n', 'latin1')),
    {
      message: expect.stringMatching(/^'utf-8' codec can't decode byte 0xc9 in position 35/),
      at: ['conf/preprocess/complex.yaml:5:13', 'data/train.csv:3:1'],
    },
  ],
] as const) {
  test(`a CSV file that is ${what}`, async () => {
    const { run } = project({ '/project/data/train.csv': content })
    expect(problemOf(await run(...complex))).toMatchObject(expected)
  })
}

test('text where numbers are needed: column, row and line', async () => {
  const { run } = project({ '/project/data/numbers.csv': 'age,fare,survived\n1,2,0\n2,3,1\n3,about 4,0\n' })
  expect(problemOf(await run(...simple))).toMatchObject({
    message: "could not convert string to float: 'about 4'",
    at: ['conf/preprocess/simple.yaml:2:13', 'data/numbers.csv:4:1'],
    hint: expect.stringContaining("Column 'fare'"),
  })
})

test('one class only', async () => {
  const { run } = project({ '/project/data/numbers.csv': 'age,fare,survived\n1,2,0\n2,3,0\n' })
  expect(problemOf(await run(...simple))).toMatchObject({
    message: 'This solver needs samples of at least 2 classes in the data, but the data contains only one class: np.int64(0)',
    at: ['conf/models/lr.yaml:3:13'],
  })
})

test('one class only, where scikit-learn fits all the same: it is said', async () => {
  const { run, events } = project({ '/project/data/numbers.csv': 'age,fare,survived\n1,2,0\n2,3,0\n' })
  expect((await run('+preprocess=simple', '+models=rf')).result.status).toBe('completed')
  expect(events).toContainEqual(expect.objectContaining({ level: 'WARNING', message: expect.stringContaining('the same value') }))
})

test('complex preprocessing of data without text', async () => {
  const { run } = project()
  const outcome = await run(...complex, 'preprocess.data_train=data/numbers.csv', 'preprocess.data_test=data/numbers-test.csv')
  expect(problemOf(outcome)).toMatchObject({
    message: expect.stringMatching(/^No categorical variables found in this dataframe\./),
    at: ['conf/preprocess/complex.yaml:2:13'],
  })
})

test('a category that only the test data have is no mistake: it has no column of its own', async () => {
  const { run, read } = project({ '/project/data/test.csv': 'age,fare,port,survived\n30,9,Q,1\n20,8,S,0\n' })
  const outcome = await run(...complex)
  expect(outcome.result.status).toBe('completed')
  expect(read(outcome.runDir, 'predictions.csv').trim().split('\n')).toHaveLength(3)
})

for (const count of ['0', '-3', '1.5', 'many']) {
  test(`n_trials: ${count}`, async () => {
    const { run } = project({ '/project/conf/config.yaml': `target: survived\nn_trials: ${count}\n` })
    expect(problemOf(await run(...study))).toMatchObject({
      message: `n_trials must be a positive integer, got ${count === 'many' ? "'many'" : count}`,
      at: ['conf/config.yaml:2:11'],
    })
  })
}

test('a study without an end', async () => {
  const { run } = project({ '/project/conf/config.yaml': 'target: survived\n' })
  expect(problemOf(await run(...study)).message).toBe('A study needs n_trials or study.timeout.')
})

test('a folder that may not be written', async () => {
  const { run, platform } = project(
    {},
    { fail: (operation, path) => (operation === 'makeFolder' && path.includes('/outputs') ? 'EACCES' : undefined) },
  )
  const outcome = await run(...simple)
  expect(problemOf(outcome)).toMatchObject({
    code: 'run/not-writable',
    message: "Permission denied: '/project/outputs'",
    hint: 'Choose another folder with hydra.run.dir=FOLDER or make this one writable.',
  })
  expect(outcome.runDir).toBeUndefined()
  expect(platform.files.exists('/project/outputs')).toBe(false)
})

test('a disk that is full when predictions are written: one problem, no half file', async () => {
  const { run, platform, events } = project(
    {},
    { fail: (operation, path) => (operation === 'write' && path.endsWith('predictions.csv') ? 'ENOSPC' : undefined) },
  )
  const outcome = await run(...simple)
  expect(problemOf(outcome)).toMatchObject({
    code: 'run/disk-full',
    message: `No space left on device: '${outcome.runDir}/predictions.csv'`,
  })
  expect(platform.files.exists(`${outcome.runDir}/predictions.csv`)).toBe(false)
  expect(JSON.parse(platform.files.readText(`${outcome.runDir}/result.json`)).status).toBe('failed')
  expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'failed' })
})

test('a disk that fills up during a study: the trials that were finished stay, and the watcher hears the end', async () => {
  let full = false
  let trials = 0
  const { run, platform, events } = project(
    {},
    {
      fail: (operation, path) => {
        if (operation === 'append' && path.endsWith('optuna-journal.log') && ++trials > 20) full = true
        return full && (operation === 'append' || operation === 'write') ? 'ENOSPC' : undefined
      },
    },
  )
  const outcome = await run(...study)
  expect(outcome.result.status).toBe('failed')
  expect(problemOf(outcome).code).toBe('run/disk-full')
  expect(events.filter(event => event.type === 'problem')).toHaveLength(1)
  expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'failed' })
  const journal = platform.files.readText(`${outcome.runDir}/optuna-journal.log`)
  expect(journal.endsWith('\n')).toBe(true)
  expect(outcome.result.study?.best).toBeDefined()
})

test('a run folder that is removed during the run stays removed, and is said once', async () => {
  let gone = false
  const { run, platform, events } = project(
    {},
    {
      fail: (operation, path) => {
        if (
          operation === 'append' &&
          path.endsWith('optuna-journal.log') &&
          platform.files.stat(path) &&
          platform.files.stat(path)!.size > 3000
        )
          gone = true
        if (gone && path.startsWith('/project/outputs/') && operation !== 'read') throw fileError('ENOENT', 'open', path)
        return undefined
      },
    },
  )
  const outcome = await run(...study)
  expect(problemOf(outcome)).toMatchObject({
    code: 'run/folder-gone',
    message: `The run folder was removed while the job was running: '${outcome.runDir}'`,
  })
  expect(events.filter(event => event.type === 'problem')).toHaveLength(1)
})

test('names like __proto__ are data', async () => {
  const { run, read } = project({
    '/project/data/numbers.csv': '__proto__,constructor,survived\n1,2,0\n2,3,1\n3,1,0\n',
    '/project/data/numbers-test.csv': '__proto__,constructor,survived\n1,2,0\n2,3,1\n',
  })
  const outcome = await run(...simple)
  expect(outcome.result.status).toBe('completed')
  expect(outcome.result.details?.coefficients?.map(({ feature }) => feature)).toEqual(['__proto__', 'constructor'])
  expect(read(outcome.runDir, 'model.json')).toContain('"__proto__"')
})

test('an unknown metric: the nearest one', async () => {
  expect(problemOf(await project().run(...simple, '+metric=acuracy'))).toMatchObject({
    message: "'acuracy' is not a valid scoring value.",
    at: ['override[2]:1:9'],
    hint: expect.stringMatching(/^Did you mean accuracy\?/),
  })
})
