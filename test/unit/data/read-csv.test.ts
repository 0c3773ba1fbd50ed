import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dialectOf } from '../../../src/data/csv/csv-options.ts'
import { NumberKind, NumberParser } from '../../../src/data/csv/parse-number.ts'
import { type Column, type CsvOptions, DataError, readCsv } from '../../../src/data/index.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

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

const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_126))
const pick = <T>(...options: readonly T[]): T => options[random.below(options.length)]

test('a number of any length is the double that is nearest to it', () => {
  // pandas 3.1 rounds correctly, and so does the engine's own parser.
  const parser = new NumberParser(dialectOf({}))
  const texts = [
    () => String((random.double() - 0.5) * 10 ** (random.below(12) - 6)),
    () => ((random.double() - 0.5) * 100).toPrecision(17),
    () => (random.double() * 10 ** random.below(6)).toFixed(random.below(20)),
    () => random.double().toExponential(random.below(20)),
    () => `${String(1 + 1000 * random.double())}${pick('5', '49', '51')}`,
    () => `${2n ** 53n + 2n * BigInt(random.below(1e6)) + 1n}.0`,
    () => `0.${'0'.repeat(random.below(6))}${random.below(2 ** 31)}${random.below(2 ** 31)}`,
    () => pick('1e5', '1.e3', '.5', '5.', '1.5e-22', '1e22', '1e23', '1234567890123456e3', '-0.0', '00000000000000012.5'),
  ]
  for (let i = 0; i < 40_000; i++) {
    const text = `${pick('', '', '-')}${pick(...texts)()}`.replace('--', '-')
    const bytes = new TextEncoder().encode(`,${text},`)
    expect(parser.parse(bytes, 1, bytes.length - 1), text).not.toBe(NumberKind.none)
    // A whole -0 is 0.
    expect(parser.value + 0, text).toBe(Number(text) + 0)
  }
})

test('a long file is read as its cells are written, wherever a column changes its mind', () => {
  for (let round = 0; round < 12; round++) {
    const rows = pick(400, 513, 1700)
    const turns = Array.from({ length: 4 }, () => pick(0, 5, random.below(rows), rows))
    const cells = Array.from({ length: rows }, (_, i) =>
      turns.map(turn => {
        if (random.below(50) === 0) return ''
        if (i >= turn) return pick('male', 'a,b', 'say "so"', '12', 'x y')
        return pick('7', '-3', '0.25', String(random.double()), '123456789012345678')
      }),
    )
    const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
    const text = ['a,b,c,d', ...cells.map(row => row.map(quoted).join(','))].join(pick('\n', '\r\n'))
    const { columns } = readCsv(new TextEncoder().encode(text), { path: 'data.csv' })
    for (const [j, column] of columns.entries()) {
      const own = cells.map(row => (row[j] === '' ? null : row[j]))
      const isText = own.some(cell => cell !== null && Number.isNaN(Number(cell)))
      expect(column.type === 'text').toBe(isText)
      expect(plain(column).values).toEqual(isText ? own : own.map(cell => (cell === null ? null : Number(cell))))
    }
  }
})
