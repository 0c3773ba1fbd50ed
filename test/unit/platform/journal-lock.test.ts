import { readdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { withJournalLock } from '../../../src/platform/journal-lock.ts'
import { openNodeJournal } from '../../../src/platform/node-journal.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Time that passes only while someone sleeps. */
function sleepingClock(atEachSleep: (ms: number) => void = () => {}) {
  let time = 0
  const slept: number[] = []
  return {
    slept,
    timing: {
      graceMs: 30_000,
      now: () => time,
      sleep: (ms: number) => {
        time += ms
        slept.push(ms)
        atEachSleep(ms)
      },
    },
  }
}

test('the lock is a file beside the journal that names its owner, and is gone afterwards', () => {
  const journal = join(temporaryFolder(), 'optuna-journal.log')
  writeFileSync(journal, '')
  withJournalLock(journal, () => expect(readFileSync(`${journal}.lock`, 'utf8')).toContain(`fitwright ${process.pid} `))
  expect(readdirSync(join(journal, '..'))).toEqual(['optuna-journal.log'])
})

test('who finds the lock taken waits, doubling from one millisecond to one second', () => {
  const journal = join(temporaryFolder(), 'optuna-journal.log')
  writeFileSync(journal, '')
  writeFileSync(`${journal}.lock`, '')
  const { timing, slept } = sleepingClock(() => slept.length === 12 && unlinkSync(`${journal}.lock`))
  expect(withJournalLock(journal, () => 'done', timing)).toBe('done')
  expect(slept).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 1000])
})

test('a lock that nobody touches for thirty seconds is taken over', () => {
  const journal = join(temporaryFolder(), 'optuna-journal.log')
  writeFileSync(journal, '')
  symlinkSync(journal, `${journal}.lock`)
  const { timing, slept } = sleepingClock()
  withJournalLock(journal, () => {}, timing)
  const waited = slept.reduce((a, b) => a + b)
  expect(waited).toBeGreaterThan(30_000)
  expect(waited).toBeLessThan(32_000)
  expect(readdirSync(join(journal, '..'))).toEqual(['optuna-journal.log'])
})

test('a lock of a dead process on this host is taken over at once, one of another host is not', () => {
  const journal = join(temporaryFolder(), 'optuna-journal.log')
  const { timing, slept } = sleepingClock()
  // No process has this number.
  writeFileSync(`${journal}.lock`, `fitwright 2147483647 - ${hostname()}`)
  withJournalLock(journal, () => {}, timing)
  expect(slept).toEqual([])
  writeFileSync(`${journal}.lock`, 'fitwright 2147483647 - elsewhere')
  const told: string[] = []
  withJournalLock(journal, () => {}, { ...timing, onWait: message => told.push(message) })
  expect(slept.reduce((a, b) => a + b)).toBeGreaterThan(30_000)
  expect(told).toEqual([expect.stringContaining('which another program holds')])
  expect(readdirSync(join(journal, '..'))).toEqual([])
})

test('the lock of a living process is waited for', () => {
  const journal = join(temporaryFolder(), 'optuna-journal.log')
  const { timing, slept } = sleepingClock(() => slept.length === 3 && unlinkSync(`${journal}.lock`))
  writeFileSync(`${journal}.lock`, `fitwright ${process.ppid} - ${hostname()}`)
  withJournalLock(journal, () => {}, timing)
  expect(slept).toEqual([1, 2, 4])
})

test('the lock is given back when the work fails', () => {
  const journal = join(temporaryFolder(), 'optuna-journal.log')
  expect(() =>
    withJournalLock(journal, () => {
      throw new Error('full')
    }),
  ).toThrow('full')
  expect(readdirSync(join(journal, '..'))).toEqual([])
})

test('a journal grows by whole lines, is read from an offset and can be cut', () => {
  const path = join(temporaryFolder(), 'optuna-journal.log')
  const journal = openNodeJournal(path)
  expect(journal.read(0)).toHaveLength(0)
  journal.append('{"a":1}\n', true)
  journal.append('{"b":2}\n{"c"', false)
  expect(Buffer.from(journal.read(8)).toString()).toBe('{"b":2}\n{"c"')
  journal.truncate(16)
  journal.append('{"d":3}\n', true)
  journal.close()
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n{"b":2}\n{"d":3}\n')
  expect(readdirSync(join(path, '..'))).toEqual([basename(path)])
})

test('a journal whose folder was removed says so at the next write', () => {
  const journal = openNodeJournal(join(temporaryFolder(), 'gone', 'optuna-journal.log'))
  expect(() => journal.append('{}\n', true)).toThrowError(expect.objectContaining({ code: 'ENOENT' }))
})
