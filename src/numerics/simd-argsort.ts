import { argsort } from './argsort.ts'
import { introsort } from './introsort.ts'

/** Doubles in a register of AVX-512. */
const lanes = 8
/** Registers that are taken at a time. */
const unrolled = 4
/** Up to so many values go through a sorting network. */
const network = 256

/**
 * The indices that sort values ascending, equal ones in the order in which numpy 2 leaves them on x86-64 with AVX-512: a quicksort that takes
 * registers from both ends and writes what is below the pivot to the left and the rest to the right, and a network for what is left of it.
 *
 * @param values no NaN
 * Source: the x86-simd-sort library (Intel), as numpy 2.4 uses it; observed.
 */
export function simdArgsort(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_, i) => i)
  // numpy looks first whether there is anything to do.
  const sorted = values.every((value, i) => i === 0 || values[i - 1] <= value)
  if (!sorted) sort(values, order, 0, values.length, 2 * Math.floor(Math.log2(values.length)))
  return order
}

function sort(values: Float64Array, order: Int32Array, from: number, to: number, most: number): void {
  const count = to - from
  // Where most values are the smallest one a division may change nothing but their order.
  if (most <= 0) introsort(values, order, from, to)
  else if (count <= network) {
    const part = order.slice(from, to)
    const sorted = argsort(
      Float64Array.from(part, index => values[index]),
      count,
      'simd',
      new Int32Array(count),
    )
    for (let i = 0; i < count; i++) order[from + i] = part[sorted[i]]
  } else {
    const pivot = pivotOf(values, order, from, to - 1)
    const division = new Division(values, order, pivot)
    const middle = division.divide(from, to, unrolled)
    if (pivot !== division.smallest) sort(values, order, from, middle, most - 1)
    if (pivot !== division.largest) sort(values, order, middle, to, most - 1)
  }
}

/** The fifth of eight values at equal distances. */
function pivotOf(values: Float64Array, order: Int32Array, first: number, last: number): number {
  const step = Math.floor((last - first) / lanes)
  return Float64Array.from({ length: lanes }, (_, i) => values[order[first + (i + 1) * step]]).sort()[4]
}

/** Moves what is below a pivot to the left of the rest. */
class Division {
  smallest = Number.POSITIVE_INFINITY
  largest = Number.NEGATIVE_INFINITY
  private below = 0
  private above = 0

  constructor(
    private readonly values: Float64Array,
    private readonly order: Int32Array,
    private readonly pivot: number,
  ) {}

  /** @returns where the rest begins */
  divide(from: number, to: number, registers: number): number {
    if (registers > 1 && to - from <= lanes * registers * lanes) return this.divide(from, to, 1)
    const { order } = this
    const width = registers * lanes
    let [left, right] = [from, to]
    for (let odd = (right - left) % width; odd > 0; odd--) {
      const index = order[left]
      if (this.isBelow(index)) left++
      else {
        right--
        order[left] = order[right]
        order[right] = index
      }
    }
    if (left === right) return left
    this.below = left
    this.above = right
    const atLeft = order.slice(left, left + width)
    const atRight = order.slice(right - width, right)
    if (right - left === width) this.write(atLeft)
    else {
      left += width
      right -= width
      while (left < right) {
        // From the side where less room is left to write.
        const taken = this.above - right < left - this.below ? (right -= width) : (left += width) - width
        this.write(order.slice(taken, taken + width))
      }
      this.write(atLeft)
      this.write(atRight)
    }
    return this.below
  }

  /** Writes the indices of some registers, one after the other, each to both sides. */
  private write(indices: Int32Array): void {
    for (let from = 0; from < indices.length; from += lanes) {
      const register = indices.subarray(from, from + lanes)
      const rest: number[] = []
      for (const index of register) {
        if (this.isBelow(index)) this.order[this.below++] = index
        else rest.push(index)
      }
      this.above -= rest.length
      for (let i = 0; i < rest.length; i++) this.order[this.above + i] = rest[i]
    }
  }

  private isBelow(index: number): boolean {
    const value = this.values[index]
    if (value < this.smallest) this.smallest = value
    if (value > this.largest) this.largest = value
    return value < this.pivot
  }
}
