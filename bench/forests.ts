import { readFileSync, writeFileSync } from 'node:fs'
import * as learn from '../src/learn/index.ts'

export interface ForestRow {
  readonly name: 'RandomForestClassifier' | 'RandomForestRegressor' | 'ExtraTreesClassifier' | 'ExtraTreesRegressor'
  readonly rows: number
  readonly columns: number
  readonly trees: number
}
export interface Measured {
  /** Seconds of CPU time: the best of some fits. */
  readonly fit: number
  readonly predict: number
  readonly nodes: number
  /** Peak memory of the process so far, MB. */
  readonly megabytes: number
}

/** Noise, and a target that depends on three columns; written as float64 for the twin. */
export function writeData(path: string, rows: number, columns: number): void {
  let state = 12345
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  const data = Float64Array.from({ length: rows * (columns + 1) }, draw)
  for (let i = 0; i < rows; i++) {
    const at = i * (columns + 1)
    data[at + columns] = data[at] + data[at + 1] * data[at + 2] + 0.3 * data[at + columns]
  }
  writeFileSync(path, data)
}

/** Fits and predicts the rows of a file. */
export function measure(path: string, { name, rows, columns, trees }: ForestRow, times: number): Measured {
  const bytes = readFileSync(path)
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columns + 1))
  const data = Float64Array.from({ length: rows * columns }, (_, at) => all[Math.floor(at / columns) * (columns + 1) + (at % columns)])
  const values = Float64Array.from({ length: rows }, (_, i) => all[i * (columns + 1) + columns])
  const X: learn.Matrix = { rows, columns, data }
  const y = { name: 'y', type: 'float' as const, values: name.endsWith('Classifier') ? values.map(value => (value > 0.9 ? 1 : 0)) : values }
  const cpu = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
  let best: Measured | undefined
  for (let i = 0; i < times; i++) {
    const model = new learn[name]({ n_estimators: trees, random_state: 1 })
    const started = cpu()
    model.fit({ ...X }, y)
    const fitted = cpu()
    if (model.kind === 'classifier') model.predictProba(X)
    else model.predict(X)
    const fit = fitted - started
    const nodes = model.estimators_.reduce((sum, tree) => sum + tree.feature.length, 0)
    if (!best || fit < best.fit) best = { fit, predict: cpu() - fitted, nodes, megabytes: process.resourceUsage().maxRSS / 1024 }
  }
  return best!
}
