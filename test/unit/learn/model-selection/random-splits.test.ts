import { describe, expect, test } from 'vitest'
import { type Column, readCsv } from '../../../../src/data/index.ts'
import {
  crossValScore,
  float,
  KFold,
  LearnError,
  type ParamValue,
  type Predictor,
  StratifiedKFold,
  trainTestSplit,
} from '../../../../src/learn/index.ts'
import { build } from '../ask-ours.ts'
import { vectors } from '../metrics/target.ts'

type Options = Readonly<Record<string, ParamValue>>
interface Told {
  readonly kind: Column['type']
  readonly values: readonly (number | string | boolean)[]
}
type Refusal = readonly [type: string, message: string]
interface SplitCase {
  readonly rows: number
  readonly options: Options
  readonly stratify?: Told
  readonly train?: readonly number[]
  readonly test?: readonly number[]
  readonly error?: Refusal
}
interface FoldCase {
  readonly kind: 'KFold' | 'StratifiedKFold'
  readonly rows: number
  readonly y: Told
  readonly options: Options
  readonly folds?: readonly (readonly number[])[]
  readonly error?: Refusal
  readonly warnings: readonly string[]
}
interface ScoreCase {
  readonly config: string
  readonly data: string
  readonly scoring: string | null
  readonly cv:
    | number
    | { readonly kind: FoldCase['kind']; readonly n_splits: number; readonly shuffle: boolean; readonly random_state: number | null }
  readonly scores?: readonly (number | string | null)[]
  readonly error?: Refusal
  readonly warnings: readonly string[]
}
const { splits, folds, scores } = vectors('model-selection', 'random-splits') as {
  readonly splits: readonly SplitCase[]
  readonly folds: readonly FoldCase[]
  readonly scores: readonly ScoreCase[]
}

const numbers = (options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && 'float' in value ? float(Number(value.float)) : value,
    ]),
  )

function column({ kind, values }: Told): Column {
  if (kind !== 'text') return { name: 'y', type: kind, values: Float64Array.from(values, Number) }
  const categories = [...new Set(values.map(String))]
  return { name: 'y', type: 'text', codes: Int32Array.from(values, value => categories.indexOf(String(value))), categories }
}

/** What `{…}` lists is a set, whose order changes from process to process. */
const unordered = (line: string) => line.replace(/\{([^{}]*)\}/g, (_, inside: string) => `{${inside.split(', ').sort().join(', ')}}`)

/** What `ask` gives, or how it refuses: type and first line. */
function answer<T>(ask: () => T): { readonly value?: T; readonly error?: Refusal } {
  try {
    return { value: ask() }
  } catch (error) {
    if (!(error instanceof LearnError)) throw error
    return { error: [error.type, unordered(error.message.split('\n')[0])] }
  }
}

describe('train_test_split of random sizes draws the same rows, or refuses in the same words', () => {
  test.each(splits.map((one, i) => [i, JSON.stringify(one.options), one] as const))('%i: %s', (_, __, one) => {
    const { test_size, train_size, random_state, shuffle } = numbers(one.options) as Record<string, never>
    const stratify = one.stratify && column(one.stratify)
    const options = { testSize: test_size, trainSize: train_size, randomState: random_state, shuffle, ...(stratify ? { stratify } : {}) }
    const { value, error } = answer(() => trainTestSplit(one.rows, options))
    expect(error).toEqual(one.error)
    expect(value && [...value.train]).toEqual(one.train)
    expect(value && [...value.test]).toEqual(one.test)
  })
})

const splitterOf = (kind: FoldCase['kind'], params: Options) => (kind === 'KFold' ? new KFold(params) : new StratifiedKFold(params))

describe('random folds are the same rows, or refused in the same words', () => {
  test.each(folds.map((one, i) => [i, one.kind, JSON.stringify(one.options), one] as const))('%i: %s %s', (_, __, ___, one) => {
    const told: string[] = []
    const { value, error } = answer(() =>
      [...splitterOf(one.kind, numbers(one.options)).split(one.rows, column(one.y), (_, message) => told.push(message))].map(split => [
        ...split.test,
      ]),
    )
    expect(error).toEqual(one.error)
    expect(value).toEqual(one.folds)
    expect(told).toEqual(one.warnings)
  })
})

const cell = (value: number) => (Number.isNaN(value) ? null : Number.isFinite(value) ? value : value > 0 ? 'inf' : '-inf')

describe('cross_val_score of random models by every metric is the same, with what it says of folds that fail', () => {
  test.each(scores.map((one, i) => [i, String(one.scoring), one.config, one] as const))('%i: %s of %s', (_, __, ___, one) => {
    const table = readCsv(new TextEncoder().encode(one.data), { path: 'data.csv' })
    const y = table.columns.find(({ name }) => name === 'y')!
    const X = { rows: table.rows, columns: table.columns.filter(found => found !== y) }
    const told = new Set<string>()
    const { value, error } = answer(() => {
      const { cv, scoring } = one
      const how =
        typeof cv === 'number' ? cv : splitterOf(cv.kind, { n_splits: cv.n_splits, shuffle: cv.shuffle, random_state: cv.random_state })
      const onWarning = (category: string, message: string) => told.add(`${category}: ${message.split('\n')[0]}`)
      return crossValScore(() => build(one.config) as Predictor, X, y, { cv: how, ...(scoring ? { scoring } : {}), onWarning })
    })
    expect(error).toEqual(one.error)
    expect([...told].sort()).toEqual(one.warnings)
    const ours = value && Array.from(value, cell)
    expect(ours?.length).toBe(one.scores?.length)
    ours?.forEach((score, k) => {
      const theirs = one.scores![k]
      if (typeof theirs === 'number' && typeof score === 'number')
        expect(Math.abs(score - theirs)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(theirs)))
      else expect(score).toEqual(theirs)
    })
  })
})
