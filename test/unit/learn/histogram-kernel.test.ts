import { expect, test } from 'vitest'
import { BinMapper } from '../../../src/learn/ensemble/histogram/bins.ts'
import { growHistogramTree, type HistogramGrowth } from '../../../src/learn/ensemble/histogram/grow.ts'
import { HistogramTree } from '../../../src/learn/ensemble/histogram/histogram-tree.ts'
import { halfBinomial, halfGamma, halfPoisson } from '../../../src/learn/ensemble/histogram/losses.ts'
import { HistogramKernel } from '../../../src/learn/kernels/histogram-kernel.ts'
import { addHistogramTrees } from '../../../src/learn/kernels/predict-histogram-trees.ts'
import { matrixOfColumns } from '../../../src/learn/matrix-columns.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_124))
const pick = <T>(...options: readonly T[]): T => options[random.below(options.length)]

test('the WebAssembly kernel of histogram boosting grows the trees of its plain twin', () => {
  for (let i = 0; i < 60; i++) {
    const rows = pick(5, 60, 700)
    const width = pick(1, 3, 6)
    const kinds = Array.from({ length: width }, () => pick('noise', 'ties', 'missing', 'category', 'constant'))
    const columns = kinds.map(kind =>
      Float64Array.from({ length: rows }, () => {
        if (kind === 'missing' && random.double() < 0.2) return Number.NaN
        if (kind === 'category') return random.below(4)
        return kind === 'ties' ? random.below(5) - 2 : kind === 'constant' ? -1.5 : random.double() - 0.5
      }),
    )
    const categories = kinds.map(kind => (kind === 'category' ? 4 : undefined))
    const maxBins = pick(4, 30, 255)
    const mapper = BinMapper.fit(columns, maxBins, undefined, categories, 1)
    const binned = mapper.transform(columns)
    const constantHessian = pick(true, false)
    const growth: HistogramGrowth = {
      binsPerColumn: mapper.missingBin + 1,
      missingBin: mapper.missingBin,
      binCounts: mapper.counts,
      hasMissing: Uint8Array.from(binned.bins, bins => (bins.includes(mapper.missingBin) ? 1 : 0)),
      isCategorical: Uint8Array.from(categories, known => (known === undefined ? 0 : 1)),
      minSamplesLeaf: pick(1, 5, 20),
      l2: pick(0, 0.5),
      constantHessian,
      maxLeafNodes: pick(2, 31, Number.POSITIVE_INFINITY),
      maxDepth: pick(2, Number.POSITIVE_INFINITY),
      learningRate: 0.1,
    }
    const kernel = HistogramKernel.for(binned, growth, { leaves: growth.maxLeafNodes, outputs: 1, watched: 0 })!
    for (let tree = 0; tree < 3; tree++) {
      const gradients = Float32Array.from({ length: rows }, () => random.double() - 0.5)
      const hessians = constantHessian ? undefined : Float32Array.from({ length: rows }, () => random.double())
      kernel.gradients.set(gradients)
      if (hessians) kernel.hessians.set(hessians)
      const grow = (by?: HistogramKernel) => {
        const { tree, leaves } = growHistogramTree(binned, mapper, gradients, hessians, growth, undefined, by)
        return { tree: tree.toJSON(), leaves: leaves.map(({ rows, value, node }) => ({ rows: [...rows], value, node })) }
      }
      expect(grow(kernel)).toEqual(grow())
    }
  }
})

test('the WebAssembly kernel predicts what its plain twin predicts: missing values, categories, more outputs', () => {
  for (let i = 0; i < 30; i++) {
    const width = pick(1, 4, 9)
    const kinds = Array.from({ length: width }, () => pick('noise', 'missing', 'category'))
    const rows = pick(600, 5000)
    const cells = kinds.map(kind =>
      Float64Array.from({ length: rows }, () => {
        if (kind !== 'noise' && random.double() < 0.1) return Number.NaN
        if (kind === 'category') return random.below(300)
        return random.double() < 0.01 ? Number.POSITIVE_INFINITY : random.double() - 0.5
      }),
    )
    const X = { rows, columns: width, data: matrixOfColumns(rows, cells) }
    const outputs = pick(1, 3)
    const trees = Array.from({ length: 6 }, () => randomTree(kinds))
    const sums = Float64Array.from({ length: rows * outputs }, () => random.double())
    const plain = sums.slice()
    addHistogramTrees(trees, X, outputs, sums)
    for (const [t, tree] of trees.entries()) tree.addTo(X, plain, outputs, t % outputs)
    expect(sums).toEqual(plain)
  }
})

function randomTree(kinds: readonly string[]): HistogramTree {
  const tree = new HistogramTree()
  const grow = (depth: number): number => {
    if (depth === 0 || random.double() < 0.2) return tree.addLeaf(random.double(), 1)
    const feature = random.below(kinds.length)
    const categories = kinds[feature] === 'category' ? Uint8Array.from({ length: 256 }, () => random.below(2)) : undefined
    const at = tree.addSplit(feature, random.double() - 0.5, random.below(2) === 1, categories, 1)
    const left = grow(depth - 1)
    tree.join(at, left, grow(depth - 1))
    return at
  }
  grow(6)
  return tree
}

test('derivatives and losses of the kernel are those of its plain twins', () => {
  const rows = 3000
  const binned = { rows, bins: [new Uint8Array(rows)] }
  const options = { binsPerColumn: 2, missingBin: 1, binCounts: [1], hasMissing: Uint8Array.of(0), isCategorical: Uint8Array.of(0) }
  const kernel = HistogramKernel.for(
    binned,
    { ...options, minSamplesLeaf: 1, l2: 0, constantHessian: false },
    { leaves: 2, outputs: 1, watched: rows },
  )!
  const raw = Float64Array.from({ length: rows }, (_, i) => (random.double() - 0.5) * (i % 3 ? 8 : 120))
  const labels = Float64Array.from(raw, () => random.below(2))
  for (const loss of [halfBinomial, halfPoisson, halfGamma]) {
    const y = loss === halfBinomial ? labels : labels.map(label => label + random.double())
    const plain = { gradients: new Float32Array(rows), hessians: new Float32Array(rows) }
    loss.derivatives(y, raw, undefined, 0, plain)
    kernel.targets.set(y)
    kernel.raw.set(raw)
    kernel.derive(loss.inKernel!)
    expect({ gradients: [...kernel.gradients], hessians: [...kernel.hessians] }).toEqual({
      gradients: [...plain.gradients],
      hessians: [...plain.hessians],
    })
  }
  kernel.targets.set(labels)
  const losses = halfBinomial.lossOf(labels, raw)
  expect([...kernel.binomialLosses()]).toEqual([...losses])
  expect([...kernel.binomialLosses({ targets: labels, raw })]).toEqual([...losses])
})
