import { expect, test } from 'vitest'
import { announcement } from '../../../src/panel/announcement.ts'
import { applyEvent, applyEvents, initialChoices, type PanelState, reduce } from '../../../src/panel/panel-state.ts'
import type { RunSnapshot } from '../../../src/protocol.ts'
import type { RunEvent } from '../../../src/run/events.ts'
import { titanicResult, titanicSnapshot, titanicTrials } from './titanic-study.ts'

const time = '2026-11-23T14:02:32.000Z'
const running: RunSnapshot = { ...titanicSnapshot, trials: [], result: { ...titanicResult, status: 'running', seconds: undefined } }
const state: PanelState = { gone: false, choices: initialChoices, snapshot: running }
const trialEvent = (number: number): RunEvent => {
  const { state, values, params } = titanicTrials[number]
  return { time, type: 'trial', number, state, values, params, seconds: 0.02 }
}
const withEvents = (...events: RunEvent[]) => reduce(state, { type: 'events', events }).snapshot!

test('trials of the event stream come into the table in order of their numbers', () => {
  const { trials } = withEvents(trialEvent(1), trialEvent(0), trialEvent(2), trialEvent(1))
  expect(trials.map(t => t.number)).toEqual([0, 1, 2])
})

test('progress is kept until the run ends', () => {
  const progress: RunEvent = { time, type: 'progress', done: 97, total: 100, unit: 'trials', perSecond: 52 }
  expect(withEvents(progress).progress).toEqual({ done: 97, total: 100, unit: 'trials', perSecond: 52 })
  const ended = withEvents(progress, { time, type: 'finished', status: 'cancelled', seconds: 1.5 })
  expect(ended.progress).toBeUndefined()
  expect(ended.result).toMatchObject({ status: 'cancelled', seconds: 1.5, finishedAt: time })
})

test('a log event becomes a line as the log file has it', () => {
  const { log } = withEvents({ time, type: 'log', level: 'INFO', logger: '__main__', message: 'hello' })
  expect(log).toMatch(/^\[2026-11-\d\d \d\d:\d\d:\d\d,000\]\[__main__\]\[INFO\] - hello\n$/)
})

test('jobs of a sweep replace what was known of them', () => {
  const job = { time, type: 'job', number: 0, runDir: '/p/multirun/0', overrides: ['+models=rf'] } as const
  const { result } = withEvents({ ...job, status: 'running' }, { ...job, status: 'completed', metrics: { accuracy: 0.8 } })
  expect(result.jobs).toEqual([
    { number: 0, dir: '/p/multirun/0', status: 'completed', overrides: ['+models=rf'], metrics: { accuracy: 0.8 } },
  ])
})

test('events before the first snapshot are dropped: the snapshot has them', () => {
  expect(reduce({ gone: false, choices: initialChoices }, { type: 'events', events: [trialEvent(0)] }).snapshot).toBeUndefined()
})

test('only the run that was deleted is gone', () => {
  expect(reduce(state, { type: 'gone', runDir: '/another' }).gone).toBe(false)
  expect(reduce(state, { type: 'gone', runDir: running.runDir }).gone).toBe(true)
})

test('the state before is left as it was', () => {
  const before = JSON.stringify(running)
  applyEvent(running, trialEvent(0))
  expect(JSON.stringify(running)).toBe(before)
})

test('a screen reader is told each tenth of the way and the end, nothing in between', () => {
  const at = (done: number): RunSnapshot => ({
    ...running,
    trials: titanicTrials.slice(0, done),
    progress: { done, total: 100, unit: 'trials' },
  })
  expect(announcement(at(11), at(12))).toBe('')
  expect(announcement(at(19), at(20))).toBe('20 of 100 trials. Best accuracy 0.7713, trial 10.')
  expect(announcement(at(100), titanicSnapshot)).toBe('complex · Multi Random Forest completed. Best accuracy 0.7892, trial 91.')
})

test('events together do what they do one by one, whatever the order of the trials', () => {
  const trial = (number: number, value: number): RunEvent => ({
    time: '2026-11-23T14:02:31Z',
    type: 'trial',
    number,
    state: 'COMPLETE',
    values: [value],
    params: { C: value },
    seconds: 0.1,
  })
  const log: RunEvent = { time: '2026-11-23T14:02:31Z', type: 'log', level: 'INFO', logger: 'run', message: 'half way' }
  const events = [trial(100, 0.1), trial(101, 0.2), log, trial(103, 0.4), trial(102, 0.3), trial(101, 0.5), trial(104, 0.6), log]
  expect(applyEvents(titanicSnapshot, events)).toEqual(events.reduce(applyEvent, titanicSnapshot))
})
