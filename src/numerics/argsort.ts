import { radixArgsort } from './radix-argsort.ts'

/**
 * Which of numpy's sorts orders equal values. `np.argsort` is not stable, and TPE gives equal observations different widths by their
 * place: the order of ties decides trials.
 * - `simd`: x86 with AVX2 or AVX-512 (numpy >= 2.0), a bitonic network up to 256 values;
 * - `intro`: numpy without it (ARM, old numpy), introsort;
 * - `stable`: ties by position.
 */
export type ArgsortMode = 'simd' | 'intro' | 'stable'

/** Writes the indices that sort the first `n` of `values` ascending to `order`. */
export function argsort(values: Float64Array, n: number, mode: ArgsortMode, order: Int32Array): Int32Array {
  for (let i = 0; i < n; i++) order[i] = i
  if (mode === 'intro') introsort(values, order, n)
  else if (mode === 'simd' && n <= 256) bitonic(values, order, n)
  else stable(values, order, n)
  return order
}

const MANY = 64

/** Ties by position. */
function stable(values: Float64Array, order: Int32Array, n: number): void {
  if (n < MANY) order.subarray(0, n).sort((a, b) => values[a] - values[b] || a - b)
  else radixArgsort(values, n, order)
}

/** The indices that sort `values` ascending. */
export function argsortOf(values: readonly number[], mode: ArgsortMode): number[] {
  return [...argsort(Float64Array.from(values), values.length, mode, new Int32Array(values.length))]
}

/** The mirrored bitonic network over the next power of two; missing places count as +infinity and never move. */
function bitonic(values: Float64Array, order: Int32Array, n: number): void {
  for (let block = 2; block < 2 * n; block *= 2) {
    for (let start = 0; start < n; start += block) {
      for (let i = start, j = start + block - 1; i < j; i++, j--) if (j < n) exchange(values, order, i, j)
    }
    for (let distance = block >> 2; distance > 0; distance >>= 1) {
      for (let start = 0; start < n; start += 2 * distance) {
        for (let i = start; i < start + distance && i + distance < n; i++) exchange(values, order, i, i + distance)
      }
    }
  }
}

function exchange(values: Float64Array, order: Int32Array, i: number, j: number): void {
  const a = order[i]
  const b = order[j]
  if (values[a] > values[b]) {
    order[i] = b
    order[j] = a
  }
}

/** numpy's quicksort: median of three, insertion below 16, the larger part later. */
function introsort(values: Float64Array, order: Int32Array, n: number): void {
  const stack: number[] = []
  let low = 0
  let high = n - 1
  for (;;) {
    while (high - low > 15) {
      const pivot = partitionPivot(values, order, low, high)
      let i = low
      let j = high - 1
      for (;;) {
        do i++
        while (values[order[i]] < pivot)
        do j--
        while (pivot < values[order[j]])
        if (i >= j) break
        swap(order, i, j)
      }
      swap(order, i, high - 1)
      if (i - low < high - i) {
        stack.push(i + 1, high)
        high = i - 1
      } else {
        stack.push(low, i - 1)
        low = i + 1
      }
    }
    for (let i = low + 1; i <= high; i++) {
      const moved = order[i]
      const value = values[moved]
      let j = i
      for (; j > low && value < values[order[j - 1]]; j--) order[j] = order[j - 1]
      order[j] = moved
    }
    if (stack.length === 0) return
    high = stack.pop()!
    low = stack.pop()!
  }
}

/** Orders low, middle and high; leaves the median at `high - 1` and returns its value. */
function partitionPivot(values: Float64Array, order: Int32Array, low: number, high: number): number {
  const middle = low + ((high - low) >> 1)
  if (values[order[middle]] < values[order[low]]) swap(order, middle, low)
  if (values[order[high]] < values[order[middle]]) swap(order, high, middle)
  if (values[order[middle]] < values[order[low]]) swap(order, middle, low)
  const pivot = values[order[middle]]
  swap(order, middle, high - 1)
  return pivot
}

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i]
  order[i] = order[j]
  order[j] = kept
}
