import { exp, log } from '../../numerics/exp-log.ts'
import type { FloatDistribution, IntDistribution } from '../contract.ts'
import { isSingle, roundHalfEven } from '../distributions.ts'
import type { Profile } from './profile.ts'

export type NumericDistribution = FloatDistribution | IntDistribution

/** The continuous range that values are drawn from: half a step wider at both ends, in log space where asked. */
export function boundsOf(d: NumericDistribution): readonly [number, number] {
  const half = 0.5 * (d.step ?? 0)
  if (d.name === 'IntDistribution' && d.log) return [log(d.low - half), log(d.high + half)]
  return d.log ? [log(d.low), log(d.high)] : [d.low - half, d.high + half]
}

/** A value's place in that range. */
export const toRange = (d: NumericDistribution, value: number): number => (d.log ? log(value) : value)

/** The value at a place in that range. */
export function fromRange(d: NumericDistribution, x: number, profile: Profile): number {
  if (d.name === 'IntDistribution') {
    if (d.log) return Math.min(Math.max(roundHalfEven(exp(x)), d.low), d.high)
    const k = (x - d.low) / d.step
    const step = profile === 'optuna-5' ? Math.floor(k + 0.5) : roundHalfEven(k)
    return Math.min(Math.max(step * d.step + d.low, d.low), d.high)
  }
  if (d.step !== null) return Math.min(Math.max(roundHalfEven((x - d.low) / d.step) * d.step + d.low, d.low), d.high)
  if (isSingle(d)) return d.log ? exp(x) : x
  const value = Math.min(d.log ? exp(x) : x, before(d.high))
  return d.log && profile === 'optuna-5' ? Math.max(value, d.low) : value
}

const cell = new Float64Array(1)
const bits = new BigInt64Array(cell.buffer)

/** numpy's `nextafter(x, x - 1)`. */
function before(x: number): number {
  if (x - 1 === x) return x
  if (x === 0) return -Number.MIN_VALUE
  cell[0] = x
  bits[0] += x > 0 ? -1n : 1n
  return cell[0]
}
