import { expect, test } from 'vitest'
import type { RunEvent } from '../../../../src/run/events.ts'
import { resumeRun } from '../../../../src/run/resume.ts'
import { readTrials } from '../../../../src/run/trials.ts'
import { createStudy, type FrozenTrial, openStorage, TPESampler } from '../../../../src/study/index.ts'
import { project } from '../project.ts'

const swept = (sampler: readonly string[], nJobs: number) => [
  'hydra/sweeper=optuna',
  ...sampler,
  'hydra.sweeper.n_trials=14',
  `hydra.sweeper.n_jobs=${nJobs}`,
  'hydra.sweeper.direction=maximize',
  '+preprocess=simple',
  '+models=rf',
  'models.type.max_depth=range(1,6)',
  '+models.type.max_samples=interval(0.2,0.9)',
]
const tpe = ['hydra/sweeper/sampler=tpe', 'hydra.sweeper.sampler.seed=3', 'hydra.sweeper.sampler.n_startup_trials=4']

/** What was tried and what came of it, each trial that was done again in the place of the interrupted one. */
function story(trials: readonly FrozenTrial[]) {
  const places = new Map<number, number>()
  const done = trials.filter(({ state }) => state === 'COMPLETE')
  for (const { number, userAttrs } of done) places.set(number, (userAttrs.get('fitwright:retry_of') as number | undefined) ?? number)
  return done
    .toSorted((a, b) => places.get(a.number)! - places.get(b.number)!)
    .map(({ params, values }) => [Object.fromEntries(params), values])
}

test.each([
  [tpe, 1],
  [tpe, 3],
  [['hydra/sweeper/sampler=random', 'hydra.sweeper.sampler.seed=5'], 2],
])('a sweep with %s in batches of %d that was interrupted twice tries what it would have tried without that', async (sampler, nJobs) => {
  const whole = project()
  const { runDir, problems: wrong } = await whole.sweep(...swept(sampler, nJobs))
  expect(wrong).toEqual([])
  const expected = story(readTrials(whole.platform.files, runDir!))
  expect(expected).toHaveLength(14)

  const { platform, request } = project()
  const stopAfter = (jobs: number) => {
    const stop = new AbortController()
    let ended = 0
    const watch = (event: RunEvent) => {
      if (event.type === 'job' && ++ended === jobs) stop.abort(new Error('stopped'))
    }
    return { signal: stop.signal, watch, cwd: '/project', runDir: runDir! }
  }
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const first = stopAfter(5)
  expect((await runSweep(platform, request(swept(sampler, nJobs)), first.watch, first.signal)).result.status).toBe('cancelled')
  expect((await resumeRun(platform, request([]), stopAfter(4))).result.status).toBe('cancelled')
  const { result, problems } = await resumeRun(platform, request([]), stopAfter(100))
  expect(problems).toEqual([])
  expect(result.status).toBe('completed')
  expect(story(readTrials(platform.files, runDir!))).toEqual(expected)
})

test('running trials of other programs on the same storage stay as they are when a study is resumed', async () => {
  const study = ['+preprocess=simple', '+models=multi_lr', '+study.storage=shared.log', '+study.name=shared', 'n_trials=6']
  const { platform, request, run } = project()
  await run(...study.map(text => text.replace('n_trials=6', 'n_trials=2')))
  const other = openStorage('/project/shared.log', platform.files)
  const theirs = createStudy({
    storage: other,
    studyName: 'shared',
    direction: 'maximize',
    sampler: new TPESampler({ seed: 9 }),
    loadIfExists: true,
  }).ask()
  const stop = new AbortController()
  const { runJob } = await import('../../../../src/run/job.ts')
  let told = 0
  const watch = (event: RunEvent) => {
    if (event.type === 'trial' && ++told === 3) stop.abort(new Error('stopped'))
  }
  const { runDir, result: before } = await runJob(platform, request(study), watch, stop.signal)
  expect(before.status).toBe('cancelled')
  const { result } = await resumeRun(platform, request([]), {
    cwd: '/project',
    runDir: runDir!,
    watch: () => {},
    signal: new AbortController().signal,
  })
  expect(result.status).toBe('completed')
  other.sync()
  const all = other.trials(0)
  expect(all[theirs.number].state).toBe('RUNNING')
  expect(all.filter(({ state }) => state === 'COMPLETE')).toHaveLength(2 + 6)
})

