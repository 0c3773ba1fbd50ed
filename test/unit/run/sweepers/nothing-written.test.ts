import { expect, test } from 'vitest'
import { problemOf, project } from '../project.ts'

const parts = ['+preprocess=simple', '+models=lr']
const optuna = (...more: string[]) => [
  'hydra/sweeper=optuna',
  'hydra/sweeper/sampler=random',
  'hydra.sweeper.n_trials=2',
  ...parts,
  ...more,
]
const swept = 'models.type.C=interval(0.1,1)'

const refused: Readonly<Record<string, readonly [overrides: readonly string[], message: RegExp, at: string]>> = {
  'a range that is upside down': [optuna('models.type.C=interval(5,1)'), /^`low <= high` must hold/, 'override[5]:1:15'],
  'a step of zero': [optuna('models.type.C=range(1,5,0)'), /^`step > 0` must hold/, 'override[5]:1:15'],
  'a logarithm of zero': [optuna('models.type.C=tag(log,interval(0,1))'), /^`low > 0` must hold for `log=True`/, 'override[5]:1:15'],
  'a choice with a sweep in it': [optuna('models.type.C=interval(1,2),3'), /^Unexpected type annotation: Set\[str\]/, 'override[5]:1:15'],
  'a glob': [optuna('models=glob(*)'), /is not supported by Optuna sweeper/, 'override[5]:1:8'],
  'no trials': [optuna(swept, 'hydra.sweeper.n_trials=0'), /n_trials must be a positive integer/, 'override[6]:1:24'],
  'an unknown key': [optuna(swept, '+hydra.sweeper.foo=1'), /unexpected keyword argument 'foo'|Key 'foo' not in/, 'override[6]:1:2'],
  'an unknown direction': [optuna(swept, 'hydra.sweeper.direction=up'), /^Please set either 'minimize' or 'maximize'/, 'override[6]:1:25'],
  'a custom search space that is not there': [
    optuna(swept, 'hydra.sweeper.custom_search_space=nope.f'),
    /^Error locating target 'nope.f'/,
    'override[6]:1:35',
  ],
  'a launcher that is no plugin': [
    ['hydra.launcher._target_=a.b', 'models.type.C=1,2', ...parts],
    /^Invalid plugin 'a.b': not the hydra_plugins package$/,
    'override[0]:1:25',
  ],
  'a sweeper that no plugin has': [
    ['hydra.sweeper._target_=hydra_plugins.a.B', 'models.type.C=1,2', ...parts],
    /^Unknown plugin class : 'hydra_plugins.a.B'$/,
    'override[0]:1:24',
  ],
  'batches of nothing': [
    ['hydra.sweeper.max_batch_size=0', 'models.type.C=1,2', ...parts],
    /max_batch_size must be a positive/,
    'override[0]:1:30',
  ],
  'a level that is none': [
    ['hydra.hydra_logging.root.level=LOUD', 'models.type.C=1,2', ...parts],
    /^Unable to configure root logger$/,
    'override[0]:1:32',
  ],
  'a zipped key that the sweep does not have': [
    ['+hydra.sweeper.zip=[[models.type.C,nope]]', 'models.type.C=1,2', ...parts],
    /^hydra.sweeper.zip names nope/,
    'override[0]:1:20',
  ],
  'a seed that is no number': [
    ['+hydra.sweeper.job_seed=models.type.random_state:abc', 'models.type.C=1,2', ...parts],
    /^hydra.sweeper.job_seed must be a key/,
    'override[0]:1:25',
  ],
  'a backend that joblib does not have': [
    ['hydra/launcher=joblib', 'hydra.launcher.backend=dask', 'models.type.C=1,2', ...parts],
    /^Invalid backend: dask, expected one of \['loky', 'multiprocessing', 'sequential', 'threading'\]$/,
    'override[1]:1:24',
  ],
}

for (const [what, [overrides, message, at]] of Object.entries(refused)) {
  test(`${what} is told where it is written, and nothing is written`, async () => {
    const { sweep, platform } = project()
    const outcome = await sweep(...overrides)
    const told = problemOf(outcome)
    expect(told.message).toMatch(message)
    expect(told.at).toContain(at)
    expect(outcome.runDir).toBeUndefined()
    expect(platform.files.exists('/project/multirun')).toBe(false)
  })
}

test('a single run checks both logs before it makes its folder', async () => {
  for (const key of ['job_logging', 'hydra_logging']) {
    const { run, platform } = project()
    const { problems } = await run(...parts, `hydra.${key}.root.handlers=[nope]`)
    expect(problems[0].message).toBe('Unable to configure root logger')
    expect(platform.files.exists('/project/outputs')).toBe(false)
  }
})

test('a log file that cannot be made is told as Python tells it, at the line of its handler', async () => {
  const { run } = project()
  const told = problemOf(await run(...parts, 'hydra.job_logging.handlers.file.filename=/nowhere/x.log'))
  expect(told).toMatchObject({
    code: 'run/logging',
    message: "Unable to configure handler 'file'",
    at: ['override[2]:1:42'],
    hint: "No such file or directory: '/nowhere/x.log'",
  })
})

test('an upper end that no step reaches is warned about at its place', async () => {
  const { sweep, events } = project()
  const { problems } = await sweep(...optuna('models.type.C=range(1,9,3)'))
  expect(problems).toEqual([])
  const warned = events.flatMap(event => (event.type === 'problem' ? [event.problem] : []))
  expect(warned).toMatchObject([
    {
      code: 'target/uneven-step',
      severity: 'warning',
      message:
        'The distribution is specified by [1, 9] and step=3, but the range is not divisible by `step`. It will be replaced with [1, 7].',
      locations: [{ path: 'override[5]', column: 15 }],
    },
  ])
})

test('a job that fails says which of its overrides it was', async () => {
  const { sweep } = project()
  const { problems } = await sweep('+models=lr', '+preprocess=simple', 'models.type.C=-1,1', 'hydra.sweep.dir=out')
  expect(problems[0].locations[0]).toMatchObject({ text: 'models.type.C=-1', column: 15 })
})
