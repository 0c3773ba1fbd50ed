import { log } from '../../numerics/exp-log.ts'
import { isCentral, massFor } from '../../numerics/truncated-normal.ts'
import type { NumericKernels } from './numeric-kernels.ts'

/** Different values of `values` and, per element, which of them it is. */
function distinct(values: Float64Array): { readonly list: number[]; readonly which: Int32Array } {
  const ids = new Map<number, number>()
  const which = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    let id = ids.get(values[i])
    if (id === undefined) ids.set(values[i], (id = ids.size))
    which[i] = id
  }
  return { list: [...ids.keys()], which }
}

/** Different (mu, sigma) pairs of the kernels: on a grid most kernels coincide. */
function distinctKernels({ mu, sigma }: NumericKernels) {
  const byMu = new Map<number, number[]>()
  const mus: number[] = []
  const sigmas: number[] = []
  const which = new Int32Array(mu.length)
  for (let k = 0; k < mu.length; k++) {
    let ids = byMu.get(mu[k])
    if (ids === undefined) byMu.set(mu[k], (ids = []))
    let id = -1
    for (const candidate of ids) if (sigmas[candidate] === sigma[k]) id = candidate
    if (id === -1) {
      id = mus.length
      ids.push(id)
      mus.push(mu[k])
      sigmas.push(sigma[k])
    }
    which[k] = id
  }
  return { mus, sigmas, which }
}

/** Adds the log mass of each point's cell, x - step/2 to x + step/2, under each kernel to `density` [size, nKernels]. */
export function addDiscreteLogPdf(density: Float64Array, kernels: NumericKernels, x: Float64Array): void {
  const { list, which: pointOf } = distinct(x)
  const { mus, sigmas, which: kernelOf } = distinctKernels(kernels)
  const half = kernels.step / 2
  const scale = (edge: number): number => (kernels.log ? log(edge) : edge)
  const nPoints = list.length
  const nKernels = mus.length
  const a = new Float64Array(nPoints * nKernels)
  const b = new Float64Array(nPoints * nKernels)
  let central = 0
  for (let p = 0, at = 0; p < nPoints; p++) {
    const left = scale(list[p] - half)
    const right = scale(list[p] + half)
    for (let k = 0; k < nKernels; k++, at++) {
      a[at] = (left - mus[k]) / sigmas[k]
      b[at] = (right - mus[k]) / sigmas[k]
      if (isCentral(a[at], b[at])) central++
    }
  }
  // The library computes each different cell once, and counts those.
  const cellMass = massFor(central >= 2000 ? countDistinctCentral(a, b) : central)
  const cells = new Float64Array(a.length)
  for (let at = 0; at < a.length; at++) cells[at] = cellMass(a[at], b[at])

  const lowers = new Float64Array(nKernels)
  const uppers = new Float64Array(nKernels)
  let centralKernels = 0
  for (let k = 0; k < nKernels; k++) {
    lowers[k] = (kernels.low - mus[k]) / sigmas[k]
    uppers[k] = (kernels.high - mus[k]) / sigmas[k]
    if (isCentral(lowers[k], uppers[k])) centralKernels++
  }
  const totalMass = massFor(centralKernels)
  const totals = new Float64Array(nKernels)
  for (let k = 0; k < nKernels; k++) totals[k] = totalMass(lowers[k], uppers[k])

  const n = kernelOf.length
  for (let s = 0, at = 0; s < x.length; s++) {
    const row = pointOf[s] * nKernels
    for (let k = 0; k < n; k++, at++) density[at] = density[at] + cells[row + kernelOf[k]] - totals[kernelOf[k]]
  }
}

function countDistinctCentral(a: Float64Array, b: Float64Array): number {
  const seen = new Map<number, number | Set<number>>()
  let count = 0
  for (let i = 0; i < a.length; i++) {
    if (!isCentral(a[i], b[i])) continue
    const known = seen.get(a[i])
    if (known === undefined) seen.set(a[i], b[i])
    else if (known instanceof Set) {
      if (known.has(b[i])) continue
      known.add(b[i])
    } else {
      if (known === b[i]) continue
      seen.set(a[i], new Set([known, b[i]]))
    }
    count++
  }
  return count
}
