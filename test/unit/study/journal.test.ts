import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createStudy, JournalStorage, loadStudy, RandomSampler, TIE_SENSITIVE } from '../../../src/study/index.ts'
import { MemoryJournal } from './memory-journal.ts'
import { asDict, plain, type StoryVector, writeStory } from './storage-story.ts'

interface JournalVector extends StoryVector {
  readonly text: string
}
const vectorOf = (profile: string) =>
  JSON.parse(readFileSync(new URL(`../../oracle/optuna/vectors/journal-${profile}.json`, import.meta.url), 'utf8')) as JournalVector

const timed = (text: string) => text.replaceAll('"TIME', '"2026-11-24T01:02:03.000000')
const untimed = (text: string) => text.replace(/"\d{4}-\d\d-\d\dT[\d:.]+/g, '"TIME')
/** Continuous parameters are equal to 1e-11. */
const rounded = (text: string) => text.replace(/-?\d+\.\d{10,}(?:e-\d+)?/g, number => Number(number).toPrecision(11))

for (const profile of ['optuna-5', 'optuna-4.9'] as const) {
  describe(`a journal of ${profile}`, () => {
    const vector = vectorOf(profile)

    test('is read as Optuna reads it', () => {
      const study = loadStudy({ storage: new JournalStorage(new MemoryJournal(timed(vector.text))) })
      expect(study.studyName).toBe(vector.spec.name)
      expect(plain(study.userAttrs)).toEqual(vector.user_attrs)
      expect(study.trials.map(asDict)).toEqual(vector.trials)
    })

    test('is written as Optuna writes it, line for line', async () => {
      const file = new MemoryJournal()
      await writeStory(new JournalStorage(file, { profile, workerId: 'W' }), vector, profile)
      // Only our own mark on trials that a tie decided is more.
      const ours = rounded(untimed(file.text))
        .split('\n')
        .filter(line => !line.includes(TIE_SENSITIVE))
      expect(ours).toEqual(rounded(vector.text).split('\n'))
    })

    test('that is continued keeps the way in which it writes times', () => {
      const file = new MemoryJournal(timed(vector.text))
      loadStudy({ storage: new JournalStorage(file) }).ask()
      expect(file.lines.at(-1)).toMatch(profile === 'optuna-5' ? /"[\dT:.-]+\+00:00"\}$/ : /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}"\}$/)
    })
  })
}

const newStudy = (file: MemoryJournal) =>
  createStudy({ storage: new JournalStorage(file), studyName: 's', sampler: new RandomSampler({ seed: 1 }) })

describe('durability', () => {
  test('each finished trial is durable before the next one begins', async () => {
    const file = new MemoryJournal()
    const study = newStudy(file)
    const durableAtStart: number[] = []
    await study.optimize(
      trial => {
        durableAtStart.push(file.durable)
        const finished = file.lines.filter(line => line.includes('"op_code":6')).length
        expect(finished).toBe(trial.number)
        return trial.suggestFloat('x', 0, 1)
      },
      { nTrials: 5 },
    )
    expect(durableAtStart).toEqual([0, 1, 2, 3, 4])
  })

  test('a torn last line is cut before anything is written', async () => {
    const file = new MemoryJournal()
    await newStudy(file).optimize(trial => trial.suggestFloat('x', 0, 1), { nTrials: 3 })
    const whole = file.bytes
    for (let length = whole.length - 1; length > whole.length - 400; length -= 7) {
      const torn = new MemoryJournal()
      torn.bytes = whole.slice(0, length)
      const study = loadStudy({ storage: new JournalStorage(torn), sampler: new RandomSampler() })
      study.failRunning('the process died')
      await study.optimize(trial => trial.suggestFloat('x', 0, 1), { nTrials: 1 })
      const again = loadStudy({ storage: new JournalStorage(torn) })
      expect(again.trials.map(t => t.state)).toEqual(study.trials.map(t => t.state))
      expect(again.getTrials(['RUNNING'])).toEqual([])
      expect(torn.lines.every(line => JSON.parse(line))).toBe(true)
    }
  })

  test('a disk that is full in the middle of a trial loses nothing, and the trial can be written later', () => {
    const file = new MemoryJournal()
    const study = newStudy(file)
    const trial = study.ask()
    trial.suggestFloat('x', 0, 1)
    trial.setUserAttr('k', 'v')
    file.failure = { error: Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }), written: 250 }
    expect(() => study.tell(trial, 1)).toThrow('ENOSPC')
    expect(loadStudy({ storage: new JournalStorage(file) }).trials[0].state).toBe('RUNNING')
    study.storage.flush()
    const again = loadStudy({ storage: new JournalStorage(file) }).trials[0]
    expect([again.state, again.values, again.userAttrs.get('k')]).toEqual(['COMPLETE', [1], 'v'])
  })

  test('trials of a dead process are failed with the reason', async () => {
    const file = new MemoryJournal()
    newStudy(file).ask()
    const study = loadStudy({ storage: new JournalStorage(file) })
    expect(study.failRunning('process 42 is gone')).toEqual([0])
    const again = loadStudy({ storage: new JournalStorage(file) }).trials[0]
    expect([again.state, again.systemAttrs.get('fitwright:fail_reason')]).toEqual(['FAIL', 'process 42 is gone'])
  })
})

