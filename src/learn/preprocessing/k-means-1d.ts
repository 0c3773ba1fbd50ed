import { pairwiseSum } from '../pairwise-sum.ts'
import { linspace } from './linspace.ts'

/**
 * Centres of k-means of one column, started at the middles of equal intervals, ascending.
 * Source: Lloyd's iteration with the stopping rules of scikit-learn 1.9's KMeans (max_iter 300, tol 1e-4 of the variance), on centred data as there.
 */
export function kMeans1d(column: Float64Array, clusters: number): Float64Array {
  const n = column.length
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
    centres = moved as Float64Array<ArrayBuffer>
    const same = next.every((label, i) => label === labels[i])
    labels = next
    if (same || shift <= tolerance) break
  }
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

/** New centres; an empty cluster takes the point that is farthest from its own centre. */
function means(x: Float64Array, labels: Int32Array, centres: Float64Array): Float64Array {
  const sums = new Float64Array(centres.length)
  const counts = new Float64Array(centres.length)
  for (let i = 0; i < x.length; i++) {
    sums[labels[i]] += x[i]
    counts[labels[i]]++
  }
  const empty = [...counts.keys()].filter(k => counts[k] === 0)
  if (empty.length) {
    const far = [...x.keys()].sort((a, b) => (x[b] - centres[labels[b]]) ** 2 - (x[a] - centres[labels[a]]) ** 2)
    empty.forEach((k, rank) => {
      const i = far[rank]
      sums[labels[i]] -= x[i]
      counts[labels[i]]--
      sums[k] = x[i]
      counts[k] = 1
    })
  }
  return sums.map((sum, k) => sum / counts[k])
}
