import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ForestKernel } from '../../../src/learn/kernels/forest-kernel.ts'
import { type GrowOptions, growTree } from '../../../src/learn/kernels/grow-tree.ts'
import { sumOfValues } from '../../../src/learn/kernels/predict-trees.ts'
import { RankedColumns } from '../../../src/learn/kernels/ranked-columns.ts'
import { ScatteredKernel } from '../../../src/learn/kernels/scattered-kernel.ts'
import { SortedKernel } from '../../../src/learn/kernels/sorted-kernel.ts'
import { withoutPauses } from '../../../src/learn/kernels/tree-memory.ts'
import { kernelInstance, Layout } from '../../../src/learn/kernels/wasm-module.ts'
import { RandomState } from '../../../src/learn/random-state.ts'
import { buildTree } from '../../../src/learn/tree/build-tree.ts'
import { Entropy, Gini } from '../../../src/learn/tree/classification-criteria.ts'
import { rankColumn, rankTable } from '../../../src/learn/tree/ranks.ts'
import { Poisson, SquaredError } from '../../../src/learn/tree/regression-criteria.ts'
import { addValues, type TreeMatrix, treeJSON, treeMatrix } from '../../../src/learn/tree/tree.ts'

const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_123))
const pick = <T>(...options: readonly T[]): T => options[random.below(options.length)]

/** Columns of noise, ties, near-equal values and constants; some cells missing. */
function someRows(rows: number, width: number, missing = false): TreeMatrix {
  const columns = Array.from({ length: width }, () => {
    const kind = pick('noise', 'ties', 'near', 'constant')
    return Float32Array.from({ length: rows }, () => {
      if (missing && random.double() < 0.1) return Number.NaN
      if (kind === 'noise') return random.double() - 0.5
      if (kind === 'ties') return random.below(6)
      return kind === 'near' ? 1 + random.below(4) * 6e-8 : 3.25
    })
  })
  return { rows, columns, hasMissing: missing }
}

test('the WebAssembly kernel grows the trees of its plain twin', () => {
  for (let i = 0; i < 120; i++) {
    const classes = pick(2, 2, 3, 7)
    const rows = pick(1, 2, 5, 30, 90, 400)
    const X = someRows(rows, pick(1, 3, 6))
    const table = rankTable(X)
    const codes = Int32Array.from({ length: rows }, () => random.below(classes))
    const kernel = ForestKernel.for(X, classes)!
    kernel.use(codes)
    for (let tree = 0; tree < 3; tree++) {
      const treeSeed = random.below(2 ** 31)
      const draws = pick(rows, 2 * rows, Math.ceil(rows / 2))
      const seed = kernel.seedFor(treeSeed)
      const options: GrowOptions = {
        classes,
        seed,
        maxDepth: pick(1, 3, 2147483647),
        maxFeatures: pick(1, 2, X.columns.length),
        minSamplesSplit: pick(2, 2, 9),
        minSamplesLeaf: pick(1, 1, 2, 4),
        minWeightLeaf: pick(0, 0, 2.5),
        minImpurityDecrease: pick(0, 0, 0.01),
      }
      const plainDraws = new RandomState(treeSeed)
      expect(seed).toBe(plainDraws.below(2147483647))
      plainDraws.rewind()
      const counts = new Int32Array(rows)
      for (let d = 0; d < draws; d++) counts[plainDraws.below(rows)]++
      kernel.bootstrap(draws)
      expect([...kernel.counts]).toEqual([...counts])
      // What was drawn once is kept.
      for (let time = 0; time < 2; time++) {
        kernel.setCounts(undefined)
        expect(kernel.drawFor(treeSeed, draws)).toBe(seed)
        expect([...kernel.counts]).toEqual([...counts])
      }
      expect(treeJSON(kernel.grow(options)!)).toEqual(treeJSON(growTree(table, codes, counts, options)))
    }
  }
})

test('ranks are those of the plain twin', () => {
  for (const rows of [1, 700, 5000]) {
    const odd = Float32Array.from({ length: rows }, (_, i) => [0, -0, -1e-45, 3e38, -3e38, -7, 7][i % 7])
    const columns = [...someRows(rows, 8).columns, odd, ...someRows(rows, 1, true).columns]
    const layout = new Layout()
    const room = (bytes: number) => layout.take(bytes * rows)
    const at = { ranks: room(2 * columns.length), values: room(4 * columns.length), cells: room(4), own: room(4), order: room(4) }
    const instance = kernelInstance(layout.bytes + 16 * rows + 3 * (4 << 11) + 64)!
    const ranked = new RankedColumns(instance, rows, { ...at, pairs: room(8), spare: room(8), ends: layout.take(3 * (4 << 11)) })
    for (const [j, column] of columns.entries()) {
      const { offset, mostEqual, missingRank } = ranked.add(column)
      const plain = rankColumn(column)
      const own = new Uint16Array(instance.memory.buffer, at.ranks + 2 * rows * j, rows)
      const values = new Float32Array(instance.memory.buffer, at.values + 4 * offset, plain.values.length)
      expect({ ranks: Int32Array.from(own), values: values.slice() }).toEqual(plain)
      expect(missingRank).toBe(plain.values.findIndex(Number.isNaN))
      const rowsOf = new Map<number, number>()
      for (const rank of plain.ranks) rowsOf.set(rank, (rowsOf.get(rank) ?? 0) + 1)
      expect(mostEqual).toBe(Math.max(...rowsOf.values()))
    }
  }
})

