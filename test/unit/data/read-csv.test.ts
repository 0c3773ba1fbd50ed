import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Column, type CsvOptions, DataError, readCsv } from '../../../src/data/index.ts'

interface Case {
  readonly text: string
  /** Base64, where the file is no UTF-8. */
  readonly bytes?: string
  readonly options?: CsvOptions
  readonly columns?: readonly { readonly name: string; readonly type: string; readonly values: readonly (string | boolean | null)[] }[]
  readonly error?: string
}
/** `python test/oracle/pandas/read_csv.py FOLDER --random 5000 SEED` makes others: CSV_VECTORS=FOLDER/random.json npx vitest run test/unit/data */
const vectors = process.env.CSV_VECTORS ?? new URL('../../oracle/pandas/vectors/read_csv.json', import.meta.url)
const cases: Case[] = JSON.parse(readFileSync(vectors, 'utf8'))

function plain(column: Column) {
  const values =
    column.type === 'text'
      ? [...column.codes].map(code => (code < 0 ? null : column.categories[code]))
      : [...column.values].map(value => (Number.isNaN(value) ? null : column.type === 'bool' ? value === 1 : value))
  return { name: column.name, type: column.type, values }
}
const number = (text: string) => (text === 'inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text))

const encoded = ({ text, bytes }: Case) =>
  bytes === undefined ? new TextEncoder().encode(text) : Uint8Array.from(atob(bytes), c => c.charCodeAt(0))

for (const one of cases) {
  const { text, columns, error, options } = one
  test(`reads ${JSON.stringify(text.slice(0, 60))} ${options ? JSON.stringify(options) : ''} as pandas does`, () => {
    const read = () => readCsv(encoded(one), { path: 'data.csv', ...options })
    if (error !== undefined) {
      expect(read).toThrow(new RegExp(`^${error.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))
      return
    }
    // A header without rows is a table to pandas, but nothing to train on.
    if (columns!.every(({ values }) => !values.length)) {
      expect(read).toThrow(DataError)
      return
    }
    expect(read().columns.map(plain)).toEqual(
      columns!.map(({ name, type, values }) => ({
        name,
        type,
        values: type === 'int' || type === 'float' ? values.map(value => (value === null ? null : number(value as string))) : values,
      })),
    )
  })
}

test('a byte that is no UTF-8 is named with its line', () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('a,b\n1,'), 0xff, 10])
  expect(() => readCsv(bytes, { path: 'data.csv' })).toThrow(
    expect.objectContaining({ code: 'data/encoding', details: expect.objectContaining({ line: 2 }) }),
  )
})
