import { valueError } from '../not-built-in.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { linspace } from './linspace.ts'

/**
 * Centres of k-means of one column, started at the middles of equal intervals, ascending.
 *
 * @param onFewer hears how many clusters there are where they are fewer than asked for
 * Source: Lloyd's iteration with the stopping rules of scikit-learn 1.9's KMeans (max_iter 300, tol 1e-4 of the variance), on centred data as there.
 */
export function kMeans1d(column: Float64Array, clusters: number, onFewer?: (found: number) => void): Float64Array {
  const n = column.length
  if (n < clusters) throw valueError(`n_samples=${n} should be >= n_clusters=${clusters}.`, 'n_bins')
  const mean = pairwiseSum(column) / n
  const x = column.map(value => value - mean)
  const sorted = column.slice().sort()
  const edges = linspace(sorted[0], sorted[n - 1], clusters + 1)
  let centres = Float64Array.from({ length: clusters }, (_, k) => (edges[k + 1] + edges[k]) * 0.5 - mean)
  const tolerance = 1e-4 * (pairwiseSum(x.map(value => value * value)) / n)
  let labels = new Int32Array(n).fill(-1)
  for (let iteration = 0; iteration < 300; iteration++) {
    const next = Int32Array.from(x, value => nearestCentre(centres, value))
    const moved = means(x, next, centres)
    const shift = moved.reduce((sum, centre, k) => sum + (centre - centres[k]) ** 2, 0)
    centres = moved
    const same = next.every((label, i) => label === labels[i])
    labels = next
    if (same) break
    if (shift <= tolerance) {
      labels = Int32Array.from(x, value => nearestCentre(centres, value))
      break
    }
  }
  const found = new Set(labels).size
  if (found < clusters) onFewer?.(found)
  return centres.map(centre => centre + mean).sort()
}

function nearestCentre(centres: Float64Array, value: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k < centres.length; k++) {
    const distance = centres[k] * centres[k] - 2 * value * centres[k]
    if (distance < least) {
      least = distance
      best = k
    }
  }
  return best
}

/** New centres; an empty cluster takes the point that is farthest from its own centre, or lies where the biggest one does. */
function means(x: Float64Array, labels: Int32Array, old: Float64Array): Float64Array<ArrayBuffer> {
  const centres = new Float64Array(old.length)
  const counts = new Float64Array(old.length)
  for (let i = 0; i < x.length; i++) {
    centres[labels[i]] += x[i]
    counts[labels[i]]++
  }
  const empty = [...counts.keys()].filter(k => counts[k] === 0)
  if (empty.length) {
    const distances = x.map((value, i) => (value - old[labels[i]]) ** 2)
    const far = [...x.keys()].sort((a, b) => distances[b] - distances[a] || b - a)
    if (distances[far[0]] > 0) {
      empty.forEach((k, rank) => {
        const i = far[rank]
        centres[labels[i]] -= x[i]
        counts[labels[i]]--
        centres[k] = x[i]
        counts[k] = 1
      })
    }
  }
  const biggest = counts.indexOf(Math.max(...counts))
  for (let k = 0; k < centres.length; k++) centres[k] = counts[k] > 0 ? centres[k] * (1 / counts[k]) : centres[biggest]
  return centres
}
