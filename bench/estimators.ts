import { readFileSync, writeFileSync } from 'node:fs'
import * as learn from '../src/learn/index.ts'

/** One row of bench/estimators.json: what is measured, on what data. */
export interface EstimatorCase {
  readonly name: string
  /** An estimator unless said; of metrics, splits and importances there is only a use. */
  readonly kind?: 'metric' | 'split' | 'permutation'
  readonly task?: 'classes' | 'regression'
  /** `numbers` unless said; `gaps` has 5 % missing, `codes` and `text` ten categories a column. */
  readonly cells?: 'gaps' | 'codes' | 'text'
  /** feature_engine wants a table. */
  readonly table?: true
  readonly params?: learn.Params
  /** Rows that are predicted: all unless said. */
  readonly queries?: number
  /** Cells above which it is left out. */
  readonly most?: number
}
/** Milliseconds of CPU time: the best of some; `fit` is absent where there is none. */
export interface MeasuredCase {
  readonly fit?: number
  readonly use: number
}

/** Normal numbers, then labels, values and scores, which depend on all columns; as float64 for the twin. */
export function writeData(path: string, rows: number, columns: number): void {
  let state = 12345
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const truth = Float64Array.from({ length: columns }, normal)
  const all = new Float64Array(rows * (columns + 3))
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += truth[j] * (all[i * columns + j] = normal())
    const value = sum / Math.sqrt(columns) + normal()
    all.set([Number(value > 0)], rows * columns + i)
    all.set([value], rows * (columns + 1) + i)
    all.set([1 / (1 + Math.exp(-sum / Math.sqrt(columns) - normal()))], rows * (columns + 2) + i)
  }
  writeFileSync(path, all)
}

/** Measures a case on the rows of a file for about so many milliseconds of CPU time. */
export function measure(path: string, rows: number, columns: number, one: EstimatorCase, budget: number): MeasuredCase {
  const bytes = readFileSync(path)
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columns + 3))
  const part = (from: number, count = 1) => all.slice(rows * from, rows * (from + count))
  const X = featuresOf(part(0, columns), rows, columns, one)
  const [labels, values, scores] = [part(columns), part(columns + 1), part(columns + 2)]
  const y: learn.Target =
    one.task === 'regression' ? { name: 'y', type: 'float', values } : { name: 'y', type: 'int', values: labels }
  if (one.kind === 'metric') return best(budget, () => metric(one.name, labels, values, scores))
  if (one.kind === 'split') return best(budget, () => split(X, y, one))
  const make = () => new (learn as unknown as Record<string, new (params: learn.Params) => learn.Step>)[one.name](one.params ?? {})
  if (one.kind === 'permutation') {
    const model = new learn.LogisticRegression().fit(X, y)
    return best(budget, () => () => {
      learn.permutationImportance(seen => learn.scoreOf(learn.scorers.get('accuracy')!, learn.scoredModel(model, seen, y)), X, { seed: 0 })
    })
  }
  const queries = one.queries ? learn.rowsOf(X, Int32Array.from({ length: Math.min(rows, one.queries) }, (_, i) => i)) : X
  let fitted = make()
  const { use: fit } = best(budget, () => {
    const [model, features, target] = [make(), { ...X }, { ...y }]
    return () => {
      fitted = model.fit(features, target)
    }
  })
  const { use } = best(budget, () => {
    const [model, features] = [fitted, { ...queries }]
    return () => {
      if (model.kind === 'transformer') model.transform(features)
      else if (model.kind === 'classifier') model.predictIndex(features)
      else model.predict(features)
    }
  })
  return { fit, use }
}

/** Calls what `prepare` makes until the budget of CPU time is used up, twice at least. */
function best(budget: number, prepare: () => () => void): MeasuredCase {
  let least = Number.POSITIVE_INFINITY
  let spent = 0
  for (let i = 0; i < 2 || spent < budget; i++) {
    const run = prepare()
    const used = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(used)
    least = Math.min(least, (user + system) / 1000)
    // What takes no time at all ends too.
    spent += Math.max(0.02, (user + system) / 1000)
  }
  return { use: least }
}

/** As estimators_twin.py makes them of the same numbers. */
function featuresOf(data: Float64Array, rows: number, columns: number, { cells, table }: EstimatorCase): learn.Features {
  if (cells === 'gaps') for (let at = 0; at < data.length; at++) if (Math.abs(data[at]) < 0.0627) data[at] = Number.NaN
  const codes = cells === 'codes' || cells === 'text' ? data.map(value => Math.floor(Math.abs(value) * 1e6) % 10) : data
  if (cells !== 'text' && !table) return { rows, columns, data: codes }
  const names = Array.from({ length: 10 }, (_, k) => `c${k}`)
  return {
    rows,
    columns: Array.from({ length: columns }, (_, j): learn.Column => {
      const column = Float64Array.from({ length: rows }, (_, i) => codes[i * columns + j])
      if (cells !== 'text') return { name: `x${j}`, type: 'float', values: column }
      const order = [...new Set(column)]
      return { name: `x${j}`, type: 'text', codes: Int32Array.from(column, code => order.indexOf(code)), categories: order.map(code => names[code]) }
    }),
  }
}

const scoringOf: Readonly<Record<string, string>> = {
  roc_auc_score: 'roc_auc',
  average_precision_score: 'average_precision',
  log_loss: 'log_loss',
  accuracy_score: 'accuracy',
  f1_score: 'f1',
  r2_score: 'r2',
  median_absolute_error: 'median_absolute_error',
}

function metric(name: string, truth: Float64Array, values: Float64Array, scores: Float64Array): () => void {
  const scorer = learn.scorers.get(scoringOf[name])!
  if (scorer.task === 'regression') return () => void scorer.score({ truth: values, predicted: scores })
  const data = Float64Array.from({ length: 2 * scores.length }, (_, at) => (at % 2 ? scores[at >> 1] : 1 - scores[at >> 1]))
  const proba: learn.Matrix = { rows: scores.length, columns: 2, data }
  const codes = Int32Array.from(truth)
  const predicted = Int32Array.from(scores, score => Number(score > 0.5))
  const scored = learn.scoredLabels([0, 1], { name: 'y', type: 'int', values: truth }, predicted)
  return () => void scorer.score({ ...scored, truth: codes, predicted, proba: () => proba, decision: () => undefined })
}

function split(X: learn.Features, y: learn.Target, { params }: EstimatorCase): () => void {
  return () => {
    const { train, test } = learn.trainTestSplit(X.rows, { randomState: 0, ...(params?.stratify ? { stratify: y } : {}) })
    learn.rowsOf(X, train)
    learn.rowsOf(X, test)
  }
}
