import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as learn from '../src/learn/index.ts'

export interface CsvCase {
  /** What its cells are: decimals of six digits, doubles as they print (17 digits), whole numbers, words, or a mix with gaps and quotes. */
  readonly cells: 'decimals' | 'doubles' | 'integers' | 'text' | 'mixed'
  readonly rows: number
  readonly columns: number
  readonly gzip?: boolean
}
export interface MeasuredCsv {
  /** Seconds of CPU time: the best of some. */
  readonly read: number
  /** Missing cells and the types of the columns by count, to compare what was read. */
  readonly missing: number
  readonly numeric: number
  /** Peak memory of the process, MB. */
  readonly megabytes: number
}

/** Writes a CSV with a header of c0, c1, …; its size without compression, bytes. */
export function writeData(path: string, { cells, rows, columns, gzip }: CsvCase): number {
  let state = 12345
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  const words = Array.from({ length: 500 }, (_, i) => `level ${i * 7919}`)
  const makers = {
    decimals: () => (draw() * 1000 - 500).toFixed(6),
    doubles: () => String((draw() + draw() / 4294967296) * 1000 - 500),
    integers: () => String(Math.floor(draw() * 2e6) - 1e6),
    text: () => words[Math.floor(draw() * words.length)],
  }
  const kinds = [makers.decimals, makers.integers, makers.text, () => (draw() < 0.2 ? '' : makers.decimals()), () => `"${makers.text()}, ""quoted"""`]
  const cell = cells === 'mixed' ? (j: number) => kinds[j % kinds.length]() : makers[cells]
  const lines = [Array.from({ length: columns }, (_, j) => `c${j}`).join(',')]
  for (let i = 0; i < rows; i++) lines.push(Array.from({ length: columns }, (_, j) => cell(j)).join(','))
  const text = Buffer.from(`${lines.join('\n')}\n`)
  writeFileSync(path, gzip ? gzipSync(text) : text)
  return text.length
}

/** Reads a file that `writeData` wrote, some times. */
export function measure(path: string, times: number): MeasuredCsv {
  let best: MeasuredCsv | undefined
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage()
    const bytes = readFileSync(path)
    const table = learn.readCsv(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { path })
    const { user, system } = process.cpuUsage(before)
    const read = (user + system) / 1e6
    if (best && best.read <= read) continue
    const numbers = table.columns.filter(({ type }) => type === 'int' || type === 'float')
    const missing = numbers.reduce((sum, { values }) => sum + (values as Float64Array).reduce((count, value) => count + Number(Number.isNaN(value)), 0), 0)
    best = { read, missing, numeric: numbers.length, megabytes: process.resourceUsage().maxRSS / 1024 }
  }
  return best!
}
