import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { project } from './project.ts'

interface Case {
  readonly overrides: readonly string[]
  readonly code: number
  readonly called: readonly string[]
  readonly warned: readonly string[]
}
/** From Hydra itself. */
const { config, cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../../oracle/hydra-run/vectors/callbacks.json'), 'utf8')) as {
  config: string
  cases: Readonly<Record<string, Case>>
}

/** A project whose `main.mjs` exports the recording callback of the vectors. */
function recorded() {
  const called: string[] = []
  class Recorder {
    constructor({ name, fails }: { name: string; fails?: string }) {
      for (const moment of ['on_run_start', 'on_run_end', 'on_multirun_start', 'on_multirun_end', 'on_job_start', 'on_job_end']) {
        Object.assign(this, {
          [moment]: (...args: { status?: string }[]) => {
            called.push(`${name} ${moment} ${args.at(-1)?.status ?? ''}`.trimEnd())
            if (moment !== fails) return
            throw Object.assign(new Error('asked to'), { name: 'ValueError' })
          },
        })
      }
    }
  }
  const own = project(
    { '/project/conf/config.yaml': `target: survived\n${config}`, '/project/main.mjs': '' },
    { modules: { '/project/main.mjs': { Recorder } } },
  )
  return { ...own, called }
}

for (const [name, { overrides, called: expected, warned }] of Object.entries(cases)) {
  test(`${name}: callbacks are called as by Hydra`, async () => {
    const { run, sweep, called, events } = recorded()
    // A job of ours fails by a parameter that its model refuses.
    const own = overrides
      .filter(text => text !== '-m')
      .map(text =>
        text
          .replace(/^fail=/, 'models.type.C=')
          .replaceAll('true', '-1')
          .replaceAll('false', '1'),
      )
    const outcome = await (overrides[0] === '-m' ? sweep : run)('+preprocess=simple', '+models=lr', ...own)
    expect(called).toEqual(expected)
    expect(events.flatMap(event => (event.type === 'log' && event.message.startsWith('Callback') ? [event.message] : []))).toEqual(warned)
    expect(outcome.result.status).toBe(cases[name].code === 0 ? 'completed' : 'failed')
  })
}

test('a callback that is no export of the project is refused at its line before the run has a folder', async () => {
  const { run, platform } = recorded()
  const { problems } = await run('+preprocess=simple', '+models=lr', 'hydra.callbacks.a._target_=main.Nope')
  expect(problems[0]).toMatchObject({ code: 'run/callback' })
  expect(problems[0].message.split('\n')[0]).toBe(
    "Error locating target 'main.Nope', set env var HYDRA_FULL_ERROR=1 to see chained exception.",
  )
  expect(platform.files.exists('/project/outputs')).toBe(false)
})

test('the job sees what hydra.job.env_set sets, and nothing of it stays', async () => {
  const { run, platform } = project({
    '/project/conf/models/env.yaml': 'type:\n  _target_: main.LogisticRegression\n  C: ${oc.decode:${oc.env:STRENGTH}}\n',
  })
  const { result, problems } = await run('+preprocess=simple', '+models=env', "+hydra.job.env_set.STRENGTH='0.5'")
  expect(problems).toEqual([])
  expect(result.model?.params.C).toBe(0.5)
  expect(platform.environment.env.STRENGTH).toBeUndefined()
})
