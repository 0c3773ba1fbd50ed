import { expect, test } from 'vitest'
import type { WorkerProcess } from '../../../src/platform/ports.ts'
import type { RunEvent } from '../../../src/run/events.ts'
import { runJob } from '../../../src/run/job.ts'
import type { FromJobProcess, ToJobProcess } from '../../../src/run/job-process.ts'
import { readResult } from '../../../src/run/run-folder.ts'
import { runSweep } from '../../../src/run/sweep.ts'
import { project } from './project.ts'

/** What a process of the test does with a job: runs it (with another one: when that has begun too), dies of it, or does nothing. */
type Fate = 'run' | 'run with another' | 'print' | 'die' | 'hang'

/** A project whose launcher starts processes of the test; `fates` has one entry for each job that is begun. */
function projectWithProcesses(fates: Fate[]) {
  const { platform, request, ...rest } = project()
  const alive = { now: 0, most: 0, started: 0 }
  const start = (): WorkerProcess => {
    alive.started++
    let hear: (message: unknown) => void = () => {}
    let exit: (exit: Awaited<WorkerProcess['exited']>) => void = () => {}
    const say = (message: FromJobProcess) => hear(structuredClone(message))
    const exited = new Promise<Awaited<WorkerProcess['exited']>>(done => {
      exit = done
    })
    const stop = new AbortController()
    let print: (stream: 'stdout' | 'stderr', text: string) => void = () => {}
    return {
      pid: 100 + alive.started,
      exited,
      memory: () => undefined,
      listen: onMessage => {
        hear = onMessage
      },
      listenOutput: onText => {
        print = onText
      },
      kill: () => exit({ code: null, signal: 'SIGKILL', stderr: '' }),
      async post(sent) {
        const message = structuredClone(sent) as ToJobProcess
        if (message.type !== 'job') return stop.abort()
        alive.most = Math.max(alive.most, ++alive.now)
        const fate = fates.shift() ?? 'run'
        while (fate === 'run with another' && alive.most < 2) await new Promise(setImmediate)
        print('stderr', 'why\n')
        if (fate === 'print') print('stdout', 'what\n')
        if (fate !== 'die' && fate !== 'hang') {
          const { result } = await runJob(platform, message.request, event => say({ type: 'event', event }), stop.signal)
          alive.now--
          say({ type: 'result', result })
        } else if (fate === 'die') {
          alive.now--
          exit({ code: null, signal: 'SIGKILL', stderr: '' })
        }
      },
    }
  }
  const machine = { ...platform, processes: { start } }
  const printed: string[] = []
  const watch = (event: RunEvent) => {
    if (event.type === 'console' && /^wh/.test(event.text)) printed.push(`${event.stream} ${event.text}`)
  }
  const sweep = (...overrides: string[]) => runSweep(machine, request([...overrides, 'hydra/launcher=workers']), watch)
  return { ...rest, platform: machine, alive, printed, sweep }
}

const two = ['+preprocess=simple', '+models=lr,rf']

test('jobs run at the same time, as many as n_jobs says, in processes that take one job after the other', async () => {
  const { sweep, alive } = projectWithProcesses(['run with another'])
  const { result } = await sweep('+preprocess=simple,complex', '+models=lr,rf', 'hydra.launcher.n_jobs=2')
  expect(result.jobs?.map(job => [job.number, job.status])).toEqual([0, 1, 2, 3].map(number => [number, 'completed']))
  expect(alive).toMatchObject({ most: 2, started: 2 })
})

test('the results are those of the basic launcher', async () => {
  const { result } = await projectWithProcesses([]).sweep(...two)
  const basic = await project().sweep(...two)
  expect(result.jobs?.map(job => job.metrics)).toEqual(basic.result.jobs?.map(job => job.metrics))
  expect(result.jobs?.map(job => job.overrides)).toEqual(basic.result.jobs?.map(job => job.overrides))
})

