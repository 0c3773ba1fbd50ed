import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { project } from './project.ts'

interface ScoreCase {
  readonly config: string
  readonly data: string
  readonly scoring: string | null
  readonly cv:
    | number
    | { readonly kind: string; readonly n_splits: number; readonly shuffle: boolean; readonly random_state: number | null }
  readonly scores?: readonly (number | null)[]
  readonly error?: readonly [type: string, message: string]
  readonly warnings: readonly string[]
}
const file = new URL('../../oracle/model-selection/vectors/random-splits.json', import.meta.url)
const cases = (JSON.parse(readFileSync(file, 'utf8')).scores as ScoreCase[]).filter(
  ({ warnings, error }) => error?.[1].startsWith('All the') || warnings.some(text => /FitFailed|Scoring failed/.test(text)),
)
const all = (scores: ScoreCase['scores'] = []) => scores.every(score => score === null)
/** Text says what Python's type would be; here it is the problem's code. */
const some = cases.filter(one => one.scores && !all(one.scores))
const none = cases.filter(one => one.error)

function configOf({ config, scoring, cv }: ScoreCase, study = false): string {
  const folds =
    typeof cv === 'number'
      ? String(cv)
      : `{_target_: sklearn.model_selection.${cv.kind}, n_splits: ${cv.n_splits}, shuffle: ${cv.shuffle}, random_state: ${cv.random_state ?? 'null'}}`
  const metric = scoring ? `  metric: ${scoring}\n` : ''
  return `task:\n  train: data/x.csv\n  target: y\n${metric}  cv: ${folds}\nmodel: ${study ? '' : config}\n`
}

test.each(
  some.map(one => [one.scoring, one.config, one] as const),
)('%s of %s has no score for the folds that fail, and says so', async (_, __, one) => {
  const { run, events } = project({ '/project/conf/config.yaml': configOf(one), '/project/data/x.csv': one.data })
  const { result } = await run()
  const name = one.scoring ?? Object.keys(result.metrics)[0]
  const folds = result.details!.crossValidation!.folds.map(({ metrics }) => metrics[name])
  expect(folds.map(Number.isNaN)).toEqual(one.scores!.map(score => score === null))
  folds.forEach((score, k) => {
    if (one.scores![k] !== null) expect(score).toBeCloseTo(one.scores![k]!, 9)
  })
  expect(result.metrics[name]).toBeNaN()
  const said = events.flatMap(event => (event.type === 'log' && event.level === 'WARNING' ? [event.message.split('\n')[0]] : []))
  for (const warning of one.warnings.filter(text => /FitFailed|Scoring failed/.test(text))) {
    expect(said.some(text => /^conf\/config\.yaml:\d+:\d+: /.test(text) && text.endsWith(warning))).toBe(true)
  }
})

test.each(none.map(one => [one.config, one] as const))('%s: when no fold can be fitted the run ends', async (_, one) => {
  const { run } = project({ '/project/conf/config.yaml': configOf(one), '/project/data/x.csv': one.data })
  const { result, problems } = await run()
  expect(result.status).toBe('failed')
  expect({ code: problems[0].code, message: problems[0].message.split('\n')[0] }).toEqual({
    code: 'learn/fits-failed',
    message: one.error![1],
  })
  expect(problems[0].locations[0].path).toMatch(/conf\/config\.yaml$/)
})

test('a trial whose mean is not a number fails, and the study goes on', async () => {
  // The last of three folds takes all of one class with it.
  const rows = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1].map((label, i) => `${(i * 7) % 5},${i % 3},${label}`)
  const config =
    'n_trials: 3\ntask:\n  train: data/x.csv\n  target: y\n  cv: {_target_: sklearn.model_selection.KFold, n_splits: 3}\nstudy:\n  sampler: {_target_: optuna.samplers.RandomSampler, seed: 1}\n' +
    'model:\n  _target_: sklearn.linear_model.LogisticRegression\n  C: {_target_: optuna.distributions.FloatDistribution, low: 0.1, high: 1.0}\n'
  const { run, events } = project({ '/project/conf/config.yaml': config, '/project/data/x.csv': `a,b,y\n${rows.join('\n')}\n` })
  const { problems } = await run()
  expect(events.flatMap(event => (event.type === 'trial' ? [event.state] : []))).toEqual(['FAIL', 'FAIL', 'FAIL'])
  expect(problems[0].message).toBe('No trials are completed yet.')
})
