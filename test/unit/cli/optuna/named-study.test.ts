import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { studyCommand } from '../../../../src/cli/study-command.ts'

const { journal, outputs, csv } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../oracle/optuna-cli/vectors/outputs.json'), 'utf8'),
) as { journal: string; outputs: Readonly<Record<string, string>>; csv: string }
const folder = mkdtempSync(join(tmpdir(), 'fitwright-named-'))
const file = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the command prints, as a user types it; the journal is one that Optuna wrote. */
async function fitwright(...args: string[]): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  const kept = { out: process.stdout.write, err: process.stderr.write }
  const texts = { out: '', err: '' }
  const keep = (stream: 'out' | 'err') => (text: string) => {
    texts[stream] += text
    return true
  }
  process.stdout.write = keep('out') as typeof process.stdout.write
  process.stderr.write = keep('err') as typeof process.stderr.write
  try {
    return { status: await studyCommand(args), ...texts }
  } finally {
    process.stdout.write = kept.out
    process.stderr.write = kept.err
  }
}

writeFileSync(file('study.log'), journal)
test('a journal of Optuna as a SQLite database', async () => {
  expect(await fitwright('convert', file('study.log'), file('study.db'))).toEqual({
    status: 0,
    out: 'one: 4 trials\nmany: 2 trials\nnone: 0 trials\n',
    err: '',
  })
})

for (const name of ['study.log', 'study.db']) {
  test(`${name}: a storage is listed and its studies are shown, as those of a run`, async () => {
    const list = await fitwright('list', file(name), '--format', 'csv')
    expect(list.out).toBe(
      'study,direction,trials,best\none,maximize,2/4,1\nmany,minimize maximize,2/2,2 on the front\nnone,minimize,0/0,\n',
    )
    const best = JSON.parse((await fitwright('best', file(name), '--study-name', 'one', '--format', 'json')).out)
    const theirs = JSON.parse(outputs['best-trial --study-name one -f json'])
    expect(best).toEqual({ number: theirs.number, value: theirs.value, params: theirs.params })
    const front = JSON.parse((await fitwright('best', file(name), '--study-name', 'many', '--format', 'json')).out)
    const theirFront = JSON.parse(outputs['best-trials --study-name many -f json']) as { number: number; values: number[] }[]
    expect(front.map((trial: { number: number; values: number[] }) => [trial.number, trial.values])).toEqual(
      theirFront.map(({ number, values }) => [number, values]),
    )
    const shown = JSON.parse((await fitwright('show', file(name), '--study-name', 'one', '--format', 'json')).out)
    expect(shown).toMatchObject({ storage: file(name), direction: 'maximize', n_trials: 4, states: { COMPLETE: 2, FAIL: 1, PRUNED: 1 } })
    const rows = JSON.parse((await fitwright('trials', file(name), '--study-name', 'one', '--format', 'json')).out)
    expect(rows.map((row: { params: object }) => row.params)).toEqual([
      { x: 1, n: 3, c: 'a' },
      { x: 2.5, n: 1, c: null },
      { x: 1e-5 },
      { c: true },
    ])
    const exported = await fitwright('export', file(name), '--study-name', 'one')
    expect(exported.out.split('\n').map(line => line.split(',')[0])).toEqual(csv.split('\n').map(line => line.split(',')[0]))
    const overrides = await fitwright('best', file(name), '--study-name', 'one', '--overrides')
    expect(overrides.out).toBe('x=2.5\nn=1\nc=null\n')
  })
}

test('what is no storage, or has no such study, is told in a line', async () => {
  writeFileSync(file('text.log'), 'hello\n')
  writeFileSync(file('empty.db'), '')
  const told = async (...args: string[]) => {
    const { status, out, err } = await fitwright(...args)
    expect(out).toBe('')
    return [status, err.split('\n').find(line => line && !line.startsWith('usage:'))]
  }
  expect(await told('show', file('text.log'))).toEqual([1, 'Invalid log format.'])
  expect(await told('show', file('empty.db'))).toEqual([1, `There is no study in ${file('empty.db')}.`])
  expect(await told('trials', file('nope.db'))).toEqual([1, `No such file or directory: '${file('nope.db')}'`])
  expect(await told('show', file('study.log'), '--study-name', 'two')).toEqual([1, "No study 'two' in the storage."])
  expect(await told('show', file('study.log'))).toEqual([
    2,
    `fitwright study: error: ${file('study.log')} holds 3 studies; choose one with --study-name: one, many, none`,
  ])
  expect(await told('best', file('study.log'), '--study-name', 'none')).toEqual([1, 'No trials are completed yet.'])
  expect(await told('best', file('study.log'), '--study-name', 'one', '--trial', '2', '--format', 'json')).toEqual([
    1,
    'Trial 2 is FAIL: it has no value.',
  ])
  expect(await told('stop', file('study.log'), '--study-name', 'one')).toEqual([
    2,
    'fitwright study: error: stop takes a run: a storage does not know which processes work on it',
  ])
})

test('a trial is queued in a storage with values that its parameters can have, and a study deleted from it', async () => {
  writeFileSync(file('queue.log'), journal)
  const queue = (...values: string[]) => fitwright('enqueue', file('queue.log'), ...values, '--study-name', 'one')
  expect((await queue('x=1.5', 'c=a')).out).toBe('queued as trial 4\n')
  expect((await queue('c=null')).out).toBe('queued as trial 5\n')
  expect((await queue('c=b')).err).toContain('c=b is none of the choices a, null, true, 2')
  expect((await queue('n=10')).err).toContain('n=10 is out of range: IntDistribution(high=9, log=False, low=1, step=1)')
  expect((await queue('n=many')).err).toContain('a number is needed, got n=many')
  expect((await queue('y=1')).err).toContain('the study has no parameter y; it has x, n, c')
  const rows = JSON.parse((await fitwright('export', file('queue.log'), '--study-name', 'one', '--format', 'json')).out)
  expect(rows.slice(4).map((row: { state: string; system_attrs: object }) => [row.state, row.system_attrs])).toEqual([
    ['WAITING', { fixed_params: { x: 1.5, c: 'a' } }],
    ['WAITING', { fixed_params: { c: null } }],
  ])
  expect((await fitwright('delete', file('queue.log'), '--study-name', 'many')).status).toBe(2)
  expect((await fitwright('delete', file('queue.log'), '--study-name', 'many', '--force')).out).toContain("removed study 'many'")
  expect((await fitwright('list', file('queue.log'), '--format', 'csv')).out).not.toContain('many')
})
