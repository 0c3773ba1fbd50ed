import { exp, log } from '../../numerics/exp-log.ts'
import type { Distribution, FrozenTrial } from '../contract.ts'
import { roundHalfEven, toInternal } from '../distributions.ts'
import { dot } from '../numerics/blas-dot.ts'
import { pairwiseSum } from '../numerics/pairwise-sum.ts'
import { Scratch } from '../numerics/scratch.ts'
import { addDiscreteLogPdf } from '../samplers/tpe/discrete-log-pdf.ts'
import { mixtureLogPdf } from '../samplers/tpe/parzen-estimator.ts'

const STEPS = 50
const PRIOR_WEIGHT = 1

/**
 * The density of a parameter's values on a grid of at most 50 places, or of its choices: one kernel per occupied place with a width by
 * Scott's rule, and one for the prior.
 *
 * Source: optuna 5.0, `ScottParzenEstimator`; Scott (1992).
 * @returns density per place
 */
export function densityOnGrid(name: string, distribution: Distribution, trials: readonly FrozenTrial[]): Float64Array {
  const counts = countsOnGrid(name, distribution, trials)
  const places: number[] = []
  for (const [place, count] of counts.entries()) if (count > 0) places.push(place)
  const weights = Float64Array.from([...places.map(place => counts[place]), PRIOR_WEIGHT])
  const sum = pairwiseSum(weights, 0, weights.length)
  for (let k = 0; k < weights.length; k++) weights[k] /= sum
  const scratch = new Scratch()
  const n = weights.length
  const density = new Float64Array(counts.length * n)
  if (distribution.name === 'CategoricalDistribution') addChoices(density, places, counts.length)
  else {
    const x = Float64Array.from(counts.keys())
    addDiscreteLogPdf(density, kernelsOf(places, counts), x, scratch)
  }
  return mixtureLogPdf(density, weights.map(log), n, counts.length).map(exp)
}

/** How many trials lie at each place. */
function countsOnGrid(name: string, d: Distribution, trials: readonly FrozenTrial[]): number[] {
  if (d.name === 'CategoricalDistribution') {
    const counts = d.choices.map(() => 0)
    for (const { params } of trials) counts[toInternal(d, params.get(name)!)]++
    return counts
  }
  let steps = STEPS
  if (d.name === 'IntDistribution' && d.log) steps = Math.min(Math.ceil(log(d.high - d.low + 1) / log(2)) + 1, STEPS)
  else if (d.step !== null) steps = Math.min(roundHalfEven((d.high - d.low) / d.step) + 1, STEPS)
  const [low, high] = d.log ? [log(d.low), log(d.high)] : [d.low, d.high]
  const width = (high - low) / (steps - 1)
  const counts = new Array<number>(steps).fill(0)
  for (const { params } of trials) {
    const value = params.get(name) as number
    // Half-way values go to the lower place.
    const place = Math.ceil(((d.log ? log(value) : value) - low) / width - 0.5)
    counts[Math.min(Math.max(place, 0), steps - 1)]++
  }
  return counts
}

/** Log probabilities of the choices [choices, kernels]; the last kernel is the prior. */
function addChoices(density: Float64Array, places: readonly number[], choices: number): void {
  const n = places.length + 1
  for (let k = 0; k < n; k++) {
    const row = new Float64Array(choices).fill(PRIOR_WEIGHT / n)
    if (k < places.length) row[places[k]] += 1
    const sum = pairwiseSum(row, 0, choices)
    for (let c = 0; c < choices; c++) density[c * n + k] = log(row[c] / sum)
  }
}

function kernelsOf(places: readonly number[], counts: readonly number[]) {
  const weights = places.map(place => counts[place])
  const total = weights.reduce((a, b) => a + b, 0)
  const mean = places.reduce((sum, place, k) => sum + place * weights[k], 0) / total
  const squares = places.map(place => (place - mean) ** 2)
  const deviation = Math.sqrt(dot(squares, weights) / Math.max(1, total - 1))
  const sums = weights.map((_, k) => weights.slice(0, k + 1).reduce((a, b) => a + b, 0))
  const firstQuarter = sums.findIndex(sum => sum >= Math.floor(total / 4))
  const lastQuarter = sums.findIndex(sum => sum > Math.floor((total * 3) / 4))
  const range = places[lastQuarter < 0 ? places.length - 1 : lastQuarter] - places[Math.max(firstQuarter, 0)]
  const scott = 1.059 * Math.min(range / 1.34, deviation) * total ** -0.2
  const last = counts.length - 1
  const n = places.length + 1
  return {
    kind: 'numeric' as const,
    n,
    mu: Float64Array.from([...places, last / 2]),
    // 0.5 / 1.64: nine tenths of a kernel stay at its place.
    sigma: new Float64Array(n).fill(Math.max(scott, 0.5 / 1.64)).fill(last + 1, n - 1),
    low: -0.5,
    high: last + 0.5,
    first: 0,
    last,
    step: 1,
    log: false,
  }
}