test('a row that counts more often than a key can hold is left to the plain twin', () => {
  const X = { rows: 70000, columns: [Float32Array.from({ length: 70000 }, (_, i) => i)], hasMissing: false }
  const kernel = ForestKernel.for(X, 2)!
  kernel.use(new Int32Array(X.rows))
  kernel.setCounts(new Int32Array(X.rows).fill(1 << 20))
  const all = { seed: 1, maxDepth: 9, maxFeatures: 1, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightLeaf: 0, minImpurityDecrease: 0 }
  expect(kernel.grow(all)).toBeUndefined()
})

/** Options of any tree, best first now and then. */
const someOptions = (width: number) => ({
  seed: random.below(2 ** 31),
  maxDepth: pick(1, 3, 2147483647),
  maxFeatures: pick(1, 2, width),
  minSamplesSplit: pick(2, 2, 9),
  minSamplesLeaf: pick(1, 1, 2, 4),
  minWeightLeaf: pick(0, 0, 0.5),
  minImpurityDecrease: pick(0, 0, 0.01),
  ...pick({}, {}, { maxLeafNodes: pick(2, 5, 40) }),
})

test('the WebAssembly kernel that keeps the order of rows grows the trees of its plain twin', () => {
  for (let i = 0; i < 240; i++) {
    const rows = pick(1, 2, 5, 30, 90, 400)
    const X = someRows(rows, pick(1, 3, 6), pick(false, false, true))
    const splitter = pick('best' as const, 'random' as const)
    const outputs = pick(1, 1, 2, 4)
    const criterion = outputs === 1 ? pick('squared_error' as const, 'poisson' as const) : pick('gini' as const, 'entropy' as const)
    const codes = Int32Array.from({ length: rows }, () => random.below(outputs))
    const values = Float64Array.from({ length: rows }, () => random.double() - (criterion === 'poisson' ? 0 : 0.5))
    for (let tree = 0; tree < 3; tree++) {
      const weights = pick(
        undefined,
        Float64Array.from({ length: rows }, () => random.below(3)),
        Float64Array.from({ length: rows }, () => random.double()),
      )
      const options = someOptions(X.columns.length)
      // Whether columns are kept as lists depends on the features per node that are announced.
      const kernel = SortedKernel.for(X, { criterion, splitter, outputs, maxFeatures: pick(0, options.maxFeatures) })!
      kernel.use(outputs === 1 ? values : codes)
      kernel.setWeights(weights)
      const ofClasses = criterion === 'entropy' ? Entropy : Gini
      const ofValues = criterion === 'poisson' ? Poisson : SquaredError
      const plain = outputs === 1 ? new ofValues(values, weights) : new ofClasses(codes, outputs, weights)
      const expected = buildTree(X.columns, plain, weights, { ...options, splitter })
      expect(treeJSON(kernel.grow(options))).toEqual(treeJSON(expected))
    }
  }
})

test('rows that share their value with few others stand in the order of the plain twin', () => {
  for (let i = 0; i < 12; i++) {
    const rows = 500 + random.below(2000)
    const draw = () => Float32Array.from({ length: rows }, () => random.below(pick(1, 4, 30) * rows))
    const X = { rows, columns: [draw(), draw(), draw()], hasMissing: false }
    // Sums of these depend on their order.
    const values = Float64Array.from({ length: rows }, () => (random.double() - 0.5) * 10 ** random.below(12))
    const weights = pick(
      undefined,
      Float64Array.from({ length: rows }, () => random.below(3)),
    )
    const options = { ...someOptions(3), maxDepth: 6, maxFeatures: 3 }
    const kernel = SortedKernel.for(X, { criterion: 'squared_error', splitter: 'best', outputs: 1, maxFeatures: pick(0, 3) })!
    kernel.use(values)
    kernel.setWeights(weights)
    const expected = buildTree(X.columns, new SquaredError(values, weights), weights, { ...options, splitter: 'best' })
    expect(treeJSON(kernel.grow(options))).toEqual(treeJSON(expected))
  }
})

