import { StudyError } from '../contract.ts'
import { SOBOL_DIRECTIONS } from './sobol-directions.ts'

const BITS = 30

/** The `index`-th point of the unscrambled Sobol sequence in `dimensions` dimensions, in [0, 1). */
export function sobolPoint(dimensions: number, index: number): number[] {
  const rows = SOBOL_DIRECTIONS.split('\n')
  if (dimensions > rows.length + 1) {
    const message = `Maximum supported dimensionality is ${rows.length + 1}.`
    throw new StudyError('study/too-many-dimensions', 'ValueError', message)
  }
  const gray = index ^ Math.floor(index / 2)
  return Array.from({ length: dimensions }, (_, d) => {
    const directions = d === 0 ? [] : directionsOf(rows[d - 1].split(' ').map(Number))
    let value = 0
    for (let bit = 0; bit < BITS; bit++) if ((gray >>> bit) & 1) value ^= d === 0 ? 1 << (BITS - 1 - bit) : directions[bit]
    return (value >>> 0) / 2 ** BITS
  })
}

/** Extends the initial numbers by the polynomial's recurrence and moves each to its bit. */
function directionsOf([polynomial, ...numbers]: number[]): number[] {
  const degree = numbers.length
  for (let k = degree; k < BITS; k++) {
    let next = numbers[k - degree]
    for (let i = 1; i <= degree; i++) if ((polynomial >>> (degree - i)) & 1) next ^= numbers[k - i] << i
    numbers.push(next)
  }
  return numbers.map((number, k) => number << (BITS - 1 - k))
}

/** The `index`-th point of the unscrambled Halton sequence, in [0, 1). */
export function haltonPoint(dimensions: number, index: number): number[] {
  return firstPrimes(dimensions).map(base => {
    let sum = 0
    let rest = index
    for (let weight = 1 / base; 1 - weight < 1; weight /= base) {
      sum += (rest % base) * weight
      rest = Math.floor(rest / base)
    }
    return sum
  })
}

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n)
  return primes
}
