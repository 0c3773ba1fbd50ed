import { addDecimals, compareDecimals, type Decimal, decimalOf, decimalToNumber } from './decimal.ts'
import type { Element, GlobSweep, RangeSweep, Sweep } from './elements.ts'
import { matchesGlob } from './fnmatch.ts'
import { shuffled } from './functions.ts'

/** More values than this in one sweep are refused: Hydra would compose until memory ends. */
export const mostSweepValues = 1_000_000

export interface SweepValues {
  readonly values: readonly Element[]
  /** Hydra's message where a sweep cannot be enumerated. */
  readonly error?: string
}

/** The values of a sweep in order; `options` are those of the group that the key names, for `glob`. */
export function sweepValues(sweep: Sweep, options: readonly string[], random: () => number): SweepValues {
  switch (sweep.kind) {
    case 'choice':
      return { values: sweep.shuffle ? shuffled(sweep.items, random) : sweep.items }
    case 'glob':
      return { values: globbed(sweep, options) }
    case 'range': {
      const numbers = rangeNumbers(sweep)
      if (typeof numbers === 'string') return { values: [], error: numbers }
      const { start, end } = sweep
      const values = numbers.map(value => ({ kind: isFloatRange(sweep) ? ('float' as const) : ('int' as const), value, start, end }))
      return { values: sweep.shuffle ? shuffled(values, random) : values }
    }
    case 'interval':
      return { values: [], error: 'BasicSweeper does not support sweep type : INTERVAL_SWEEP' }
  }
}

function globbed({ include, exclude, start, end }: GlobSweep, options: readonly string[]): Element[] {
  const matches = (name: string, patterns: readonly string[]) => patterns.some(pattern => matchesGlob(name, pattern))
  return options.filter(name => matches(name, include) && !matches(name, exclude)).map(value => ({ kind: 'str', value, start, end }))
}

const isFloatRange = ({ from, to, step }: RangeSweep) => from.kind === 'float' || to.kind === 'float' || step.kind === 'float'

/** `range(from, to, step)`; floats are added up exactly in decimal with 28 digits, as Python's decimal does, and rounded at the end. */
function rangeNumbers(range: RangeSweep): (number | bigint)[] | string {
  return isFloatRange(range) ? floatRange(range) : intRange(range)
}

function intRange({ from, to, step }: RangeSweep): (number | bigint)[] | string {
  const [start, stop, by] = [BigInt(from.value), BigInt(to.value), BigInt(step.value)]
  if (by === 0n) return 'range() arg 3 must not be zero'
  const size = by > 0n ? (stop - start + by - 1n) / by : (start - stop - by - 1n) / -by
  if (size <= 0n) return []
  if (size > BigInt(mostSweepValues)) return `range has ${size} values; at most ${mostSweepValues} are enumerated`
  return Array.from({ length: Number(size) }, (_, i) => {
    const value = start + BigInt(i) * by
    return Number.isSafeInteger(Number(value)) ? Number(value) : value
  })
}

function floatRange({ from, to, step }: RangeSweep): number[] | string {
  const ends = [from, to, step].map(({ value }) => decimalOf(value))
  if (ends.some(end => end === undefined)) return 'range needs finite numbers'
  const [start, stop, by] = ends as [Decimal, Decimal, Decimal]
  if (by.digits === 0n) return `Invalid range values (start:${Number(from.value)}, stop:${Number(to.value)}, step:${Number(step.value)})`
  const tooMany = `range has more than ${mostSweepValues} values; at most that many are enumerated`
  if ((Number(to.value) - Number(from.value)) / Number(step.value) > mostSweepValues + 1) return tooMany
  const numbers: number[] = []
  const sign = by.digits > 0n ? 1 : -1
  for (let at = start; compareDecimals(at, stop) * sign < 0; at = addDecimals(at, by)) {
    numbers.push(decimalToNumber(at))
    if (numbers.length > mostSweepValues) return tooMany
  }
  return numbers
}
