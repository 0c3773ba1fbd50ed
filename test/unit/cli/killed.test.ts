import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const command = join(root, 'dist/fitwright.cjs')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A copy of the example without runs. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fitwright-killed-'))
  folders.push(folder)
  cpSync(join(root, 'examples/titanic'), folder, { recursive: true, filter: path => !/[\\/](outputs|multirun)([\\/]|$)/.test(path) })
  return folder
}

function fitwright(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8' })
  return { status, stdout, stderr, json: () => JSON.parse(stdout.trimEnd().split('\n').at(-1)!) }
}

/** Newest folder below `folder` that holds a file of this name. */
function folderWith(name: string, folder: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(name))
    .sort()
  return found.length ? join(folder, found.at(-1)!) : undefined
}

/** Starts the command and kills it without mercy as soon as `enough` is true of its folder, or lets it end. */
function killWhen(cwd: string, args: readonly string[], enough: () => boolean): Promise<void> {
  return new Promise(done => {
    const child = spawn(process.execPath, [command, ...args], { cwd, stdio: 'ignore' })
    const watch = setInterval(() => {
      if (!enough()) return
      clearInterval(watch)
      child.kill('SIGKILL')
    }, 1)
    child.on('close', () => {
      clearInterval(watch)
      done()
    })
  })
}

const study = ['run', '--json', '+preprocess=multi_simple', '+models=multi_lr', 'n_trials=40']
interface Trial {
  readonly state: string
  readonly params: object
  readonly values: readonly number[]
}
const trialsOf = (cwd: string, runDir: string): Trial[] => JSON.parse(fitwright(cwd, 'study', 'trials', runDir, '--format', 'json').stdout)
const complete = (trials: readonly Trial[]) =>
  trials.filter(({ state }) => state === 'COMPLETE').map(({ params, values }) => ({ params, values }))

let whole: ReturnType<typeof complete>
beforeAll(() => {
  const cwd = project()
  whole = complete(trialsOf(cwd, fitwright(cwd, ...study).json().run_dir))
  expect(whole.length).toBe(40)
}, 60_000)

// The journal of forty trials has some 20 kB: these are instants all over a study, in the middle of lines as well as between them.
const instants = fc.sample(fc.integer({ min: 1, max: 20_000 }), { numRuns: 4, seed: 20_261_123 })

test.each([
  0,
  ...instants,
])('a study that is killed when its journal has %i bytes is shown as crashed and goes on to the same trials', async bytes => {
  const cwd = project()
  const outputs = join(cwd, 'outputs')
  await killWhen(cwd, study, () => {
    const journal = folderWith('optuna-journal.log', outputs)
    return bytes === 0 ? folderWith('result.json', outputs) !== undefined : journal !== undefined && statSync(journal).size >= bytes
  })
  const [before] = JSON.parse(fitwright(cwd, 'runs', 'list', '--json').stdout)
  expect(before.status).toBe('crashed')
  const known = before.kind === 'study' ? complete(trialsOf(cwd, before.run_dir)) : []
  expect(known).toEqual(whole.slice(0, known.length))
  const resumed = fitwright(cwd, 'run', '--resume', '--json')
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(resumed.json().run_dir).toBe(before.run_dir)
  expect(complete(trialsOf(cwd, before.run_dir))).toEqual(whole)
  const [after] = JSON.parse(fitwright(cwd, 'runs', 'list', '--json').stdout)
  expect([after.status, after.study.best.value]).toEqual(['completed', Math.max(...whole.map(({ values }) => values[0]))])
}, 60_000)

test('a study that is killed again while it goes on loses and doubles nothing', async () => {
  const cwd = project()
  const size = () => {
    const journal = folderWith('optuna-journal.log', join(cwd, 'outputs'))
    return journal === undefined ? 0 : statSync(journal).size
  }
  await killWhen(cwd, study, () => size() >= 3000)
  for (const more of [2500, 2500]) {
    const from = size()
    await killWhen(cwd, ['run', '--resume'], () => size() >= from + more)
  }
  const resumed = fitwright(cwd, 'run', '--resume', '--json')
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(complete(trialsOf(cwd, resumed.json().run_dir))).toEqual(whole)
}, 60_000)

test('a sweep that is killed goes on with the jobs that are not complete', async () => {
  const cwd = project()
  const sweep = ['run', '-m', '+preprocess=simple,complex', '+models=lr,rf']
  await killWhen(cwd, sweep, () => folderWith('1/predictions.csv', join(cwd, 'multirun')) !== undefined)
  const [before] = JSON.parse(fitwright(cwd, 'runs', 'list', '--json').stdout)
  expect([before.kind, before.status]).toEqual(['sweep', 'crashed'])
  const started = before.children[0].startedAt
  const resumed = fitwright(cwd, 'run', '--resume', '--json')
  expect(resumed.status, resumed.stderr).toBe(0)
  const { run_dir, jobs } = resumed.json()
  expect(run_dir).toBe(before.run_dir)
  expect(jobs.map((job: { status: string; metrics: { accuracy: number } }) => [job.status, job.metrics.accuracy])).toEqual([
    ['completed', 0.695067264573991],
    ['completed', 0.695067264573991],
    ['completed', 0.7757847533632287],
    ['completed', 0.7937219730941704],
  ])
  const [after] = JSON.parse(fitwright(cwd, 'runs', 'list', '--json').stdout)
  expect(after.children.length).toBe(4)
  expect(after.children[0].startedAt).toBe(started)
}, 60_000)
