import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readCsv } from '../../../src/data/read-csv.ts'
import type { Table } from '../../../src/data/table.ts'
import { columnCount, isDataFrame, memoryOrder, numbersOf } from '../../../src/learn/features.ts'
import { type Features, type FitControl, isMatrix, LearnError, type Target } from '../../../src/learn/index.ts'
import { instantiate } from '../../../src/targets/index.ts'
import { targetNode } from '../targets/target-node.ts'

export const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../oracle/sklearn/vectors/${name}.json`, import.meta.url), 'utf8'))

export interface Part {
  readonly X: Table
  readonly y: Target
}
const parts = new Map<string, { readonly train: Part; readonly test: Part }>()
let texts: Readonly<Record<string, { readonly train: string; readonly test: string }>> | undefined

/** A data set of test/oracle/sklearn/datasets.py, read from the same text. */
export function dataSet(name: string): { readonly train: Part; readonly test: Part } {
  texts ??= vectors('datasets') as NonNullable<typeof texts>
  const known = parts.get(name)
  if (known) return known
  const part = (text: string): Part => {
    const table = readCsv(new TextEncoder().encode(text), { path: 'data.csv' })
    const y = table.columns.find(column => column.name === 'y')!
    return { X: { rows: table.rows, columns: table.columns.filter(column => column !== y) }, y }
  }
  const made = { train: part(texts[name].train), test: part(texts[name].test) }
  parts.set(name, made)
  return made
}

/** What the config builds; `control` hears its warnings. @throws the message of its first problem */
export function build(config: string, control?: FitControl): unknown {
  const { value, problems } = instantiate(targetNode(config))
  const error = problems.find(problem => problem.severity === 'error')
  if (error) throw new LearnError(error.code, '', error.message)
  for (const { severity, message } of problems) {
    const [category, ...text] = message.split(': ')
    if (severity === 'warning') control?.onWarning?.(category, text.join(': '))
  }
  return value
}

/** Collects warnings as the generator tells them. */
export function listening(): { readonly control: FitControl; readonly said: () => readonly string[] } {
  const heard = new Set<string>()
  return {
    control: { onWarning: (category, message) => heard.add(`${category}: ${message.split('\n')[0]}`) },
    said: () => [...heard].sort(),
  }
}

export function digest(values: Float64Array): string {
  const plain = Float64Array.from(values, value => (Number.isNaN(value) ? Number.NaN : value + 0))
  return createHash('sha1').update(new Uint8Array(plain.buffer)).digest('hex').slice(0, 16)
}

export const jsonNumber = (value: number): number | string =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'

export const kindOf = (X: Features): string => {
  if (isDataFrame(X)) return 'table'
  if (!isMatrix(X)) return 'objects'
  if (X.sparse) return 'sparse'
  return memoryOrder(X)
}

/** Numbers of an output; undefined where it holds text. */
export function numbers(X: Features): Float64Array | undefined {
  if (isMatrix(X)) return X.data
  return X.columns.some(column => column.type === 'text') ? undefined : numbersOf(X).data
}

/** Cells of the first rows, as the generator tells them. */
export function cells(X: Features, rows: number): unknown[][] {
  const columns = isMatrix(X) ? [] : X.columns
  return Array.from({ length: Math.min(rows, X.rows) }, (_, i) =>
    columns.map(column => {
      if (column.type === 'text') return column.codes[i] < 0 ? null : column.categories[column.codes[i]]
      const value = column.values[i]
      return Number.isNaN(value) ? null : column.type === 'bool' ? value === 1 : value
    }),
  )
}

export const shapeOf = (X: Features): [number, number] => [X.rows, columnCount(X)]

export const close = (a: number, b: number, relative: number, scale = 0): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= relative * Math.max(scale, Math.abs(a), Math.abs(b))
