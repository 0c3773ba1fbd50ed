import { describe, expect, test } from 'vitest'
import { type Features, fitTransform, LearnError, type Transformer } from '../../../src/learn/index.ts'
import { build, cells, close, dataSet, digest, kindOf, listening, numbers, shapeOf, vectors } from './ask-ours.ts'

interface Output {
  readonly kind: string
  readonly shape: readonly [number, number]
  readonly columns?: readonly string[]
  readonly digest?: string
  readonly rows?: readonly (readonly (number | string)[])[]
  readonly sums?: readonly number[]
  readonly cells?: readonly (readonly unknown[])[]
}
interface Case {
  readonly group: string
  readonly config: string
  readonly data: string
  readonly fit?: Output
  readonly transform?: Output
  readonly names?: readonly string[]
  readonly attributes?: Readonly<Record<string, readonly (number | string)[] | null>>
  readonly error?: readonly [stage: string, type: string, message: string]
  readonly warnings: readonly string[]
}

const cases: readonly Case[] = vectors('preprocessing')
const groups = [...new Set(cases.map(one => one.group))]

/** What `{…}` holds is a set: its order changes from process to process. */
const unordered = (message: string) => message.replace(/\{([^{}]*)\}/g, (_, inside: string) => `{${inside.split(', ').sort().join(', ')}}`)

describe.each(groups)('%s', group => {
  const own = cases.filter(one => one.group === group)
  test.each([...new Set(own.map(one => one.config))])('%s', config => {
    for (const one of own.filter(candidate => candidate.config === config)) check(one)
  })
})

function check(expected: Case): void {
  const where = `${expected.data}: ${expected.config}`
  const { train, test: later } = dataSet(expected.data)
  const { control, said } = listening()
  let model: Transformer | undefined
  let fitted: Features | undefined
  let transformed: Features | undefined
  let error: unknown
  try {
    model = build(expected.config, control) as Transformer
    fitted = fitTransform(model, train.X, train.y, control)
    transformed = model.transform(later.X, control)
  } catch (thrown) {
    if (!(thrown instanceof LearnError)) throw new Error(`${where}: ${thrown}`, { cause: thrown })
    error = thrown
  }
  if (expected.error) {
    const message = error instanceof LearnError ? error.message.split('\n')[0] : `no error; ${expected.error[0]} fails there`
    expect(unordered(message), where).toBe(unordered(expected.error[2]))
    const type = (error as LearnError).type
    if (type) expect(type, where).toBe(expected.error[1])
    if (expected.fit && expected.error[0] === 'transform') expect(fitted, where).toBeDefined()
    return
  }
  if (error) throw new Error(`${where}: ${(error as Error).message}`)
  if (expected.fit) compare(fitted!, expected.fit, `${where} (fit)`)
  if (Array.isArray(expected.names) && expected.names[0] !== 'ValueError' && expected.names[0] !== 'AttributeError') {
    expect(model!.getFeatureNamesOut?.(), where).toEqual(expected.names)
  }
  if (expected.transform) compare(transformed!, expected.transform, `${where} (transform)`)
  for (const [name, values] of Object.entries(expected.attributes ?? {})) attribute(model!, name, values, where)
  // pandas tells when it guesses whether text is dates; that is not about the task.
  expect(said(), where).toEqual(expected.warnings.filter(text => !text.includes('Could not infer format')))
}

/** numpy holds numbers and text side by side; here a column with text is all text. */
const textual = (rows: readonly (readonly unknown[])[]) =>
  rows.map(row => row.map(value => (value === null ? null : String(value).replace(/\.0$/, ''))))

function compare(ours: Features, theirs: Output, where: string): void {
  expect(shapeOf(ours), where).toEqual(theirs.shape)
  expect(kindOf(ours), where).toBe(theirs.kind)
  if (theirs.columns && 'columns' in ours && typeof ours.columns !== 'number')
    expect(
      ours.columns.map(column => column.name),
      where,
    ).toEqual(theirs.columns)
  if (theirs.digest) expect(digest(numbers(ours)!), where).toBe(theirs.digest)
  if (theirs.cells) expect(textual(cells(ours, theirs.cells.length)), where).toEqual(textual(theirs.cells))
  if (!theirs.rows || !theirs.sums) return
  const width = theirs.shape[1]
  const values = numbers(ours)!
  const scale = theirs.sums.map(sum => sum / theirs.shape[0])
  theirs.rows.forEach((row, i) => {
    row.forEach((value, j) => {
      expect(close(values[i * width + j], Number(value), 1e-9, scale[j]), `${where} [${i}, ${j}] ${values[i * width + j]} ${value}`).toBe(
        true,
      )
    })
  })
  theirs.sums.forEach((sum, j) => {
    let ourSum = 0
    for (let i = 0; i < theirs.shape[0]; i++) ourSum += Math.abs(values[i * width + j])
    expect(close(ourSum, sum, 1e-9), `${where} sum of column ${j}: ${ourSum} ${sum}`).toBe(true)
  })
}

function attribute(model: Transformer, name: string, values: readonly (number | string)[] | null, where: string): void {
  const ours = (model as unknown as Record<string, number | Float64Array | readonly Float64Array[]>)[name]
  const flat =
    typeof ours === 'number'
      ? [ours]
      : [...(ours as Iterable<number | Float64Array>)].flatMap(item => (typeof item === 'number' ? [item] : [...item]))
  expect(flat.length, `${where} ${name}`).toBe(values!.length)
  const scale = Math.max(...values!.map(value => Math.abs(Number(value))).filter(Number.isFinite))
  flat.forEach((value, i) => {
    const wanted = values![i] === 'nan' ? Number.NaN : Number(values![i])
    expect(close(value, wanted, 1e-9, scale), `${where} ${name}[${i}]: ${value} ${wanted}`).toBe(true)
  })
}
