import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Matrix } from '../../../src/learn/index.ts'
import type { Tree } from '../../../src/learn/tree/tree.ts'
import { compareCase, estimatorOf } from '../../oracle/sklearn/fuzz/compare.ts'
import { crc, crcOfText } from './crc.ts'

interface GridCase {
  readonly target: string
  readonly data: string
  readonly params: Record<string, unknown>
  readonly error?: string
  readonly first: number[]
  readonly nodes?: number[]
  readonly trees?: number
  readonly predictions?: number
  readonly impurities?: number
  readonly iterations?: number
}
const oracle = new URL('../../oracle/sklearn/', import.meta.url)
const { sets, cases }: { sets: Record<string, [number, number, number, number, number]>; cases: GridCase[] } = JSON.parse(
  readFileSync(new URL('vectors/trees-grid.json', oracle), 'utf8'),
)

/** The rows that trees_grid.py makes of the same name. */
function rowsOf(name: string) {
  const [rows, columns, classes, distinct, holes] = sets[name]
  let state = crcOfText(name)
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const data = new Float64Array(rows * columns)
  const values = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns)
    for (let j = 0; j < columns; j++) {
      const u = draw()
      row[j] = distinct === 0 || (distinct === 1 && j % 2) ? u : Math.trunc(u * distinct)
    }
    values[i] = row[0] * 2 + row[1] * row[columns - 1] + draw()
    for (let j = 0; j < columns; j++) if (holes && draw() < holes) row[j] = Number.NaN
  }
  const top = distinct > 1 ? 2 * distinct + distinct ** 2 + 1 : 4
  const codes = values.map(value => Math.min(Math.trunc((value / top) * classes * 1.5), classes - 1))
  for (let k = 0; k < classes; k++) codes[k] = k
  return { X: { rows, columns, data } satisfies Matrix, codes, values }
}
function check(one: GridCase): void {
  const { X, codes, values } = rowsOf(one.data)
  const classifies = one.target.endsWith('Classifier')
  if (one.target.includes('.Gradient')) X.data.set(X.data.map(cell => (Number.isNaN(cell) ? 0 : cell)))
  const y = { name: 'y', type: 'float' as const, values: classifies ? codes : values }
  const train = () => {
    const model = estimatorOf(one.target, one.params)
    model.fit(X, y)
    return model
  }
  if (one.error !== undefined) {
    expect(train).toThrow(one.error)
    return
  }
  const model = train()
  const predictions: Float64Array = classifies ? model.predictProba(X).data : model.predict(X)
  expect([...predictions.slice(0, 6)]).toEqual(one.first)
  if (one.iterations !== undefined) {
    expect(model.n_iter_).toBe(one.iterations)
    expect(crc(predictions)).toBe(one.predictions)
    return
  }
  const trees: Tree[] = [model.tree_ ?? model.estimators_].flat(2)
  expect(trees.map(tree => tree.feature.length)).toEqual(one.nodes)
  const parts = trees.flatMap(tree => [tree.feature, tree.children_left, tree.n_node_samples, tree.threshold, tree.value])
  expect({ trees: crc(...parts), predictions: crc(predictions) }).toEqual({ trees: one.trees, predictions: one.predictions })
  expect(crc(...trees.map(tree => tree.impurity))).toBe(one.impurities)
}

const targets = [...new Set(cases.map(one => one.target))]
for (const target of targets) {
  for (const name of Object.keys(sets)) {
    const own = cases.filter(one => one.target === target && one.data === name)
    test(`${target.split('.').at(-1)} on ${name} is scikit-learn's for ${own.length} parameter sets`, () => {
      for (const one of own) {
        try {
          check(one)
        } catch (error) {
          throw new Error(`${JSON.stringify(one.params)}: ${(error as Error).message}`)
        }
      }
    })
  }
}

const findings = new URL('fuzz/findings/', oracle)
for (const file of existsSync(findings) ? readdirSync(findings) : []) {
  test(`what the fuzzer has found stays right: ${file}`, async () => {
    expect(await compareCase(JSON.parse(readFileSync(new URL(file, findings), 'utf8')))).toBeUndefined()
  })
}