test.each([
  'EROFS',
  'ENOSPC',
])('a folder that cannot be written any more (%s) keeps its finished trials, and the study goes on when it can', async code => {
  let broken = false
  let written = 0
  const { platform, request, run } = project(
    {},
    {
      fail: (operation, path) => {
        if (operation === 'append' && path.endsWith('optuna-journal.log') && ++written > 15) broken = written < 100
        return broken && operation !== 'read' && operation !== 'list' ? code : undefined
      },
    },
  )
  const study = ['+preprocess=multi_complex', '+models=multi_lr', 'n_trials=20']
  const { runDir, result } = await run(...study)
  expect(result.status).toBe('failed')
  const before = readTrials(platform.files, runDir!).filter(({ state }) => state === 'COMPLETE')
  expect(before.length).toBeGreaterThan(3)
  broken = false
  written = 100
  const whole = project()
  // Its process could not even write that it failed; it is gone now.
  const later = { ...platform, environment: { ...platform.environment, pid: 2, isAlive: () => false } }
  const resumed = await resumeRun(later, request([]), {
    cwd: '/project',
    runDir: runDir!,
    watch: () => {},
    signal: new AbortController().signal,
  })
  expect(resumed.problems).toEqual([])
  const after = readTrials(platform.files, runDir!)
  expect(after.slice(0, before.length).map(({ values }) => values)).toEqual(before.map(({ values }) => values))
  expect(story(after)).toEqual(story(readTrials(whole.platform.files, (await whole.run(...study)).runDir!)))
})

test.each([1, 2, 3])('a grid in batches of %d that was interrupted twice has each combination once', async nJobs => {
  const grid = [
    'hydra/sweeper=optuna',
    'hydra/sweeper/sampler=grid',
    `hydra.sweeper.n_jobs=${nJobs}`,
    'hydra.sweeper.direction=maximize',
    '+preprocess=simple',
    '+models=rf',
    'models.type.max_depth=2,3,4',
    'models.type.n_estimators=2,3,4,5',
  ]
  const { platform, request } = project()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const stopAfter = (jobs: number) => {
    const stop = new AbortController()
    let ended = 0
    const watch = (event: RunEvent) => {
      if (event.type === 'job' && ++ended === jobs) stop.abort(new Error('stopped'))
    }
    return { signal: stop.signal, watch, cwd: '/project', runDir: '' }
  }
  const first = stopAfter(4)
  const { runDir = '' } = await runSweep(platform, request(grid), first.watch, first.signal)
  expect((await resumeRun(platform, request([]), { ...stopAfter(3), runDir })).result.status).toBe('cancelled')
  const { result, problems } = await resumeRun(platform, request([]), { ...stopAfter(100), runDir })
  expect(problems).toEqual([])
  expect(result.status).toBe('completed')
  const tried = readTrials(platform.files, runDir).filter(({ state }) => state === 'COMPLETE')
  expect(new Set(tried.map(({ params }) => [...params.values()].join(' '))).size).toBe(12)
  expect(tried).toHaveLength(12)
})

test('a study over a grid that was interrupted has each combination once', async () => {
  const space = 'imp_num:[mean,median],max_depth:[2,3,4],n_estimators:[2,3]'
  const study = [
    '+preprocess=multi_complex',
    '+models=rf',
    '++models.type={_target_:main-multirun.random_forest,n_estimators:[2,3],max_depth:[2,3,4]}',
    `++study.sampler={_target_:optuna.samplers.GridSampler,search_space:{${space},imp_cat:[frequent]}}`,
    'n_trials=12',
  ]
  const { platform, request } = project()
  const stop = new AbortController()
  let begun = 0
  const interrupted = {
    ...platform,
    async breathe() {
      if (++begun === 5) stop.abort(new Error('stopped'))
    },
  }
  const { runJob } = await import('../../../../src/run/job.ts')
  const { runDir = '', result: before, problems: wrong } = await runJob(interrupted, request(study), () => {}, stop.signal)
  expect(wrong).toEqual([])
  expect(before.status).toBe('cancelled')
  const { problems } = await resumeRun(platform, request([]), { cwd: '/project', runDir, watch() {}, signal: new AbortController().signal })
  expect(problems).toEqual([])
  const tried = readTrials(platform.files, runDir).filter(({ state }) => state === 'COMPLETE')
  expect(new Set(tried.map(({ params }) => [...params.values()].join(' '))).size).toBe(12)
})
