import { expect, test } from 'vitest'
import { createStudy, JournalStorage, RandomSampler, StudyError } from '../../../src/study/index.ts'
import { MemoryJournal } from './memory-journal.ts'

const VALUE = (number: number) => number * 0.5 + 0.25

/** A journal, and after which byte each trial was told. */
function written(nTrials: number): { readonly bytes: Uint8Array; readonly told: readonly number[] } {
  const file = new MemoryJournal()
  const study = createStudy({ storage: new JournalStorage(file), studyName: 's', sampler: new RandomSampler({ seed: 1 }) })
  const told: number[] = []
  for (let i = 0; i < nTrials; i++) {
    const trial = study.ask()
    trial.suggestFloat('x', 0, 1)
    trial.suggestCategorical('c', ['a', 'ü', null])
    trial.report(0.5, 1)
    study.tell(trial, VALUE(trial.number))
    told.push(file.bytes.length)
  }
  return { bytes: file.bytes, told }
}

test('a process may die after any byte: what was told is there once, and the study goes on to its end', () => {
  const { bytes, told } = written(4)
  for (let end = 0; end <= bytes.length; end++) {
    const file = new MemoryJournal()
    file.bytes = bytes.slice(0, end)
    const study = createStudy({
      storage: new JournalStorage(file),
      studyName: 's',
      loadIfExists: true,
      sampler: new RandomSampler({ seed: 2 }),
    })
    const before = told.filter(at => at <= end).length
    // A trial is told when its last line is whole, one byte before the newline of the next append can be missing.
    expect(study.countStates().COMPLETE, `after ${end} bytes`).toBeGreaterThanOrEqual(before)
    study.failRunning('killed')
    while (study.countStates().COMPLETE < 6) {
      const trial = study.ask()
      trial.suggestFloat('x', 0, 1)
      study.tell(trial, VALUE(trial.number))
    }
    const again = new JournalStorage(new MemoryJournal(file.text))
    const trials = again.trials(0)
    expect(trials.map(trial => trial.number)).toEqual(trials.map((_, i) => i))
    expect(trials.filter(trial => trial.state === 'COMPLETE').map(trial => trial.values![0])).toEqual(
      trials.filter(trial => trial.state === 'COMPLETE').map(trial => VALUE(trial.number)),
    )
    expect(trials.filter(trial => trial.state === 'COMPLETE').length).toBe(6)
    expect(trials.some(trial => trial.state === 'RUNNING')).toBe(false)
  }
})

test('two processes on one journal lose and double nothing, whichever of them stops after whichever step', () => {
  for (let stop = 1; stop < 12; stop++) {
    const file = new MemoryJournal()
    const open = () => createStudy({ storage: new JournalStorage(file), studyName: 's', loadIfExists: true, sampler: new RandomSampler() })
    const [one, other] = [open(), open()]
    const told = new Set<number>()
    let steps = 0
    for (let i = 0; i < 4; i++) {
      const trial = other.ask()
      if (++steps < stop) {
        const mine = one.ask()
        if (++steps < stop) {
          one.tell(mine, VALUE(mine.number))
          told.add(mine.number)
          steps++
        }
      }
      other.tell(trial, VALUE(trial.number))
      told.add(trial.number)
    }
    const { trials } = open()
    expect(trials.map(trial => trial.number)).toEqual(trials.map((_, i) => i))
    expect(trials.filter(trial => trial.state === 'COMPLETE').map(trial => trial.number)).toEqual([...told].sort((a, b) => a - b))
  }
})

test('a full disk says so once, and everything told before is still there', () => {
  const file = new MemoryJournal()
  const study = createStudy({ storage: new JournalStorage(file), studyName: 's', sampler: new RandomSampler({ seed: 1 }) })
  study.tell(study.ask(), 1)
  const trial = study.ask()
  trial.suggestFloat('x', 0, 1)
  file.failure = { error: Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), written: 7 }
  expect(() => study.tell(trial, 2)).toThrow('ENOSPC')
  const again = createStudy({ storage: new JournalStorage(new MemoryJournal(file.text)), studyName: 's', loadIfExists: true })
  expect(again.trials.map(({ state, values }) => [state, values])).toEqual([
    ['COMPLETE', [1]],
    ['RUNNING', null],
  ])
})

test('a clock that jumps back only shows in the times', () => {
  const file = new MemoryJournal()
  let now = new Date(Date.UTC(2026, 0, 2))
  const study = createStudy({ storage: new JournalStorage(file, { now: () => now }), studyName: 's' })
  const trial = study.ask()
  now = new Date(Date.UTC(2025, 0, 1))
  study.tell(trial, 1)
  const again = new JournalStorage(new MemoryJournal(file.text))
  expect(again.trials(0)[0].datetimeComplete).toEqual(now)
  expect(again.trials(0)[0].state).toBe('COMPLETE')
})

test('a garbage line is told with its place in the file, and nothing is written', () => {
  const { bytes } = written(2)
  const text = new TextDecoder().decode(bytes)
  const [first, ...rest] = text.split('\n')
  const file = new MemoryJournal([first, '!!! not JSON', ...rest].join('\n'))
  const before = file.text
  let caught: StudyError | undefined
  try {
    new JournalStorage(file)
  } catch (error) {
    caught = error as StudyError
  }
  expect(caught).toBeInstanceOf(StudyError)
  expect(caught!.code).toBe('study/journal-damaged')
  expect(caught!.details.offset).toBe(first.length + 1)
  expect(file.text).toBe(before)
})
