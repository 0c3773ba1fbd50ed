import { expect, test } from 'vitest'
import { SortedKernel } from '../../../src/learn/kernels/sorted-kernel.ts'
import { RandomState } from '../../../src/learn/random-state.ts'
import { buildTree } from '../../../src/learn/tree/build-tree.ts'
import { SquaredError } from '../../../src/learn/tree/regression-criteria.ts'
import { treeJSON } from '../../../src/learn/tree/tree.ts'

const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_123))
const pick = <T>(...options: readonly T[]): T => options[random.below(options.length)]

test.each([
  2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 40,
])('random cuts of %i rows and all nodes below them are those of the plain twin', rows => {
  for (let i = 0; i < 120; i++) {
    const width = pick(1, 2, 3, 4, 5, 9)
    const kinds = Array.from({ length: width }, () => pick('noise', 'noise', 'ties', 'near', 'constant'))
    const columns = kinds.map(kind =>
      Float32Array.from({ length: rows }, () => {
        if (kind === 'noise') return random.double() - 0.5
        if (kind === 'ties') return random.below(3) - 1
        return kind === 'near' ? 1 + random.below(4) * 6e-8 : 3.25
      }),
    )
    // Sums that depend on their order; many equal ones; the same far from 0; numbers whose squares vanish.
    const scale = pick(1, 1, 1, 1e9, 1e-160)
    const offset = pick(0, 0, 1e6)
    const isWhole = pick(false, false, true)
    const values = Float64Array.from({ length: rows }, () => scale * (offset + (isWhole ? random.below(3) : random.double() - 0.5)))
    const X = { rows, columns, hasMissing: false }
    const kernel = SortedKernel.for(X, { criterion: 'squared_error', splitter: 'random', outputs: 1 })!
    kernel.use(values)
    kernel.setWeights(undefined)
    for (let tree = 0; tree < 2; tree++) {
      const options = {
        seed: random.below(2 ** 31),
        maxDepth: pick(2, 2147483647, 2147483647),
        maxFeatures: pick(width, width, Math.ceil(width / 2)),
        minSamplesSplit: pick(2, 2, 2, 5),
        minSamplesLeaf: 1,
        minWeightLeaf: pick(0, 0, 1),
        minImpurityDecrease: pick(0, 0, 0, 0.01),
        ...(pick(false, false, true) ? { maxLeafNodes: pick(2, 4, 9, 30) } : {}),
      }
      const expected = buildTree(columns, new SquaredError(values, undefined), undefined, { ...options, splitter: 'random' })
      expect(treeJSON(kernel.grow(options))).toEqual(treeJSON(expected))
    }
  }
})
