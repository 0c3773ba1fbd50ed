import { readFileSync, writeFileSync } from 'node:fs'
import * as learn from '../src/learn/index.ts'
import { nodeWorker } from '../src/platform/node-worker.ts'

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

function rowsOf(path: string, { name, rows, columns }: ForestRow): { readonly X: learn.Matrix; readonly y: learn.Target } {
  const bytes = readFileSync(path)
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columns + 1))
  const data = Float64Array.from({ length: rows * columns }, (_, at) => all[Math.floor(at / columns) * (columns + 1) + (at % columns)])
  const values = Float64Array.from({ length: rows }, (_, i) => all[i * (columns + 1) + columns])
  return {
    X: { rows, columns, data },
    y: { name: 'y', type: 'float', values: name.endsWith('Classifier') ? values.map(value => (value > 0.9 ? 1 : 0)) : values },
  }
}

/** Seconds of the clock of a fit with `n_jobs: 2`: the best of some. @param dist the folder of the product's bundles */
export async function measureTwo(path: string, row: ForestRow, times: number, dist: string): Promise<{ readonly fit: number; readonly megabytes: number }> {
  const { X, y } = rowsOf(path, row)
  const worker = nodeWorker(new URL(dist))
  let fit = Number.POSITIVE_INFINITY
  for (let i = 0; i < times; i++) {
    const model = new learn[row.name]({ n_estimators: row.trees, random_state: 1, n_jobs: 2 }, worker)
    const started = performance.now()
    await model.fitAsync({ ...X }, y)
    fit = Math.min(fit, (performance.now() - started) / 1000)
  }
  return { fit, megabytes: process.resourceUsage().maxRSS / 1024 }
}

/** Fits and predicts the rows of a file. */
export function measure(path: string, row: ForestRow, times: number): Measured {
  const { X, y } = rowsOf(path, row)
  const { name, trees } = row
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