test('a process that dies takes only its job with it, which says why', async () => {
  const { sweep, platform } = projectWithProcesses(['die'])
  const { result, problems } = await sweep(...two, 'hydra.launcher.n_jobs=1')
  expect(result.status).toBe('failed')
  expect(problems).toMatchObject([{ code: 'run/job-died', message: 'The process of the job ended with SIGKILL.' }])
  expect(result.jobs?.map(job => job.status)).toEqual(['failed', 'completed'])
  expect(readResult(platform.files, result.jobs![0].dir)).toMatchObject({ status: 'failed', problem: { code: 'run/job-died' } })
})

test('a job whose process died is tried again when that is asked for', async () => {
  const { sweep, alive } = projectWithProcesses(['die', 'die'])
  const { result } = await sweep(...two, 'hydra.launcher.n_jobs=1', 'hydra.launcher.retries=2')
  expect(result.jobs?.map(job => job.status)).toEqual(['completed', 'completed'])
  expect(alive.started).toBe(3)
})

test('what the project’s own code prints in a process of a job is told; what a dying one says is its reason, no output', async () => {
  const { sweep, printed } = projectWithProcesses(['print', 'die'])
  await sweep(...two, 'hydra.launcher.n_jobs=1')
  expect(printed).toEqual(['stdout what\n', 'stderr why\n'])
})

test('a job that takes longer than its time is ended', async () => {
  const { sweep } = projectWithProcesses(['hang'])
  const { result, problems } = await sweep(...two, 'hydra.launcher.n_jobs=1', 'hydra.launcher.timeout=0.05')
  expect(problems[0].message).toBe('The job took longer than 0.05 s.')
  expect(result.jobs?.[0].status).toBe('failed')
})

test('limits that cannot be are refused at their line before anything runs', async () => {
  const { sweep, alive } = projectWithProcesses([])
  const { problems } = await sweep(...two, 'hydra.launcher.timeout=-1')
  expect(problems[0]).toMatchObject({ code: 'sweep/settings', message: 'hydra.launcher.timeout must be a number of at least 0.001.' })
  expect(alive.started).toBe(0)
})

test('a key that the sweeper or the launcher does not take is refused where it is written, in Hydra’s words', async () => {
  const told = async (...overrides: string[]) => {
    const { problems } = await project().sweep(...two, ...overrides)
    return [problems[0]?.code, problems[0]?.message.split('\n')[1], problems[0]?.hint]
  }
  expect(await told('+hydra.sweeper.max_bach_size=1')).toEqual([
    'sweep/unknown-key',
    'TypeError("BasicSweeper.__init__() got an unexpected keyword argument \'max_bach_size\'")',
    'Did you mean max_batch_size?',
  ])
  expect((await told('hydra/sweeper=optuna', '+hydra.sweeper.prunner=x'))[2]).toBe('Did you mean pruner?')
  expect(await told('+hydra.launcher.n_jobs=2')).toEqual([
    'sweep/unknown-key',
    'TypeError("BasicLauncher.__init__() got an unexpected keyword argument \'n_jobs\'")',
    'It takes nothing.',
  ])
})

test('fail_fast ends the sweep at its first failure', async () => {
  const { sweep } = projectWithProcesses(['die'])
  const { result } = await sweep(...two, 'hydra.launcher.n_jobs=1', '+hydra.sweeper.fail_fast=true')
  expect(result.jobs?.map(job => job.status)).toEqual(['failed'])
})

test('fail_fast with the basic launcher too', async () => {
  const { result } = await project().sweep('+preprocess=simple', '+models=lr', 'models.type.C=-1,1', '+hydra.sweeper.fail_fast=true')
  expect(result.jobs?.map(job => job.status)).toEqual(['failed'])
})

test('a launcher that is not built in is refused by name', async () => {
  const { problems } = await project().sweep(...two, 'hydra.launcher._target_=my.Launcher')
  expect(problems[0]).toMatchObject({
    code: 'sweep/unknown-launcher',
    message: "Invalid plugin 'my.Launcher': not the hydra_plugins package",
  })
})
