import { expect, test } from 'vitest'
import {
  bestValueStagnation,
  convertStorage,
  copyStudy,
  createStudy,
  deleteStudy,
  InMemoryStorage,
  JournalStorage,
  maxTrialsCallback,
  RandomSampler,
  retriedTrialNumber,
  retryFailedTrial,
  retryHistory,
  type Study,
  studySummaries,
  targetValue,
} from '../../../src/study/index.ts'
import { MemoryJournal } from './memory-journal.ts'

const ran = async (study: Study, callbacks: Parameters<Study['optimize']>[1], values: readonly number[]) => {
  await study.optimize(trial => values[trial.number], { nTrials: values.length, ...callbacks })
  return study.trials.length
}

test('a study ends at so many trials of given states, whoever ran them', async () => {
  const study = createStudy()
  study.tell(study.ask(), 1)
  expect(await ran(study, { callbacks: [maxTrialsCallback(3)] }, [0, 1, 2, 3, 4])).toBe(3)
  expect(() => maxTrialsCallback(0)).toThrow('n_trials must be a positive integer')
})

test('a study ends when its best value has not improved for longer than allowed', async () => {
  const values = [5, 4, 4, 4, 4, 4, 3]
  // Three trials without a better one are allowed; the fourth ends it.
  expect(await ran(createStudy(), { callbacks: [bestValueStagnation({ maxStagnationTrials: 3, minNTrials: 1 })] }, values)).toBe(6)
  expect(await ran(createStudy(), { callbacks: [bestValueStagnation({ maxStagnationTrials: 3 })] }, values)).toBe(7)
  const upwards = createStudy({ direction: 'maximize' })
  expect(await ran(upwards, { callbacks: [bestValueStagnation({ maxStagnationTrials: 1, minNTrials: 1 })] }, [1, 2, 3, 3, 3, 3])).toBe(5)
  expect(() => bestValueStagnation({ maxStagnationTrials: -1 })).toThrow('must not be negative')
})

test('a study ends when a value is good enough', async () => {
  expect(await ran(createStudy(), { callbacks: [targetValue(2)] }, [5, 2, 1])).toBe(2)
  expect(await ran(createStudy({ direction: 'maximize' }), { callbacks: [targetValue(5)] }, [5, 2, 1])).toBe(1)
})

test('a failed trial is queued again with its parameters, as often as allowed', async () => {
  const study = createStudy({ sampler: new RandomSampler({ seed: 1 }) })
  const retry = retryFailedTrial({ maxRetry: 2 })
  const seen: number[] = []
  await study.optimize(
    trial => {
      seen.push(trial.suggestFloat('x', 0, 1))
      throw new RangeError('no')
    },
    {
      nTrials: 4,
      catch: true,
      callbacks: [
        (study, trial) => {
          retry(study, trial)
        },
      ],
    },
  )
  // The first, its two retries, and then a new one.
  expect(new Set(seen.slice(0, 3)).size).toBe(1)
  expect(seen[3]).not.toBe(seen[0])
  expect(retriedTrialNumber(study.trials[2])).toBe(0)
  expect(retryHistory(study.trials[2])).toEqual([0, 1])
})

test('a study is copied with its attributes and trials into another kind of storage', () => {
  const from = new InMemoryStorage()
  const study = createStudy({ storage: from, studyName: 's', directions: ['minimize', 'maximize'] })
  study.setUserAttr('note', { a: 1 })
  study.setMetricNames(['loss', 'gain'])
  study.tell(study.ask(), [1, 2])
  study.enqueueTrial({ x: 0.5 })
  const file = new MemoryJournal()
  const to = new JournalStorage(file)
  expect(convertStorage(from, to)).toEqual([{ name: 's', trials: 2 }])
  copyStudy({ fromStudyName: 's', fromStorage: to, toStorage: to, toStudyName: 'again' })
  const again = new JournalStorage(new MemoryJournal(file.text))
  for (const { studyId, directions } of again.studies()) {
    expect(directions).toEqual(['minimize', 'maximize'])
    expect(Object.fromEntries(again.studyUserAttrs(studyId))).toEqual({ note: { a: 1 } })
    expect(again.trials(studyId).map(({ state, values }) => [state, values])).toEqual([
      ['COMPLETE', [1, 2]],
      ['WAITING', null],
    ])
  }
  expect(studySummaries(again).map(({ studyName, nTrials }) => [studyName, nTrials])).toEqual([
    ['again', 2],
    ['s', 2],
  ])
  expect(() => copyStudy({ fromStudyName: 's', fromStorage: from, toStorage: to })).toThrow("'s' already exists")
  deleteStudy({ storage: again, studyName: 's' })
  expect(again.studies().map(({ name }) => name)).toEqual(['again'])
})

test('several trials run at once when the objective waits, each is told once, and an unknown option is refused', async () => {
  const study = createStudy({ sampler: new RandomSampler({ seed: 1 }) })
  let running = 0
  let most = 0
  await study.optimize(
    async trial => {
      most = Math.max(most, ++running)
      const x = trial.suggestFloat('x', 0, 1)
      await Promise.resolve()
      running--
      return x
    },
    { nTrials: 10, nJobs: 3 },
  )
  expect(most).toBe(3)
  expect(study.countStates().COMPLETE).toBe(10)
  await expect(study.optimize(() => 1, { n_trials: 3 } as never)).rejects.toThrow("got an unexpected keyword argument 'n_trials'")
})
