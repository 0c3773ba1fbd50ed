import { logGamma } from '../numerics/log-gamma.ts'

/**
 * How many components the spectrum suggests.
 *
 * @param spectrum explained variances, descending
 * Source: Minka, 2000, "Automatic Choice of Dimensionality for PCA", as scikit-learn 1.9 computes it.
 */
export function inferDimension(spectrum: Float64Array, rows: number): number {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  for (let rank = 1; rank < spectrum.length; rank++) {
    const likelihood = logLikelihood(spectrum, rank, rows)
    if (likelihood > most) {
      most = likelihood
      best = rank
    }
  }
  return best
}

const tiny = 1e-15

function logLikelihood(spectrum: Float64Array, rank: number, rows: number): number {
  const n = spectrum.length
  if (spectrum[rank - 1] < tiny) return Number.NEGATIVE_INFINITY
  let pu = -rank * Math.log(2)
  for (let i = 1; i <= rank; i++) pu += logGamma((n - i + 1) / 2) - (Math.log(Math.PI) * (n - i + 1)) / 2
  const pl = (-spectrum.slice(0, rank).reduce((sum, value) => sum + Math.log(value), 0) * rows) / 2
  const v = Math.max(tiny, spectrum.slice(rank).reduce((sum, value) => sum + value, 0) / (n - rank))
  const pv = (-Math.log(v) * rows * (n - rank)) / 2
  const m = n * rank - (rank * (rank + 1)) / 2
  const pp = (Math.log(2 * Math.PI) * (m + rank)) / 2
  const levelled = spectrum.map((value, i) => (i < rank ? value : v))
  let pa = 0
  for (let i = 0; i < rank; i++) {
    for (let j = i + 1; j < n; j++) {
      pa += Math.log((spectrum[i] - spectrum[j]) * (1 / levelled[j] - 1 / levelled[i])) + Math.log(rows)
    }
  }
  return pu + pl + pv + pp - pa / 2 - (rank * Math.log(rows)) / 2
}
