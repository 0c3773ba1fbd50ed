import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../src/data/read-csv.ts'
import { Callable, type Features, fitTransform, LearnError, type Transformer } from '../../../src/learn/index.ts'
import { build, cells, close, digest, jsonNumber, kindOf, listening, numbers, type Part, shapeOf, vectors } from './ask-ours.ts'

interface Output {
  readonly kind: string
  readonly shape: readonly [number, number]
  readonly columns?: readonly string[]
  readonly digest?: string
  readonly rows?: readonly (readonly (number | string)[])[]
  readonly cells?: readonly (readonly unknown[])[]
}
interface Case {
  readonly config: string
  readonly data: string
  readonly fit?: Output
  readonly transform?: Output
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly names?: readonly string[]
  readonly error?: readonly [stage: string, type: string, message: string]
  readonly warnings: readonly string[]
}
const { data, cases } = vectors('examined') as {
  readonly data: Readonly<Record<string, { readonly train: string; readonly test: string }>>
  readonly cases: readonly Case[]
}

function part(text: string): Part {
  const table = readCsv(new TextEncoder().encode(text), { path: 'data.csv' })
  const y = table.columns.find(column => column.name === 'y')
  return { X: { rows: table.rows, columns: table.columns.filter(column => column !== y) }, y: y as Part['y'] }
}

const target = (config: string) => /_target_: ([\w.]+)/.exec(config)![1]

describe.each([...new Set(cases.map(one => target(one.config)))])('%s', name => {
  const own = cases.filter(one => target(one.config) === name)
  test.each([...new Set(own.map(one => one.data))])('on %s', table => {
    for (const one of own.filter(candidate => candidate.data === table)) check(one)
  })
})

const isLoose = ({ config }: Case): boolean => /PCA|Normalizer|SelectKBest/.test(config)

function check(one: Case): void {
  const train = part(data[one.data].train)
  const later = part(data[one.data].test)
  const { control, said } = listening()
  let answer: { fit: Features; transform: Features; model: Transformer } | LearnError
  try {
    const model = build(one.config, control) as Transformer
    answer = { fit: fitTransform(model, train.X, train.y, control), transform: model.transform(later.X, control), model }
  } catch (error) {
    if (!(error instanceof LearnError)) throw new Error(`${one.config}: ${error}`, { cause: error })
    answer = error
  }
  if (one.error) {
    const [, type, message] = one.error
    expect(answer instanceof LearnError ? answer.message.split('\n')[0] : 'no error', one.config).toBe(message)
    // The text of a problem that the registry finds says no type.
    if ((answer as LearnError).type) expect((answer as LearnError).type, one.config).toBe(type)
    return
  }
  if (answer instanceof LearnError) throw new Error(`${one.config}: ${answer.message}`)
  compare(answer.fit, one.fit!, one)
  compare(answer.transform, one.transform!, one)
  if (one.names) expect(answer.model.getFeatureNamesOut?.(), one.config).toEqual(one.names)
  attributes(answer.model, one.attributes!, one)
  expect(said(), one.config).toEqual(one.warnings.filter(text => !text.includes('Could not infer format')))
}

/** numpy holds numbers, booleans and text side by side; here a column with text is all text. */
const textual = (rows: readonly (readonly unknown[])[]) =>
  rows.map(row =>
    row.map(value => (value === null ? null : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value).replace(/\.0$/, ''))),
  )

function compare(ours: Features, theirs: Output, one: Case): void {
  const where = `${one.config} on ${one.data}`
  expect(shapeOf(ours), where).toEqual(theirs.shape)
  // A slice of an array of rows is added up as such an array.
  if (theirs.kind !== 'strided') expect(kindOf(ours), where).toBe(theirs.kind)
  if (theirs.columns)
    expect('columns' in ours && Array.isArray(ours.columns) && ours.columns.map(column => column.name), where).toEqual(theirs.columns)
  if (theirs.cells) expect(textual(cells(ours, theirs.cells.length)), where).toEqual(textual(theirs.cells))
  if (!theirs.digest) return
  // Text that is all numbers counts as numbers there too.
  const values =
    numbers(ours) ??
    Float64Array.from(cells(ours, ours.rows).flat(), value =>
      value === null ? Number.NaN : Number(value === 'True' || (value !== 'False' && value)),
    )
  if (!isLoose(one)) expect(digest(values), where).toBe(theirs.digest)
  theirs.rows!.flat().forEach((value, k) => {
    expect(
      close(values[k], Number(value === 'inf' ? Number.POSITIVE_INFINITY : value === '-inf' ? Number.NEGATIVE_INFINITY : value), 1e-9, 1),
      `${where} [${k}] ${values[k]} ${value}`,
    ).toBe(true)
  })
}

/** Each attribute that is documented there stands under its name, with its value; what is None there may be absent. */
function attributes(model: object, theirs: Readonly<Record<string, unknown>>, one: Case): void {
  for (const [name, value] of Object.entries(theirs)) {
    const ours = told((model as Record<string, unknown>)[name])
    const where = `${one.config} on ${one.data}: ${name}`
    if (isLoose(one)) near(ours, value, where)
    else same(ours, value, where, one)
  }
}

interface FittedPart {
  readonly part: string
  readonly attributes: Readonly<Record<string, unknown>>
}
const isPart = (value: unknown): value is FittedPart => typeof value === 'object' && value !== null && 'part' in value

function same(ours: unknown, theirs: unknown, where: string, one: Case): void {
  if (isPart(theirs)) {
    const model = (ours as { readonly model: { readonly name: string } }).model
    expect(model.name, where).toBe(theirs.part)
    attributes(model, theirs.attributes, one)
  } else if (Array.isArray(theirs) && Array.isArray(ours) && theirs.length === ours.length) {
    theirs.forEach((item, k) => {
      same(ours[k], item, `${where}[${k}]`, one)
    })
  } else if (typeof theirs === 'object' && theirs !== null && 'pairs' in theirs) {
    same((ours as { readonly pairs: unknown }).pairs, theirs.pairs, where, one)
  } else expect(ours, where).toEqual(theirs)
}

function near(ours: unknown, theirs: unknown, where: string): void {
  const flat = (value: unknown): unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value])
  if (isPart(theirs)) return
  expect(flat(ours).length, where).toBe(flat(theirs).length)
  flat(theirs).forEach((value, k) => {
    const own = flat(ours)[k]
    const equal =
      typeof value === 'number' && typeof own === 'number'
        ? close(own, value, 1e-9, 1)
        : own === value || isPart(value) || typeof value === 'object'
    expect(equal, `${where} ${own} ${value}`).toBe(true)
  })
}

/** An attribute as the generator tells it. */
function told(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return jsonNumber(value)
  if (typeof value !== 'object') return value
  if (value instanceof Callable) return { slice: [value.args.start ?? null, value.args.stop ?? null] }
  if (value instanceof Map) return { pairs: [...value].map(([key, item]) => [told(key), isRange(item) ? { slice: item } : told(item)]) }
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value as Iterable<unknown>, told)
  if ('fit' in value || 'features_' in value) return { model: value }
  if ('values' in value) return told(value.values)
  return { pairs: Object.entries(value).map(([key, item]) => [key, told(item)]) }
}

const isRange = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(Number.isInteger)
