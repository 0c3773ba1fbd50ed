/** Ranges of up to so many values are left to the insertion sort at the end. */
const few = 16

/**
 * Sorts the indices from `from` to before `to` by their values, as C++'s `std::sort` of GNU's library does: quicksort by the median of three,
 * then insertion. Equal values lie where it leaves them.
 *
 * Source: Musser (1997); libstdc++, observed. Its heap sort, which steps in where quicksort goes too deep, keeps the order of equal values here.
 */
export function introsort(values: Float64Array, order: Int32Array, from: number, to: number): void {
  divide(values, order, from, to, 2 * Math.floor(Math.log2(Math.max(1, to - from))))
  insert(values, order, from, to)
}

function divide(values: Float64Array, order: Int32Array, from: number, to: number, depth: number): void {
  let end = to
  for (let left = depth; end - from > few; left--) {
    if (left === 0) {
      order.subarray(from, end).sort((a, b) => values[a] - values[b])
      return
    }
    medianToFirst(values, order, from, [from + 1, from + ((end - from) >> 1), end - 1])
    const pivot = values[order[from]]
    let [low, high] = [from + 1, end]
    for (;;) {
      while (values[order[low]] < pivot) low++
      high--
      while (pivot < values[order[high]]) high--
      if (low >= high) break
      swap(order, low++, high)
    }
    divide(values, order, low, end, left - 1)
    end = low
  }
}

function medianToFirst(values: Float64Array, order: Int32Array, first: number, [a, b, c]: readonly [number, number, number]): void {
  const [x, y, z] = [values[order[a]], values[order[b]], values[order[c]]]
  if (x < y) swap(order, first, y < z ? b : x < z ? c : a)
  else swap(order, first, x < z ? a : y < z ? c : b)
}

function insert(values: Float64Array, order: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const index = order[i]
    let at = i
    for (; at > from && values[index] < values[order[at - 1]]; at--) order[at] = order[at - 1]
    order[at] = index
  }
}

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i]
  order[i] = order[j]
  order[j] = kept
}