describe('several writers of one journal', () => {
  test('number their trials without gaps and see each other', () => {
    const file = new MemoryJournal()
    const ours = newStudy(file)
    const theirs = loadStudy({ storage: new JournalStorage(file) })
    const [a, b, c] = [ours.ask(), theirs.ask(), ours.ask()]
    expect([a.number, b.number, c.number]).toEqual([0, 1, 2])
    for (const [study, trial] of [
      [theirs, b],
      [ours, a],
      [ours, c],
    ] as const) {
      trial.suggestInt('n', 1, 100)
      study.tell(trial, trial.number)
    }
    ours.storage.sync()
    theirs.storage.sync()
    expect(theirs.trials.map(t => t.values)).toEqual([[0], [1], [2]])
    expect(ours.trials.map(t => [...t.params])).toEqual(theirs.trials.map(t => [...t.params]))
  })

  test('of two that claim one waiting trial only the first gets it', () => {
    const file = new MemoryJournal()
    const ours = newStudy(file)
    const theirs = loadStudy({ storage: new JournalStorage(file) })
    ours.enqueueTrial({ x: 0.5 })
    expect([theirs.ask().number, ours.ask().number]).toEqual([0, 1])
  })

  test('who tells a trial that another one failed meanwhile learns it, and the file wins', () => {
    const file = new MemoryJournal()
    const ours = newStudy(file)
    const trial = ours.ask()
    trial.suggestFloat('x', 0, 1)
    loadStudy({ storage: new JournalStorage(file) }).failRunning('taken for dead')
    expect(() => ours.tell(trial, 1)).toThrow('Trial#0 has already finished and can not be updated.')
    expect(ours.trials[0].state).toBe('FAIL')
    expect(ours.ask().number).toBe(1)
  })

  test('an attribute that another one sets on a running trial is kept beside our own', () => {
    const file = new MemoryJournal()
    const ours = newStudy(file)
    const trial = ours.ask()
    trial.setUserAttr('mine', 1)
    const other = new JournalStorage(file)
    other.setTrialUserAttr(trial.trialId, 'theirs', 2)
    other.flush()
    ours.tell(trial, 3)
    ours.storage.sync()
    expect(Object.fromEntries(ours.trials[0].userAttrs)).toEqual({ theirs: 2, mine: 1 })
    expect(ours.trials[0].values).toEqual([3])
  })
})

describe('what is accepted and what is refused', () => {
  const create = '{"op_code":0,"worker_id":"W","study_name":"s","directions":[1]}\n'
  const trial = '{"op_code":4,"worker_id":"W","study_id":0,"datetime_start":"2026-01-01T00:00:00.5Z"}\n'
  const read = (text: string) => new JournalStorage(new MemoryJournal(text))

  test('CRLF, a byte order mark, unknown fields, op 10, unknown studies and trials, and any offset are read', () => {
    const text = `\ufeff${create.replace('\n', '\r\n')}{"op_code":10,"x":1}\n{"op_code":1,"worker_id":"V","study_id":7}\n${trial}{"op_code":8,"worker_id":"V","trial_id":9,"user_attr":{"k":1}}\n`
    const storage = read(text)
    expect(storage.trials(0)[0].datetimeStart?.toISOString()).toBe('2026-01-01T00:00:00.500Z')
  })

  test.each([
    ['a blank line', `${create}\n${trial}`],
    ['a line torn in the middle', `${create}{"op_code":4,"wor${trial}${trial}`],
    ['an unknown operation', `${create}{"op_code":11,"worker_id":"W"}\n`],
    ['two keys in one attribute', `${create}{"op_code":2,"worker_id":"W","study_id":0,"user_attr":{"a":1,"b":2}}\n`],
    [
      'an index beyond the choices',
      `${create}${trial}{"op_code":5,"worker_id":"W","trial_id":0,"param_name":"c","param_value_internal":2,"distribution":"{\\"name\\": \\"CategoricalDistribution\\", \\"attributes\\": {\\"choices\\": [1, 2]}}"}\n`,
    ],
  ])('%s is refused with its place in the file', (_, text) => {
    const failure = () => read(text)
    expect(failure).toThrow('Invalid log format.')
    try {
      failure()
    } catch (error) {
      const { offset } = (error as { details: { offset: number } }).details
      expect([0, text.length].includes(offset)).toBe(false)
      expect(text[offset - 1]).toBe('\n')
    }
  })

  test('nothing is written after a last line that cannot be read', () => {
    const file = new MemoryJournal(`${create}garbage\n`)
    const study = loadStudy({ storage: new JournalStorage(file) })
    expect(() => study.ask()).toThrow('Invalid log format.')
    expect(file.text).toBe(`${create}garbage\n`)
  })

  test('keys such as __proto__ are data', () => {
    const line = '{"op_code":2,"worker_id":"W","study_id":0,"user_attr":{"__proto__":{"x":1}}}\n'
    expect([
      ...read(create + line)
        .studyUserAttrs(0)
        .keys(),
    ]).toEqual(['__proto__'])
  })

  test('a parameter set twice has its second value', () => {
    const param = (value: string) =>
      `{"op_code":5,"worker_id":"W","trial_id":0,"param_name":"x","param_value_internal":${value},"distribution":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": 0.0, \\"high\\": 1.0, \\"log\\": false}}"}\n`
    expect(
      read(create + trial + param('0.25') + param('0.5'))
        .trials(0)[0]
        .params.get('x'),
    ).toBe(0.5)
  })
})
