import { expect, test } from 'vitest'
import { withEvent } from '../../../src/extension/live-run.ts'
import {
  answerOf,
  contextValue,
  groupOf,
  itemDescription,
  itemLabel,
  runMarkdown,
  shellOverrides,
} from '../../../src/extension/run-item.ts'
import { readPredictions } from '../../../src/extension/snapshot.ts'
import type { RunEvent, RunResult, RunSummary } from '../../../src/run/events.ts'
import { titanicResult } from '../panel/titanic-study.ts'

const best = { number: 91, value: 0.7892376681614349, params: { max_depth: 10 } }
const study: RunResult = { ...titanicResult, study: { ...titanicResult.study!, best } }
const single: RunResult = {
  ...titanicResult,
  kind: 'run',
  study: undefined,
  title: 'complex · Random Forest',
  seconds: 0.2,
  metrics: { accuracy: 0.7937219730941704 },
}
const summary = (result: RunResult): RunSummary => ({
  runDir: '/p/outputs/2026-11-23/14-02-31',
  id: 'outputs/2026-11-23/14-02-31',
  result,
  children: [],
})

test('a list shows the number that counts', () => {
  expect(itemLabel(single)).toBe('complex · Random Forest')
  expect(itemDescription(single, undefined)).toBe('accuracy 0.7937 · 0.2 s')
  expect(itemLabel(study)).toBe('study complex · Multi Random Forest')
  expect(itemDescription(study, undefined)).toBe('best 0.7892 · 1.9 s')
})

test('a failed run shows the first line of its problem', () => {
  const problem = { code: 'x', severity: 'error', message: "target column 'Surived' is not in the data\nmore", locations: [] } as const
  expect(itemDescription({ ...single, status: 'failed', problem }, undefined)).toBe("target column 'Surived' is not in the data")
})

test('a stopped study says how far it came', () => {
  const stopped: RunResult = { ...study, status: 'cancelled', study: { ...study.study!, states: { COMPLETE: 40 } } }
  expect(itemDescription(stopped, undefined)).toBe('best 0.7892 · stopped · 40/100 · 1.9 s')
})

test('a sweep names its best job by what is its own', () => {
  const jobs = ['lr', 'rf'].map((model, number) => ({
    number,
    dir: String(number),
    status: 'completed' as const,
    overrides: ['seed=1', `+models=${model}`],
    metrics: { accuracy: 0.7 + number / 10 },
  }))
  expect(answerOf({ ...single, kind: 'sweep', overrides: ['seed=1', '+models=lr,rf'], jobs })).toBe('best rf 0.8000')
})

test('a live study shows its best value, its way and the time left', () => {
  const time = '2026-11-23T14:02:32.000Z'
  const events: RunEvent[] = [
    {
      time,
      type: 'started',
      kind: 'study',
      runDir: '/p',
      title: 't',
      configName: 'config',
      overrides: [],
      metric: 'accuracy',
      direction: 'maximize',
      nTrials: 100,
    },
    { time, type: 'trial', number: 0, state: 'COMPLETE', values: [0.7], params: {}, seconds: 0.1 },
    { time, type: 'trial', number: 1, state: 'COMPLETE', values: [0.6], params: {}, seconds: 0.1 },
    { time, type: 'trial', number: 2, state: 'FAIL', values: null, params: {}, seconds: 0.1 },
    { time, type: 'progress', done: 3, total: 100, unit: 'trials', perSecond: 10 },
  ]
  const live = events.reduce(withEvent, undefined)
  expect(live?.best).toEqual({ number: 0, value: 0.7, params: {} })
  expect(itemDescription({ ...study, status: 'running' }, live)).toBe('best 0.7000 · 3/100 · 9.7 s left')
})

test('runs stand under their day, config or kind', () => {
  const run = summary({ ...single, startedAt: new Date(2026, 10, 23, 9).toISOString() })
  expect(groupOf(run, 'day', new Date(2026, 10, 23, 20))).toBe('Today')
  expect(groupOf(run, 'day', new Date(2026, 10, 24, 0, 1))).toBe('Yesterday')
  expect(groupOf(run, 'day', new Date(2026, 11, 24))).toBe('2026-11-23')
  expect(groupOf(run, 'config', new Date())).toBe('conf/config.yaml')
  expect(groupOf(run, 'study', new Date())).toBe('Runs')
})

test('what menus ask for', () => {
  expect(contextValue(summary(study), { starred: true })).toBe('study:completed:starred')
  const place = { path: '/p', line: 1, column: 1, endLine: 1, endColumn: 2 }
  const problem = { code: 'x', severity: 'error', message: 'm', locations: [place] } as const
  expect(contextValue(summary({ ...single, status: 'failed', problem }), { starred: false })).toBe('run:failed:problem')
})

test('overrides are copied as a shell takes them', () => {
  expect(shellOverrides(['+models=rf', 'a=[1, 2]', "b='x'"])).toBe(`+models=rf 'a=[1, 2]' 'b='\\''x'\\'''`)
})

test('a run as Markdown', () => {
  expect(runMarkdown(summary(study))).toContain('| best accuracy | 0.7892376681614349 (trial 91 of 100) |')
})

test('predictions come with the wrong ones first', () => {
  const read = readPredictions('row,y_true,y_pred,proba_0\n0,1,1,0.2\n1,0,1,0.4\n2,"a,b","a,b",1\n')
  expect(read?.curves).toEqual([])
  expect(read?.predictions).toEqual({
    columns: ['row', 'y_true', 'y_pred', 'proba_0'],
    rows: [
      ['1', '0', '1', '0.4'],
      ['0', '1', '1', '0.2'],
      ['2', 'a,b', 'a,b', '1'],
    ],
    total: 3,
    wrong: 1,
  })
})
