import { readFileSync, writeFileSync } from 'node:fs'
import * as learn from '../src/learn/index.ts'

export interface LogisticRow {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  readonly solver: 'lbfgs' | 'newton-cholesky'
}
export interface MeasuredFit {
  /** Milliseconds: the best of some fits. */
  readonly cpu: number
  readonly wall: number
  readonly iterations: number
  readonly coef: readonly number[]
}

/** Noise, and labels that depend on all columns: all rows, then all labels, as float64 for the twin. */
export function writeData(path: string, { rows, columns, classes }: LogisticRow): void {
  let state = 12345
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const truth = Array.from({ length: classes }, () => Float64Array.from({ length: columns }, normal))
  const all = new Float64Array(rows * (columns + 1))
  for (let i = 0; i < rows; i++) {
    const row = all.subarray(i * columns, (i + 1) * columns)
    for (let j = 0; j < columns; j++) row[j] = normal()
    const scores = truth.map(w => w.reduce((sum, value, j) => sum + value * row[j], 3 * normal()))
    all[rows * columns + i] = scores.indexOf(Math.max(...scores))
  }
  writeFileSync(path, all)
}

/** Fits the rows of a file some times. */
export function measure(path: string, { rows, columns, solver }: LogisticRow, times: number): MeasuredFit {
  const bytes = readFileSync(path)
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columns + 1))
  const y = { name: 'y', type: 'int' as const, values: all.subarray(rows * columns) }
  let best: MeasuredFit | undefined
  for (let i = 0; i < times; i++) {
    const X: learn.Matrix = { rows, columns, data: all.subarray(0, rows * columns) }
    const model = new learn.LogisticRegression({ solver })
    const [used, started] = [process.cpuUsage(), performance.now()]
    model.fit(X, { ...y })
    const wall = performance.now() - started
    const { user, system } = process.cpuUsage(used)
    const cpu = (user + system) / 1000
    if (!best || cpu < best.cpu) best = { cpu, wall, iterations: model.n_iter_[0], coef: [...model.coef_[0]] }
  }
  return best!
}
