import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const vector = (name: string) => JSON.parse(readFileSync(join(root, 'test/oracle/example/vectors', name), 'utf8'))
const project = mkdtempSync(join(tmpdir(), 'fitwright-example-'))
cpSync(join(root, 'examples/titanic'), project, { recursive: true, filter: path => !/[\\/](outputs|multirun)([\\/]|$)/.test(path) })
afterAll(() => rmSync(project, { recursive: true, force: true }))

/** The built command, as a user runs it in the project's folder. */
const fitwright = (...args: string[]) => command(join(root, 'dist'), project, args)

function command(dist: string, cwd: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'fitwright.cjs'), ...args], { cwd, encoding: 'utf8' })
  return { status, stdout, stderr, json: () => JSON.parse(stdout.trimEnd().split('\n').at(-1)!) }
}

for (const [name, expected] of Object.entries<{ accuracy: number; probabilities: number[] }>(vector('runs.json'))) {
  const [preprocess, models] = name.split('+')
  test(`fitwright run +preprocess=${preprocess} +models=${models} has scikit-learn's accuracy and probabilities`, () => {
    const run = fitwright('run', `+preprocess=${preprocess}`, `+models=${models}`, '--json')
    expect(run.stderr).toBe('')
    expect(run.status).toBe(0)
    const { run_dir, status, metrics } = run.json()
    expect(status).toBe('completed')
    expect(metrics.accuracy).toBe(expected.accuracy)
    const [head, ...rows] = readFileSync(join(run_dir, 'predictions.csv'), 'utf8').trim().split('\n')
    expect(head).toBe('row,y_true,y_pred,proba_0,proba_1')
    expect(rows.length).toBe(expected.probabilities.length)
    rows.forEach((row, i) => {
      expect(Math.abs(Number(row.split(',')[4]) - expected.probabilities[i])).toBeLessThan(1e-9)
    })
  })
}

for (const preprocess of ['multi_simple', 'multi_complex']) {
  for (const models of ['multi_lr', 'multi_rf']) {
    test(`the study ${preprocess} x ${models} has Optuna's hundred trials`, () => {
      const expected = vector(`study-${preprocess}-${models}.json`)
      const run = fitwright('run', `+preprocess=${preprocess}`, `+models=${models}`, '--json')
      expect(run.status, run.stderr).toBe(0)
      const { run_dir, study } = run.json()
      expect(study.n_trials).toBe(100)
      expect(study.best.number).toBe(expected.best.number)
      expect(study.best.value).toBe(expected.best.value)
      const trials = JSON.parse(fitwright('study', 'trials', run_dir, '--format', 'json').stdout)
      expect(trials.length).toBe(100)
      expected.trials.forEach((trial: { value: number; params: Record<string, unknown> }, i: number) => {
        expect(trials[i].state).toBe('COMPLETE')
        expect(trials[i].values).toEqual([trial.value])
        expect(Object.keys(trials[i].params)).toEqual(Object.keys(trial.params))
        for (const [name, value] of Object.entries(trial.params)) {
          if (name === 'C') expect(Math.abs(trials[i].params.C - (value as number)) / (value as number)).toBeLessThan(1e-11)
          else expect(trials[i].params[name], `trial ${i}`).toBe(value)
        }
      })
    })
  }
}

test('a run tells each of its metrics, and with folds how far they spread', () => {
  const { stdout } = fitwright('run', '+preprocess=simple', '+models=lr', '+metrics=[accuracy,roc_auc]', '+task.cv=4')
  const { metrics, details } = JSON.parse(readFileSync(join(project, /saved +(\S+)/.exec(stdout)![1], 'result.json'), 'utf8'))
  const { std } = details.crossValidation
  const folds = (name: string) => `${name} ${metrics[name]} ± ${Number(std[name].toPrecision(4))} over 4 folds`
  const test = (name: string) => `${name} ${metrics[name]}`
  const lines = [`score  ${folds('accuracy')}`, folds('roc_auc'), test('test_accuracy'), test('test_roc_auc'), 'saved']
  expect(stdout).toContain(lines.map((line, i) => (i && i < 4 ? ' '.repeat(7) : '') + line).join('\n'))
})

test('the built command trains in a worker thread, and in processes of the launcher', () => {
  const run = fitwright('run', '+preprocess=simple', '+models=ml_lr', '--json')
  expect(run.stderr).toBe('')
  expect(run.json()).toMatchObject({ status: 'completed' })
  const sweep = fitwright('run', '-m', '+preprocess=simple', '+models=lr,rf', 'hydra/launcher=workers', '--json')
  expect(sweep.json()).toMatchObject({ status: 'completed' })
})

test("the built command imports the project's own parts, with and without what V8 has compiled beforehand", () => {
  const penguins = join(project, 'penguins')
  cpSync(join(root, 'examples/penguins'), penguins, { recursive: true, filter: path => !/[\\/](outputs|multirun)([\\/]|$)/.test(path) })
  const dist = join(project, 'dist')
  for (const name of ['fitwright.cjs', 'program.cjs']) cpSync(join(root, 'dist', name), join(dist, name))
  const [compiled, plain] = [join(root, 'dist'), dist].map(folder => command(folder, penguins, ['run', 'models=own', '--json']))
  expect(compiled.stderr + plain.stderr).toBe('')
  expect(compiled.json()).toMatchObject({ status: 'completed' })
  expect(plain.json().metrics).toEqual(compiled.json().metrics)
})