test('the WebAssembly kernels that count classes grow the trees of their plain twin', () => {
  for (let i = 0; i < 240; i++) {
    const classes = pick(2, 2, 3, 7)
    const rows = pick(1, 2, 5, 30, 90, 400)
    const X = someRows(rows, pick(1, 3, 6), pick(false, true))
    const splitter = pick('best' as const, 'random' as const)
    const criterion = pick('gini' as const, 'entropy' as const)
    const codes = Int32Array.from({ length: rows }, () => random.below(classes))
    const kernel = splitter === 'best' ? ForestKernel.for(X, classes, criterion)! : ScatteredKernel.for(X, classes, criterion)!
    kernel.use(codes)
    for (let tree = 0; tree < 3; tree++) {
      const counts = pick(
        undefined,
        Int32Array.from({ length: rows }, () => random.below(4)),
      )
      kernel.setCounts(counts)
      const options = someOptions(X.columns.length)
      const weights = counts && Float64Array.from(counts)
      const plain = criterion === 'gini' ? new Gini(codes, classes, weights) : new Entropy(codes, classes, weights)
      const expected = buildTree(X.columns, plain, weights, { ...options, splitter })
      expect(treeJSON(kernel.grow(options)!)).toEqual(treeJSON(expected))
    }
  }
})

test('nodes of a large matrix read from copies of its columns, and grow the trees of the plain twin', () => {
  for (const missing of [false, true]) {
    const X = someRows(2400, 50, missing)
    const codes = Int32Array.from({ length: X.rows }, (_, i) => (X.columns.some(column => column[i] > 0.48) ? random.below(3) : 0))
    const values = Float64Array.from(codes, code => code + random.double())
    const limits = { maxDepth: 2147483647, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightLeaf: 0, minImpurityDecrease: 0 }
    const options = { ...limits, seed: random.below(2 ** 31), maxFeatures: 3 }
    const weights = Int32Array.from(codes, () => random.below(3))
    const real = Float64Array.from(weights)
    const best = ForestKernel.for(X, 3)!
    best.use(codes)
    best.setCounts(weights)
    const bestTwin = buildTree(X.columns, new Gini(codes, 3, real), real, { ...options, splitter: 'best' })
    expect(treeJSON(best.grow(options)!)).toEqual(treeJSON(bestTwin))
    const random3 = ScatteredKernel.for(X, 3, 'gini')!
    random3.use(codes)
    random3.setCounts(weights)
    const randomTwin = buildTree(X.columns, new Gini(codes, 3, real), real, { ...options, splitter: 'random' })
    expect(treeJSON(random3.grow(options))).toEqual(treeJSON(randomTwin))
    for (const own of [undefined, real]) {
      const sums = SortedKernel.for(X, { criterion: 'squared_error', splitter: 'random', outputs: 1 })!
      sums.use(values)
      sums.setWeights(own)
      const sumsTwin = buildTree(X.columns, new SquaredError(values, own), own, { ...options, splitter: 'random' })
      expect(treeJSON(sums.grow(options))).toEqual(treeJSON(sumsTwin))
    }
  }
})

test('nodes of many columns are copied from rows, and grow the trees of the plain twin', () => {
  // So many rows of so many columns that a node below the root gets a copy; no number of columns or rows is a whole number of vectors.
  const [rows, columns] = [15_003, 421]
  const data = Float64Array.from({ length: rows * columns }, (_, i) => (i % 97 ? random.below(1000) / 1000 : random.double()))
  const X = treeMatrix({ rows, columns, data })
  const codes = Int32Array.from({ length: rows }, (_, i) => Number(data[i * columns] + data[i * columns + 420] > 1) + random.below(2))
  const limits = { maxDepth: 9, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightLeaf: 0, minImpurityDecrease: 0 }
  const options = { ...limits, seed: random.below(2 ** 31), maxFeatures: 20 }
  const kernel = ScatteredKernel.for(X, 3, 'gini')!
  kernel.use(codes)
  kernel.setCounts(undefined)
  const twin = buildTree(X.columns, new Gini(codes, 3, undefined), undefined, { ...options, splitter: 'random' })
  expect(treeJSON(kernel.grow(options))).toEqual(treeJSON(twin))
})

test('two trees that grow by turns on one data set do not see each other', () => {
  const columns = Array.from({ length: 4 }, () => Float32Array.from({ length: 90_000 }, () => random.double()))
  const X = { rows: 90_000, columns, hasMissing: false }
  const codes = Int32Array.from({ length: X.rows }, () => random.below(2))
  const limits = { minSamplesSplit: 2, minSamplesLeaf: 1, minWeightLeaf: 0, minImpurityDecrease: 0, maxLeafNodes: 5000 }
  const options = { seed: 7, maxDepth: 2147483647, maxFeatures: 4, ...limits }
  const begin = () => {
    const kernel = ScatteredKernel.for(X, 2, 'gini')!
    kernel.use(codes)
    kernel.setCounts(undefined)
    return kernel
  }
  const alone = treeJSON(begin().grow(options))
  const first = begin().memory.growing(options)
  expect(first.next().done).toBe(false)
  expect(treeJSON(begin().grow(options))).toEqual(alone)
  expect(treeJSON(withoutPauses(first)!)).toEqual(alone)
})

