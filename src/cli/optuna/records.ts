import { type ConfigNode, nodeFromPlain, toYaml } from '../../config/index.ts'
import { strftime } from '../../config/omegaconf/resolvers/strftime.ts'
import type { FrozenTrial } from '../../study/index.ts'
import { writeFloat, writeString } from '../../study/python-json.ts'
import { floatText, stringText } from '../../study/python-text.ts'

/** A number that Python has as a float: 1.0. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** Several values that Python has as a tuple. */
export class PythonTuple {
  constructor(readonly items: readonly string[]) {}
}

/** A cell: plain values, with floats marked. */
export type Cell = null | boolean | number | string | PythonFloat | PythonTuple | readonly Cell[] | { readonly [name: string]: Cell }

/** A row as Optuna's command line builds it: `params` holds the values of `['params', name]`. */
export interface RecordTable {
  /** Column and, where it has parts, the part. */
  readonly columns: readonly (readonly [string, string | number])[]
  readonly rows: readonly ReadonlyMap<string, Cell>[]
}

export const keyOf = (column: string, part: string | number = ''): string => `${column}\u0000${part}`

const timeText = (date: Date | null): Cell => (date === null ? null : strftime(date, '%Y-%m-%d %H:%M:%S'))

/** Python's `str` of a timedelta: `0:00:17.305000`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const days = Math.floor(seconds / 86400)
  const rest = seconds % 86400
  const two = (value: number) => String(value).padStart(2, '0')
  const fraction = Math.round(milliseconds % 1000)
  const clock = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  return `${days ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${clock}${fraction ? `.${String(fraction).padStart(3, '0')}000` : ''}`
}

/** Trials as rows, in the columns of `optuna trials` (and of `study.trials_dataframe()`): parts of a column sorted by name. */
export function trialRecords(trials: readonly FrozenTrial[], objectives: number): RecordTable {
  const parts = (of: (trial: FrozenTrial) => Iterable<string>) => [...new Set(trials.flatMap(trial => [...of(trial)]))].sort()
  const params = parts(trial => trial.params.keys())
  const attributes = parts(trial => trial.userAttrs.keys())
  const columns: (readonly [string, string | number])[] = [
    ['number', ''],
    ...(objectives === 1 ? [['value', ''] as const] : Array.from({ length: objectives }, (_, i) => ['values', i] as const)),
    ['datetime_start', ''],
    ['datetime_complete', ''],
    ['duration', ''],
    ...params.map(name => ['params', name] as const),
    ...attributes.map(name => ['user_attrs', name] as const),
    ['state', ''],
  ]
  // Optuna's table of nothing has no columns.
  if (trials.length === 0) return { columns: [], rows: [] }
  const rows = trials.map(trial => {
    const row = new Map<string, Cell>()
    const { datetimeStart: begun, datetimeComplete: ended, values } = trial
    row.set(keyOf('number'), trial.number)
    for (let i = 0; i < objectives; i++) {
      const value = values?.[i] === undefined ? null : new PythonFloat(values[i])
      row.set(objectives === 1 ? keyOf('value') : keyOf('values', i), value)
    }
    row.set(keyOf('datetime_start'), timeText(begun))
    row.set(keyOf('datetime_complete'), timeText(ended))
    row.set(keyOf('duration'), begun && ended ? durationText(ended.getTime() - begun.getTime()) : null)
    for (const [name, value] of typedParams(trial)) row.set(keyOf('params', name), value)
    for (const [name, value] of trial.userAttrs) row.set(keyOf('user_attrs', name), cellOf(value))
    row.set(keyOf('state'), trial.state)
    return row
  })
  return { columns, rows }
}

export const typedParams = ({ params, distributions }: Pick<FrozenTrial, 'params' | 'distributions'>): [string, Cell][] =>
  [...params].map(([name, value]) => [
    name,
    distributions.get(name)?.name === 'FloatDistribution' ? new PythonFloat(value as number) : value,
  ])

const cellOf = (value: unknown): Cell => {
  if (typeof value === 'number' && !Number.isInteger(value)) return new PythonFloat(value)
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Cell
  return JSON.stringify(value)
}

export type RecordFormat = 'value' | 'table' | 'json' | 'yaml'

/** The rows in one of the formats of Optuna's command line. `single`: an object instead of a list of one. */
export function recordsText(
  table: RecordTable,
  format: RecordFormat,
  { flatten = false, single = false }: { readonly flatten?: boolean; readonly single?: boolean } = {},
): string {
  const { header, rows } = flatten ? flattened(table) : nested(table)
  switch (format) {
    case 'json':
      return single ? jsonText(rows[0]) : jsonText(rows)
    case 'yaml':
      // PyYAML quotes y and n where OmegaConf reads booleans, safe_dump does not.
      return toYaml(yamlNode(single ? rows[0] : rows))
        .trimEnd()
        .replace(/^([\s-]*)'([yYnN])':/gm, '$1$2:')
    case 'value':
      return rows
        .map(row => header.map(name => cellText(row[name] ?? null)).join(' '))
        .join('\n')
        .trim()
    case 'table':
      return boxed(header, rows)
  }
}

