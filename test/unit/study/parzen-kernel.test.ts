import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArgsortMode } from '../../../src/numerics/argsort.ts'
import { categoricalDistribution, type Distribution, floatDistribution, intDistribution } from '../../../src/study/index.ts'
import { ParzenKernel } from '../../../src/study/kernels/parzen-kernel.ts'
import { RandomState } from '../../../src/study/numerics/random-state.ts'
import type { ParzenOptions } from '../../../src/study/samplers/tpe/mixture.ts'
import { ParzenEstimator } from '../../../src/study/samplers/tpe/parzen-estimator.ts'

const distributions: readonly Distribution[] = [
  floatDistribution(0, 1),
  floatDistribution(-5, 1e6),
  floatDistribution(1e-300, 1, { log: true }),
  floatDistribution(0.5, 2, { log: true }),
  floatDistribution(0, 1, { step: 0.1 }),
  floatDistribution(-7, 100, { step: 0.25 }),
  intDistribution(0, 3),
  intDistribution(-1000, 100_000),
  intDistribution(1, 1000, { log: true }),
  intDistribution(0, 100, { step: 25 }),
  categoricalDistribution([true, false]),
  categoricalDistribution(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']),
  categoricalDistribution(Array.from({ length: 300 }, (_, i) => i)),
]

/** An observed internal value. */
function observed(distribution: Distribution, random: RandomState): number {
  if (distribution.name === 'CategoricalDistribution') return Math.floor(random.random() * distribution.choices.length)
  // Squared, so that many lie together.
  const share = random.random() ** 2
  const { low, high } = distribution
  if (distribution.log) return Math.min(high, Math.max(low, roundedBy(distribution.step, low, low * (high / low) ** share)))
  return Math.min(high, roundedBy(distribution.step, low, low + share * (high - low)))
}

const roundedBy = (step: number | null, low: number, x: number): number => (step === null ? x : low + Math.round((x - low) / step) * step)

interface Case {
  readonly space: readonly Distribution[]
  readonly n: number
  readonly size: number
  readonly seed: number
  readonly options: ParzenOptions
}

function run({ space, n, size, seed, options }: Case) {
  const random = new RandomState(seed)
  const rows = Float64Array.from({ length: n * space.length }, (_, i) => observed(space[i % space.length], random))
  const weights = Float64Array.from({ length: n }, (_, i) => (i < n / 2 ? (i + 1) / n : 1))
  const kernel = ParzenKernel.create()!
  const plain = new ParzenEstimator()
  const results = [kernel, plain].map(mixture => {
    // A second fit works in the room of the first.
    mixture.fit(space, { n: Math.floor(n / 3), rows }, weights, options)
    mixture.fit(space, { n, rows }, weights, options)
    const points = mixture.sample(new RandomState(seed + 1), size)
    return { points: points.map(values => [...values]), density: [...mixture.logPdf(points)] }
  })
  return { kernel: results[0], plain: results[1] }
}

const options = fc.record({
  priorWeight: fc.constantFrom(1, 0.25, 3),
  considerMagicClip: fc.boolean(),
  considerEndpoints: fc.boolean(),
  argsort: fc.constantFrom<ArgsortMode>('simd', 'intro', 'stable'),
  commonSigma: fc.boolean(),
})

describe('the mixture in WebAssembly draws and judges as the plain one, to the bit', () => {
  test('for random spaces, options and numbers of trials', () => {
    const cases = fc.record({
      space: fc.array(fc.constantFrom(...distributions), { minLength: 1, maxLength: 12 }),
      n: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 200, max: 300 })),
      size: fc.constantFrom(1, 24, 60),
      seed: fc.nat(),
      options,
    })
    fc.assert(
      fc.property(cases, one => {
        const { kernel, plain } = run(one)
        expect(kernel).toEqual(plain)
      }),
      { numRuns: 150 },
    )
  })

  const usual = { priorWeight: 1, considerMagicClip: true, considerEndpoints: false, argsort: 'simd', commonSigma: false } as const
  test.each([
    ['nine continuous parameters, which are summed pairwise', Array.from({ length: 9 }, () => distributions[0]), 50],
    ['more than 2,000 intervals around zero', [distributions[0], distributions[7], distributions[8]], 700],
    ['a parameter of one step', [intDistribution(0, 1), floatDistribution(0, 1e-9)], 40],
    ['no observation', distributions, 0],
  ])('for %s', (_, space, n) => {
    const { kernel, plain } = run({ space, n, size: 24, seed: 7, options: usual })
    expect(kernel).toEqual(plain)
  })
})
