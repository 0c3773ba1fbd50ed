import { log } from '../../../numerics/exp-log.ts'
import type { Scratch } from '../../numerics/scratch.ts'
import { isCentral, massFor } from '../../numerics/truncated-normal.ts'
import { firstOfEqualPairs } from './distinct-pairs.ts'
import type { NumericKernels } from './numeric-kernels.ts'

/**
 * Adds the log mass of each point's cell, x - step/2 to x + step/2, under each kernel to `density` [size, nKernels].
 * The library computes each different cell once too, and which error function it uses depends on how many there are.
 *
 * @param skip where a kernel is too far away to matter: its density becomes 0 there [size, nKernels]
 */
export function addDiscreteLogPdf(
  density: Float64Array,
  kernels: NumericKernels,
  x: Float64Array,
  scratch: Scratch,
  skip?: Uint8Array,
): void {
  const { n } = kernels
  const kernelOf = firstOfEqualPairs(kernels.mu, kernels.sigma, n, scratch).slice(0, n)
  const distinct: number[] = []
  for (let k = 0; k < n; k++) if (kernelOf[k] === k) distinct.push(k)
  const totals = totalMasses(kernels, distinct, scratch)
  const points = [...new Set(x)]
  const place = scratch.ints('discrete.place', n)
  for (let i = 0; i < distinct.length; i++) place[distinct[i]] = i
  for (let k = 0; k < n; k++) place[k] = place[kernelOf[k]]
  const rows = Int32Array.from(x, value => points.indexOf(value) * distinct.length)
  const wanted = scratch.ints('discrete.wanted', points.length * distinct.length)
  wanted.fill(skip === undefined ? 1 : 0, 0, points.length * distinct.length)
  if (skip !== undefined) {
    for (let s = 0, at = 0; s < x.length; s++) for (let k = 0; k < n; k++, at++) if (skip[at] === 0) wanted[rows[s] + place[k]] = 1
  }
  const cells = cellMasses(kernels, distinct, points, wanted, scratch)
  for (let s = 0, at = 0; s < x.length; s++) {
    for (let k = 0; k < n; k++, at++) {
      if (skip !== undefined && skip[at] === 1) density[at] = Number.NEGATIVE_INFINITY
      else density[at] = density[at] + cells[rows[s] + place[k]] - totals[place[k]]
    }
  }
}

/** Log masses [points, distinct kernels], where they are wanted. */
function cellMasses(
  { mu, sigma, step, log: isLog }: NumericKernels,
  distinct: readonly number[],
  points: readonly number[],
  wanted: Int32Array,
  scratch: Scratch,
) {
  const n = points.length * distinct.length
  const a = scratch.floats('cells.a', n)
  const b = scratch.floats('cells.b', n)
  for (let p = 0, at = 0; p < points.length; p++) {
    const left = isLog ? log(points[p] - step / 2) : points[p] - step / 2
    const right = isLog ? log(points[p] + step / 2) : points[p] + step / 2
    for (let i = 0; i < distinct.length; i++, at++) {
      const k = distinct[i]
      a[at] = (left - mu[k]) / sigma[k]
      b[at] = (right - mu[k]) / sigma[k]
    }
  }
  const first = firstOfEqualPairs(a, b, n, scratch)
  let central = 0
  for (let i = 0; i < n; i++) {
    if (first[i] === i && isCentral(a[i], b[i])) central++
    // Of equal cells the first one is computed for all.
    if (wanted[i] === 1) wanted[first[i]] = 1
  }
  const massOf = massFor(central)
  const masses = scratch.floats('cells.mass', n)
  for (let i = 0; i < n; i++) if (wanted[i] === 1) masses[i] = first[i] === i ? massOf(a[i], b[i]) : masses[first[i]]
  return masses
}

/** Log masses of the distinct kernels between the parameter's bounds. */
function totalMasses({ mu, sigma, low, high }: NumericKernels, distinct: readonly number[], scratch: Scratch): Float64Array {
  const a = scratch.floats('totals.a', distinct.length)
  const b = scratch.floats('totals.b', distinct.length)
  let central = 0
  for (let i = 0; i < distinct.length; i++) {
    const k = distinct[i]
    a[i] = (low - mu[k]) / sigma[k]
    b[i] = (high - mu[k]) / sigma[k]
    if (isCentral(a[i], b[i])) central++
  }
  const massOf = massFor(central)
  const masses = scratch.floats('totals.mass', distinct.length)
  for (let i = 0; i < distinct.length; i++) masses[i] = massOf(a[i], b[i])
  return masses
}
