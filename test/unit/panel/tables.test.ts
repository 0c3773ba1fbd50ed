import { expect, test } from 'vitest'
import { configLines } from '../../../src/panel/composed-lines.ts'
import { asText, type Column, sorted, windowOf } from '../../../src/panel/data-table.ts'
import { formatMoment, formatParam, formatSeconds, formatValue } from '../../../src/panel/format.ts'
import { differingKeys } from '../../../src/panel/job-keys.ts'
import { logParts } from '../../../src/panel/log-line.ts'
import { rowFilter } from '../../../src/panel/row-filter.ts'
import { titanicTrials } from './titanic-study.ts'

const cellOf = (t: (typeof titanicTrials)[number]) => (column: string) =>
  column === 'value' ? t.values?.[0] : column === 'state' ? t.state : t.params[column]
const count = (expression: string) => {
  const holds = rowFilter(expression)
  return titanicTrials.filter(t => holds(cellOf(t), () => [t.state, ...Object.values(t.params)])).length
}

test('a filter compares numbers and texts, and all its parts must hold', () => {
  const by = (test: (t: (typeof titanicTrials)[number]) => boolean) => titanicTrials.filter(test).length
  expect(count('value > 0.78, max_depth = 10')).toBe(by(t => t.values![0] > 0.78 && t.params.max_depth === 10))
  expect(count('imp_num = median')).toBe(by(t => t.params.imp_num === 'median'))
  expect(count('imp_num != median')).toBe(by(t => t.params.imp_num !== 'median'))
  expect(count('min_samples_split = 0.3')).toBe(by(t => Math.abs((t.params.min_samples_split as number) - 0.3) < 1e-9))
  expect(count('missing')).toBe(by(t => t.params.imp_cat === 'missing'))
})

test('a part that is still being typed hides nothing; a column that is not there hides all', () => {
  expect(count('value >')).toBe(100)
  expect(count('')).toBe(100)
  expect(count('nothing = 1')).toBe(0)
})

const columns: Column<{ a: unknown; b: string }>[] = [
  { id: 'a', title: 'A', value: row => row.a },
  { id: 'b', title: 'B', value: row => row.b },
]
const rows = [
  { a: 10, b: 'ten' },
  { a: null, b: 'none' },
  { a: 9, b: 'nine' },
  { a: Number.NaN, b: 'nan' },
]

test('rows sort by size, missing cells last in both orders', () => {
  expect(sorted(rows, columns, { column: 'a', descending: false }).map(r => r.b)).toEqual(['nine', 'ten', 'none', 'nan'])
  expect(sorted(rows, columns, { column: 'a', descending: true }).map(r => r.b)).toEqual(['ten', 'nine', 'none', 'nan'])
  expect(sorted(rows, columns, undefined)).toBe(rows)
})

test('a table copies as tab-separated text', () => {
  expect(asText(columns, rows.slice(0, 2))).toBe('A\tB\n10\tten\n\tnone\n')
})

test('a long table draws only what is in view', () => {
  expect(windowOf(100, 0, 500)).toEqual({ from: 0, to: 100 })
  const { from, to } = windowOf(10_000, 26 * 5000, 520)
  expect(from).toBeLessThanOrEqual(5000)
  expect(to).toBeGreaterThanOrEqual(5020)
  expect(to - from).toBeLessThan(60)
})

test('a composed config shows the keys above what is found', () => {
  const config = 'target: Survived\nmodels:\n  name: Forest\n  type:\n    depth: 5\n    trees: 7\n'
  const origins = [{ line: 5, path: '/p/conf/models/rf.yaml', at: 4, column: 5, text: 'models/rf.yaml:4' }]
  expect(configLines(config, origins, 'depth').map(l => [l.number, l.hit])).toEqual([
    [2, false],
    [4, false],
    [5, true],
  ])
  expect(configLines(config, origins, 'rf.yaml').map(l => l.number)).toEqual([2, 4, 5])
  expect(configLines(config, origins, '')).toHaveLength(6)
  expect(configLines(config, origins, '')[4]).toMatchObject({ indent: '    ', key: 'depth:', rest: ' 5', origin: origins[0] })
})

test('places in a log line become links', () => {
  expect(logParts('see conf/models/lr.yaml:4:3 and data/a.csv:12')).toEqual([
    { text: 'see ' },
    { text: 'conf/models/lr.yaml:4:3', location: { path: 'conf/models/lr.yaml', line: 4, column: 3 } },
    { text: ' and ' },
    { text: 'data/a.csv:12', location: { path: 'data/a.csv', line: 12, column: 1 } },
  ])
  expect(logParts('[2026-11-23 14:02:31,120][main][INFO] - ok')).toHaveLength(1)
})

test('numbers read as a person writes them', () => {
  expect([0.78923, 12.3456, 1e-5, 0, 100, Number.NaN].map(formatValue)).toEqual(['0.7892', '12.35', '1.000e-5', '0', '100', 'nan'])
  expect([0.30000000000000004, 140, true, null, 'mean'].map(formatParam)).toEqual(['0.3', '140', 'true', 'null', 'mean'])
  expect([0.0191, 0.21, 61, 7500].map(formatSeconds)).toEqual(['19 ms', '0.2 s', '1 min 01 s', '2 h 05 min'])
})

test('moments are told from today', () => {
  const now = new Date(2026, 10, 23, 18, 0)
  expect(formatMoment(new Date(2026, 10, 23, 14, 2, 31).toISOString(), now)).toBe('today 14:02:31')
  expect(formatMoment(new Date(2026, 10, 22, 23, 59, 59).toISOString(), now)).toBe('yesterday 23:59:59')
  expect(formatMoment(new Date(2026, 9, 1, 9, 0, 0).toISOString(), now)).toBe('2026-10-01 09:00:00')
})

test('a sweep shows only the keys that differ', () => {
  const job = (number: number, ...overrides: string[]) =>
    ({ number, dir: String(number), status: 'completed', overrides, metrics: {} }) as const
  expect(differingKeys([job(0, '+models=lr', 'seed=1'), job(1, '+models=rf', 'seed=1')])).toEqual(['models'])
  expect(differingKeys([job(0, '+models=lr'), job(1, '+models=lr', 'C=2')])).toEqual(['C'])
})