test('rows are divided into the order of the walk from both ends', () => {
  const most = 700
  const layout = new Layout()
  const [patterns, heres, theres] = [layout.take(256), layout.take(4 * most + 32), layout.take(4 * most + 32)]
  const [samples, column, cells] = [4 * most + 32, 4 * most, 4 * most + 32].map(bytes => layout.take(bytes))
  const { exports, memory } = kernelInstance(layout.bytes)!
  exports.setUpDivide(patterns, heres, theres)
  for (let i = 0; i < 1500; i++) {
    const n = 1 + random.below(pick(4, 31, most))
    const values = Float32Array.from({ length: n }, () => pick(random.double(), random.below(4) / 4))
    const rows = Array.from({ length: n }, (_, at) => at)
    for (let at = n - 1; at > 0; at--) {
      const other = random.below(at + 1)
      ;[rows[at], rows[other]] = [rows[other], rows[at]]
    }
    const behind = [7, 8, 9, 10]
    new Float32Array(memory.buffer, column, n).set(values)
    new Uint32Array(memory.buffer, samples, n + 4).set([...rows, ...behind])
    const limit = Math.fround(random.double() * 1.1)
    exports.readCells(column, samples, n, cells)
    const left = exports.divideRows(samples, n, cells, limit)
    let [front, back] = [0, n]
    while (front < back) {
      if (values[rows[front]] <= limit) front++
      else {
        back--
        ;[rows[front], rows[back]] = [rows[back], rows[front]]
      }
    }
    expect({ left, rows: [...new Uint32Array(memory.buffer, samples, n + 4)] }).toEqual({ left: back, rows: [...rows, ...behind] })
  }
})

test('a column that is mostly distinct may be constant in a node', () => {
  const column = Float32Array.from({ length: 300 }, (_, i) => (i < 40 ? 0 : i))
  const X = { rows: 300, columns: [column], hasMissing: false }
  const values = Float64Array.from({ length: 300 }, (_, i) => (i < 40 ? i : 1000 * i))
  const options = { seed: 3, maxDepth: 99, maxFeatures: 1, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightLeaf: 0, minImpurityDecrease: 0 }
  const kernel = SortedKernel.for(X, { criterion: 'squared_error', splitter: 'best', outputs: 1 })!
  kernel.use(values)
  const expected = buildTree(X.columns, new SquaredError(values, undefined), undefined, { ...options, splitter: 'best' })
  kernel.setWeights(undefined)
  expect(treeJSON(kernel.grow(options))).toEqual(treeJSON(expected))
})

test('the WebAssembly kernel predicts what its plain twin predicts', () => {
  for (let i = 0; i < 20; i++) {
    const X = someRows(200, 4)
    const classes = pick(2, 3)
    const kernel = ForestKernel.for(X, classes)!
    kernel.use(Int32Array.from({ length: X.rows }, () => random.below(classes)))
    const trees = Array.from({ length: 12 }, () => {
      const seed = kernel.seedFor(random.below(2 ** 31))
      kernel.bootstrap(X.rows)
      const limits = { maxDepth: 6, maxFeatures: 2, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightLeaf: 0, minImpurityDecrease: 0 }
      return kernel.grow({ seed, ...limits })!
    })
    for (const [count, missing] of [
      [500, true],
      [503, false],
      [i === 0 ? 9001 : 601, false],
    ] as const) {
      const rows = someRows(count, 4, missing)
      const data = Float64Array.from({ length: count * 4 }, (_, at) => rows.columns[at % 4][Math.floor(at / 4)])
      const plain = new Float64Array(count * classes)
      for (const tree of trees) addValues(tree, rows, classes, plain)
      const matrix = { rows: count, columns: 4, data }
      expect([...sumOfValues(trees, matrix, classes, { requireFinite: expect.unreachable })]).toEqual([...plain])
      const halfway = sumOfValues(trees.slice(0, 5), matrix, classes, { requireFinite: expect.unreachable })
      expect([...sumOfValues(trees.slice(5), matrix, classes, { requireFinite: expect.unreachable, sums: halfway })]).toEqual([...plain])
      data[4 * count - 1] = 1e39
      expect(() =>
        sumOfValues(trees, matrix, classes, {
          requireFinite: () => {
            throw new RangeError('infinite')
          },
        }),
      ).toThrow('infinite')
    }
  }
})

test('the committed WebAssembly is what its source compiles to', () => {
  const script = fileURLToPath(new URL('../../../scripts/wasm.mjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
}, 60_000)
