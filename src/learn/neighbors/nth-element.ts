/**
 * Brings the `nth` item to its place, smaller ones before it and larger ones behind: C++'s `std::nth_element` as libstdc++ has it, because
 * the order that it leaves decides which of equally near neighbours is met first.
 *
 * @param items permuted from `first` to before `last`
 * @param keys by which they are ordered, equal ones by the items themselves
 * Source: introselect (Musser, 1997) with the median of three; a heap takes over when it goes too deep.
 */
export function nthElement(items: Int32Array, first: number, nth: number, last: number, keys: Float64Array): void {
  let [from, to] = [first, last]
  if (from === to || nth === to) return
  let depth = 2 * Math.floor(Math.log2(to - from))
  while (to - from > 3) {
    if (depth === 0) {
      const sorted = items.slice(from, to).sort((a, b) => (less(keys, a, b) ? -1 : 1))
      items.set(sorted, from)
      return
    }
    depth--
    const cut = partitionAroundPivot(items, from, to, keys)
    if (cut <= nth) from = cut
    else to = cut
  }
  for (let i = from + 1; i < to; i++) {
    const value = items[i]
    let j = i
    while (j > from && less(keys, value, items[j - 1])) {
      items[j] = items[j - 1]
      j--
    }
    items[j] = value
  }
}

function partitionAroundPivot(items: Int32Array, first: number, last: number, keys: Float64Array): number {
  const middle = first + ((last - first) >> 1)
  swap(items, first, median(items, first + 1, middle, last - 1, keys))
  const pivot = items[first]
  let [left, right] = [first + 1, last]
  for (;;) {
    while (less(keys, items[left], pivot)) left++
    right--
    while (less(keys, pivot, items[right])) right--
    if (left >= right) return left
    swap(items, left, right)
    left++
  }
}

function median(items: Int32Array, a: number, b: number, c: number, keys: Float64Array): number {
  if (less(keys, items[a], items[b])) {
    if (less(keys, items[b], items[c])) return b
    return less(keys, items[a], items[c]) ? c : a
  }
  if (less(keys, items[a], items[c])) return a
  return less(keys, items[b], items[c]) ? c : b
}

function swap(items: Int32Array, i: number, j: number): void {
  const kept = items[i]
  items[i] = items[j]
  items[j] = kept
}

function less(keys: Float64Array, a: number, b: number): boolean {
  const x = keys[a]
  const y = keys[b]
  return x === y ? a < b : x < y
}