type Row = { readonly [name: string]: Cell }
interface Flat {
  readonly header: readonly string[]
  readonly rows: readonly Row[]
}

/** A column of tuples as one column for each of their items. */
function unpacked({ columns, rows }: RecordTable): RecordTable {
  const lengths = new Map<string, number>()
  for (const row of rows) {
    for (const [key, cell] of row) if (cell instanceof PythonTuple) lengths.set(key, Math.max(lengths.get(key) ?? 0, cell.items.length))
  }
  return {
    columns: columns.flatMap(([column, part]) => {
      const length = lengths.get(keyOf(column, part))
      return length === undefined ? [[column, part] as const] : Array.from({ length }, (_, i) => [column, i] as const)
    }),
    rows: rows.map(
      row =>
        new Map(
          [...row].flatMap(([key, cell]) =>
            cell instanceof PythonTuple
              ? cell.items.map((item, i) => [keyOf(key.split('\u0000')[0], i), item] as const)
              : [[key, cell] as const],
          ),
        ),
    ),
  }
}

const flattened = (table: RecordTable): Flat => {
  const { columns, rows } = unpacked(table)
  const name = (column: string, part: string | number) => (part === '' ? column : `${column}_${part}`)
  const made = rows.map(row =>
    Object.fromEntries(
      columns.flatMap(([column, part]) => {
        const cell = row.get(keyOf(column, part))
        return cell === undefined ? [] : [[name(column, part), cell] as const]
      }),
    ),
  )
  return { header: columns.map(([column, part]) => name(column, part)), rows: made }
}

const nested = ({ columns, rows }: RecordTable): Flat => {
  const header = [...new Set(columns.map(([column]) => column))]
  const made = rows.map(row => {
    const cells: Record<string, Cell> = Object.fromEntries(header.map(name => [name, {}]))
    for (const [column, part] of columns) {
      const cell = row.get(keyOf(column, part))
      if (cell === undefined) continue
      if (part === '') cells[column] = cell
      else if (typeof part === 'number') cells[column] = [...(Array.isArray(cells[column]) ? (cells[column] as Cell[]) : []), cell]
      else cells[column] = { ...(cells[column] as object), [part]: cell }
    }
    return cells
  })
  return { header, rows: made }
}

/** Python's `json.dumps`. */
export function jsonText(value: Cell | readonly Row[]): string {
  if (value instanceof PythonFloat) return writeFloat(value.value)
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return writeString(value)
  if (value instanceof PythonTuple) return jsonText(value.items)
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  return `{${Object.entries(value)
    .map(([name, cell]) => `${writeString(name)}: ${jsonText(cell)}`)
    .join(', ')}}`
}

/** As PyYAML's `safe_dump`: keys sorted. */
function yamlNode(value: Cell | readonly Row[]): ConfigNode {
  const origin = { kind: 'code' } as const
  if (value instanceof PythonFloat) return { kind: 'scalar', type: 'float', value: value.value, origin }
  if (value instanceof PythonTuple) return yamlNode(value.items)
  if (Array.isArray(value)) return { kind: 'list', items: value.map(yamlNode), origin }
  if (typeof value !== 'object' || value === null) return nodeFromPlain(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    kind: 'map',
    origin,
    entries: new Map(entries.map(([name, cell]) => [name, { key: { type: 'str', value: name }, node: yamlNode(cell) }])),
  }
}

/** Python's `str` of a cell. */
function cellText(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'string' ? cell : reprText(cell)
}

function reprText(cell: Cell): string {
  if (cell === null) return 'None'
  if (cell instanceof PythonFloat) return floatText(cell.value)
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  if (typeof cell === 'string') return stringText(cell)
  if (typeof cell === 'number') return String(cell)
  if (cell instanceof PythonTuple) return `(${cell.items.map(stringText).join(', ')}${cell.items.length === 1 ? ',' : ''})`
  if (Array.isArray(cell)) return `[${cell.map(reprText).join(', ')}]`
  return `{${Object.entries(cell)
    .map(([name, value]) => `${stringText(name)}: ${reprText(value)}`)
    .join(', ')}}`
}

function boxed(header: readonly string[], rows: readonly Row[]): string {
  const numeric = (cell: Cell | undefined) =>
    cell === null || cell === undefined || typeof cell === 'number' || typeof cell === 'boolean' || cell instanceof PythonFloat
  const columns = header.map(name => {
    const cells = rows.map(row => row[name] ?? null)
    const texts = cells.map(cellText)
    const width = Math.max(name.length, ...texts.map((text, i) => (cells[i] === null ? 4 : text.length)))
    const pad = (text: string) => (cells.every(numeric) ? text.padStart(width) : text.padEnd(width))
    return { width, head: pad(name), texts: texts.map(pad) }
  })
  if (columns.length === 0) return '+\n|\n+\n+'
  const rule = `+${columns.map(({ width }) => '-'.repeat(width + 2)).join('+')}+`
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [rule, line(columns.map(({ head }) => head)), rule, ...rows.map((_, i) => line(columns.map(({ texts }) => texts[i]))), rule].join(
    '\n',
  )
}
