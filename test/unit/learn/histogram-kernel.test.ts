import { expect, test } from 'vitest'
import { BinMapper } from '../../../src/learn/ensemble/histogram/bins.ts'
import { growHistogramTree, type HistogramGrowth } from '../../../src/learn/ensemble/histogram/grow.ts'
import { HistogramKernel } from '../../../src/learn/kernels/histogram-kernel.ts'
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
    const kernel = HistogramKernel.for(binned, growth, growth.maxLeafNodes)!
    for (let tree = 0; tree < 3; tree++) {
      const gradients = Float32Array.from({ length: rows }, () => random.double() - 0.5)
      const hessians = constantHessian ? undefined : Float32Array.from({ length: rows }, () => random.double())
      const grow = (by?: HistogramKernel) => {
        const { tree, leaves } = growHistogramTree(binned, mapper, gradients, hessians, growth, undefined, by)
        return { tree: tree.toJSON(), leaves: leaves.map(({ rows, value, node }) => ({ rows: [...rows], value, node })) }
      }
      expect(grow(kernel)).toEqual(grow())
    }
  }
})
