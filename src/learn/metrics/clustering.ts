import { exp } from '../../numerics/c-library.ts'
import { log } from '../../numerics/logarithm.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { labelCounts } from './confusion-matrix.ts'
import { presentLabels, type ScoredLabels } from './scored.ts'

/** How two labellings of the same rows meet; what the labels are called does not matter to any score here. */
interface Contingency {
  readonly rows: number
  /** Row counts per label of the truth, and per label of the predictions; only labels that occur. */
  readonly truth: Float64Array
  readonly predicted: Float64Array
  /** Pairs of labels that meet: index into `truth`, index into `predicted`, number of rows. */
  readonly cells: readonly (readonly [number, number, number])[]
}

/** Source: scikit-learn 1.9 `metrics/cluster/_supervised`. */
function contingency(scored: ScoredLabels): Contingency {
  const { truth, predicted, labels } = presentLabels(scored)
  const { support, claimed } = labelCounts(truth, predicted, labels.length)
  const counts = new Map<number, number>()
  for (let i = 0; i < truth.length; i++) {
    const key = truth[i] * labels.length + predicted[i]
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const place = (totals: Float64Array) => {
    let next = 0
    return Array.from(totals, count => (count ? next++ : -1))
  }
  const [rowOf, columnOf] = [place(support), place(claimed)]
  const cells = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, count]) => [rowOf[Math.floor(key / labels.length)], columnOf[key % labels.length], count] as const)
  const used = (count: number) => count > 0
  return { rows: truth.length, truth: support.filter(used), predicted: claimed.filter(used), cells }
}

/** Pairs of rows: together in both, only in the truth, only in the predictions, in neither; each pair counted twice. */
function pairs({ rows, truth, predicted, cells }: Contingency) {
  const squares = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count * count, 0)
  const both = squares(cells.map(([, , count]) => count))
  const inTruth = squares(truth) - both
  const inPredicted = squares(predicted) - both
  return { together: both - rows, onlyTruth: inTruth, onlyPredicted: inPredicted, apart: rows * rows - inTruth - inPredicted - both }
}

/** Share of pairs of rows on which both labellings agree. Source: Rand, 1971. */
export function randScore(scored: ScoredLabels): number {
  const { together, onlyTruth, onlyPredicted, apart } = pairs(contingency(scored))
  const all = together + onlyTruth + onlyPredicted + apart
  return all === 0 || onlyTruth + onlyPredicted === 0 ? 1 : (together + apart) / all
}

/** Rand index beyond chance. Source: Hubert and Arabie, 1985. */
export function adjustedRandScore(scored: ScoredLabels): number {
  const { together: tp, onlyTruth: fn, onlyPredicted: fp, apart: tn } = pairs(contingency(scored))
  if (fn === 0 && fp === 0) return 1
  return (2 * (tp * tn - fn * fp)) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn))
}

/** Geometric mean of pairwise precision and recall. Source: Fowlkes and Mallows, 1983. */
export function fowlkesMallows(scored: ScoredLabels): number {
  const { together, onlyTruth, onlyPredicted } = pairs(contingency(scored))
  if (together === 0) return 0
  return Math.sqrt(together / (together + onlyPredicted)) * Math.sqrt(together / (together + onlyTruth))
}

function entropy(counts: Float64Array, rows: number): number {
  if (counts.length === 1) return 0
  return -pairwiseSum(counts.map(count => (count / rows) * (log(count) - log(rows))))
}

function mutualInformation({ rows, truth, predicted, cells }: Contingency): number {
  if (truth.length === 1 || predicted.length === 1) return 0
  const parts = Float64Array.from(cells, ([row, column, count]) => {
    const share = count / rows
    const outer = -log(truth[row] * predicted[column]) + log(rows) + log(rows)
    const part = share * (log(count) - log(rows)) + share * outer
    return Math.abs(part) < Number.EPSILON ? 0 : part
  })
  return Math.max(0, pairwiseSum(parts))
}

export const mutualInfoScore = (scored: ScoredLabels): number => mutualInformation(contingency(scored))

/** Homogeneity, completeness and their harmonic mean. Source: Rosenberg and Hirschberg, 2007. */
export function vMeasure(scored: ScoredLabels): { readonly homogeneity: number; readonly completeness: number; readonly v: number } {
  const table = contingency(scored)
  const [ofTruth, ofPredicted] = [entropy(table.truth, table.rows), entropy(table.predicted, table.rows)]
  const shared = mutualInformation(table)
  const homogeneity = ofTruth ? shared / ofTruth : 1
  const completeness = ofPredicted ? shared / ofPredicted : 1
  const sum = homogeneity + completeness
  return { homogeneity, completeness, v: sum === 0 ? 0 : (2 * homogeneity * completeness) / sum }
}

export function normalizedMutualInfo(scored: ScoredLabels): number {
  const table = contingency(scored)
  if (table.truth.length === 1 && table.predicted.length === 1) return 1
  const shared = mutualInformation(table)
  return shared === 0 ? 0 : shared / ((entropy(table.truth, table.rows) + entropy(table.predicted, table.rows)) / 2)
}

/** Mutual information beyond chance. Source: Vinh, Epps and Bailey, 2009. */
export function adjustedMutualInfo(scored: ScoredLabels): number {
  const table = contingency(scored)
  const single = (counts: Float64Array) => counts.length === 1
  if (single(table.truth) && single(table.predicted)) return 1
  if (single(table.truth) || single(table.predicted)) return 0
  const expected = expectedMutualInformation(table)
  const normalizer = (entropy(table.truth, table.rows) + entropy(table.predicted, table.rows)) / 2
  return offZero(mutualInformation(table) - expected) / offZero(normalizer - expected)
}

const offZero = (value: number) => (value < 0 ? Math.min(value, -Number.EPSILON) : Math.max(value, Number.EPSILON))

/** Mean mutual information of labellings with these counts, under random meetings (hypergeometric). */
function expectedMutualInformation({ rows, truth, predicted }: Contingency): number {
  const factorial = logFactorials(rows)
  let sum = 0
  for (const a of truth) {
    for (const b of predicted) {
      const ends = factorial[a] + factorial[b] + factorial[rows - a] + factorial[rows - b]
      for (let both = Math.max(1, a + b - rows); both <= Math.min(a, b); both++) {
        const gain = log(rows) + log(both) - log(a) - log(b)
        const meeting = factorial[rows] + factorial[both] + factorial[a - both] + factorial[b - both] + factorial[rows - a - b + both]
        sum += (both / rows) * gain * exp(ends - meeting)
      }
    }
  }
  return sum
}

/** log(k!) for k up to `most`; the error of the sum is carried along. */
function logFactorials(most: number): Float64Array {
  const values = new Float64Array(most + 1)
  let sum = 0
  let lost = 0
  for (let k = 2; k <= most; k++) {
    const term = log(k) - lost
    const next = sum + term
    lost = next - sum - term
    values[k] = sum = next
  }
  return values
}
