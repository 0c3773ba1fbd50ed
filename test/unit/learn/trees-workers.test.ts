import { expect, test } from 'vitest'
import { growTask, isGrowTask, type WorkerRunner } from '../../../src/learn/ensemble/forest-workers.ts'
import { float, type Matrix, type Params, RandomForestClassifier, RandomForestRegressor, RandomState } from '../../../src/learn/index.ts'
import { treeJSON } from '../../../src/learn/tree/tree.ts'

const random = new RandomState(7)
const X: Matrix = { rows: 3000, columns: 6, data: Float64Array.from({ length: 18000 }, () => random.double()) }
const values = Float64Array.from({ length: 3000 }, (_, i) => X.data[6 * i] + random.double())
const target = { name: 'y', type: 'float' as const, values }
const classes = { name: 'y', type: 'float' as const, values: values.map(value => Math.trunc(value * 1.5)) }

/** Workers in this thread: what goes in and out is cloned as between threads. */
function workersHere(started: number[] = []): WorkerRunner {
  return {
    async run<Input, Output>(entry: string, input: Input, { signal, onMessage }: Parameters<WorkerRunner['run']>[2]) {
      expect(entry).toBe('trees')
      const task = structuredClone(input)
      if (!isGrowTask(task)) throw new Error('no task')
      started.push(task.seeds.length)
      await Promise.resolve()
      signal?.throwIfAborted()
      return growTask(task, (trees, transfer) => onMessage?.(structuredClone(trees, { transfer }))) as Output
    },
  }
}
const big: Params = { n_estimators: 60, random_state: 3, max_features: float(0.5), n_jobs: 3 }

test('a forest does not depend on how many workers grow it', async () => {
  for (const [kind, y, more] of [
    [RandomForestClassifier, classes, { class_weight: 'balanced_subsample', max_depth: 9, n_estimators: 120 }],
    [RandomForestClassifier, classes, { oob_score: true, n_estimators: 150 }],
    [RandomForestRegressor, target, { min_samples_leaf: 3 }],
  ] as const) {
    const alone = new kind({ ...big, ...more })
    alone.fit(X, y)
    for (const n_jobs of [1, 2, 3]) {
      const started: number[] = []
      const shared = new kind({ ...big, ...more, n_jobs }, workersHere(started))
      await shared.fitAsync(X, y)
      // This thread is one of them.
      expect(started).toHaveLength(n_jobs - 1)
      expect(shared.estimators_.map(treeJSON)).toEqual(alone.estimators_.map(treeJSON))
      expect(shared.oob_score_).toBe(alone.oob_score_)
    }
  }
})

test('trees done are told while workers grow them, and at the end', async () => {
  const told: number[] = []
  const forest = new RandomForestRegressor(big, workersHere())
  await forest.fitAsync(X, target, { onProgress: done => told.push(done) })
  expect(told.length).toBeGreaterThan(3)
  expect(told.at(-1)).toBe(60)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
})

test('the first trees of a fit predict as a smaller forest, here and while workers grow them', async () => {
  const alone = new RandomForestClassifier({ ...big, n_estimators: 25 })
  for (const workers of [undefined, workersHere()]) {
    const forest = new RandomForestClassifier({ ...big, n_estimators: 25 }, workers)
    const stages: [number, number, number[]][] = []
    await forest.fitAsync(X, classes, {
      onStage: ({ done, total, model }) => {
        stages.push([done, total, [...(model as RandomForestClassifier).predictProba(X).data]])
      },
    })
    expect(stages.map(([done, total]) => [done, total])).toEqual([
      [10, 25],
      [20, 25],
    ])
    for (const [done, , shares] of stages) {
      const small = new RandomForestClassifier({ ...big, n_estimators: done })
      small.fit(X, classes)
      expect(shares).toEqual([...small.predictProba(X).data])
    }
    alone.fit(X, classes)
    expect(forest.estimators_.map(treeJSON)).toEqual(alone.estimators_.map(treeJSON))
  }
})

test('who hears of the stages may end the fit', async () => {
  for (const workers of [undefined, workersHere()]) {
    const told: number[] = []
    const fit = new RandomForestRegressor(big, workers).fitAsync(X, target, {
      async onStage({ done }) {
        told.push(done)
        if (done === 20) throw new Error('enough')
      },
    })
    await expect(fit).rejects.toThrow('enough')
    expect(told).toEqual([10, 20])
  }
})

test('an abort ends the workers, and the fit with its reason', async () => {
  const stop = new AbortController()
  const ended: unknown[] = []
  const forever: WorkerRunner = {
    run: (_entry, _input, { signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          ended.push(signal.reason)
          reject(signal.reason)
        })
      }),
  }
  const fit = new RandomForestRegressor(big, forever).fitAsync(X, target, { signal: stop.signal })
  stop.abort(new Error('stopped'))
  await expect(fit).rejects.toThrow('stopped')
  expect(ended).toHaveLength(2)
})

test('trees that would not fit into memory are refused with an estimate, here and in workers', async () => {
  const endless = { ...big, n_estimators: 2_000_000_000, n_jobs: null }
  const billions = new RandomForestClassifier(endless)
  expect(() => billions.fit(X, classes)).toThrow(/^Unable to allocate [\d.]+ GiB for 2000000000 trees of \d+ nodes each$/)
  const many = new RandomForestRegressor({ ...big, n_estimators: 90_000 }, workersHere())
  await expect(many.fitAsync(X, target)).rejects.toThrow(/^Unable to allocate [\d.]+ GiB for 90000 trees/)
})
