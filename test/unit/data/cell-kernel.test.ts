import { expect, test } from 'vitest'
import { type CsvOptions, DataError, readCsv } from '../../../src/data/index.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

/** Files of more than 256 kB go through the WebAssembly kernel, but not when a further text with a digit means missing. */
const withoutKernel: CsvOptions = { na_values: ['no cell says 1'] }
const read = (text: string, options: CsvOptions = {}) => readCsv(new TextEncoder().encode(text), { path: 'data.csv', ...options })

const random = new RandomState(20_261_123)
const pick = <T>(of: readonly T[]): T => of[random.below(of.length)]
const digits = (count: number) => Array.from({ length: count }, () => random.below(10)).join('')
const literals = [
  () => `${pick(['', '-'])}${random.below(10)}.${digits(16)}`,
  () => `${pick(['', '-'])}0.${'0'.repeat(random.below(6))}${digits(17)}`,
  () => `${digits(1 + random.below(18))}.${digits(random.below(5))}`,
  () => `${random.below(10)}.${digits(15)}e${pick(['', '+', '-'])}${random.below(40)}`,
  () => `${digits(19)}e-${random.below(60)}`,
  () => `${(2n ** 53n + BigInt(random.below(1000))).toString()}${pick(['.', '.5', '.25', 'e0', 'e3', 'e-2'])}`,
  () => String((random.double() - 0.5) * 10 ** (random.below(40) - 20)),
  () => `${pick(['', '-'])}${random.below(1_000_000)}`,
]

test('numbers that the kernel reads are correctly rounded', () => {
  const texts = Array.from({ length: 40_000 }, () => pick(literals)())
  const { columns } = read(`x,y\n${texts.map(text => `${text},1`).join('\n')}\n`)
  expect(columns[0].type).toBe('float')
  const values = 'values' in columns[0] ? [...columns[0].values] : []
  // pandas has no negative zero of a whole number.
  const expected = (text: string) => (/^-0+$/.test(text) ? 0 : Number(text))
  expect(values.filter((value, i) => !Object.is(value, expected(texts[i])))).toEqual([])
})

const cells: readonly (() => string)[] = [
  ...literals,
  () => '',
  () => pick(['NA', 'nan', 'null']),
  () => pick(['a', 'bc', 'déf', ' g', 'h i']),
  () => pick(['True', 'False']),
  () =>
    pick([
      ' 1',
      '+2',
      '3 ',
      '.5',
      '5.',
      '.',
      '-',
      '1e',
      '1e5',
      '-0',
      '-0.0',
      '0e9999',
      '1e999',
      'inf',
      '12345678901234567890',
      '0000000000000000000001.5',
    ]),
  () => pick(['"q"', '"a,b"', '"a\nb"', '"a""b"', '"1.5"', 'a"b']),
  quotedCell,
]

/** Quotes as they should not be found, too: text behind the closing one; long enough that they pass the sixteen bytes that are looked at together. */
function quotedCell(): string {
  const parts = Array.from({ length: random.below(12) }, () => pick(['""', '\n', '\r\n', ',', 'é', ' ', 'some words', '1', 'x', '']))
  return `"${parts.join('')}"${random.below(40) ? '' : pick(['x', ' ', '"y"'])}`
}

test('quoted cells are cut as without the kernel, and lines between quotes are counted', () => {
  for (let file = 0; file < 10; file++) {
    const kinds = [quotedCell, pick(literals), () => (random.below(3) ? pick(['a', 'NA', '', 'b c']) : quotedCell()), pick(cells)]
    const lines = Array.from({ length: 12_000 }, () => kinds.map(kind => kind()).join(','))
    // The last line has too many cells: its error names the line.
    const text = `x0,x1,x2,x3\n${lines.join('\n')}\n${file % 2 ? 'a,b,c,d,e,f' : ''}`
    expect(new TextEncoder().encode(text).length).toBeGreaterThan(2 ** 18)
    expect(outcome(text)).toEqual(outcome(text, withoutKernel))
  }
})

test.each(['\n', '\r\n'])('files that the kernel cuts are read as without it (line ends %j)', end => {
  for (let file = 0; file < 5; file++) {
    const width = 1 + random.below(9)
    const kinds = Array.from({ length: width }, () => (random.below(3) ? [pick(literals), pick(literals)] : [pick(cells), pick(cells)]))
    const lines = Array.from({ length: Math.ceil(300_000 / (width * 6)) }, () => {
      if (random.below(400) === 0) return pick(['', '  ', '\t'])
      const strange = random.below(300) === 0 ? random.below(width) : -1
      const line = kinds.map((kind, j) => (j === strange ? pick(cells) : pick(kind))())
      return (width > 1 && random.below(500) === 0 ? line.slice(0, -1) : line).join(',')
    })
    const text = `${kinds.map((_, j) => `x${j}`).join(',')}${end}${lines.join(end)}${pick(['', end])}`
    expect(new TextEncoder().encode(text).length).toBeGreaterThan(2 ** 18)
    expect(outcome(text)).toEqual(outcome(text, withoutKernel))
  }
})

function outcome(text: string, options: CsvOptions = {}): unknown {
  try {
    const { rows, columns } = read(text, options)
    // As bytes: tables of so many numbers take long to compare one by one.
    const bytes = (cells: Float64Array | Int32Array) => Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength).toString('base64')
    return {
      rows,
      columns: columns.map(column =>
        column.type === 'text'
          ? { ...column, codes: bytes(column.codes) }
          : { ...column, values: bytes(column.values.map(value => (Number.isNaN(value) ? Number.NaN : value))) },
      ),
    }
  } catch (error) {
    return error instanceof DataError ? { message: error.message, ...error.details } : String(error)
  }
}
