/**
 * Brings the `nth` item to its place, smaller ones before it and larger ones behind: C++'s `std::nth_element` as libstdc++ has it, because
 * the order that it leaves decides which of equally near neighbours is met first.
 *
 * @param items permuted from `first` to before `last`
 * @param less a strict order without ties
 * Source: introselect (Musser, 1997) with the median of three; a heap takes over when it goes too deep.
 */
export function nthElement(items: Int32Array, first: number, nth: number, last: number, less: (a: number, b: number) => boolean): void {
  let [from, to] = [first, last]
  if (from === to || nth === to) return
  let depth = 2 * Math.floor(Math.log2(to - from))
  while (to - from > 3) {
    if (depth === 0) {
      const sorted = items.slice(from, to).sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0))
      items.set(sorted, from)
      return
    }
    depth--
    const cut = partitionAroundPivot(items, from, to, less)
    if (cut <= nth) from = cut
    else to = cut
  }
  for (let i = from + 1; i < to; i++) {
    const value = items[i]
    let j = i
    while (j > from && less(value, items[j - 1])) {
      items[j] = items[j - 1]
      j--
    }
    items[j] = value
  }
}

function partitionAroundPivot(items: Int32Array, first: number, last: number, less: (a: number, b: number) => boolean): number {
  const middle = first + ((last - first) >> 1)
  swap(items, first, median(items, first + 1, middle, last - 1, less))
  const pivot = items[first]
  let [left, right] = [first + 1, last]
  for (;;) {
    while (less(items[left], pivot)) left++
    right--
    while (less(pivot, items[right])) right--
    if (left >= right) return left
    swap(items, left, right)
    left++
  }
}

function median(items: Int32Array, a: number, b: number, c: number, less: (a: number, b: number) => boolean): number {
  if (less(items[a], items[b])) {
    if (less(items[b], items[c])) return b
    return less(items[a], items[c]) ? c : a
  }
  if (less(items[a], items[c])) return a
  return less(items[b], items[c]) ? c : b
}

function swap(items: Int32Array, i: number, j: number): void {
  const kept = items[i]
  items[i] = items[j]
  items[j] = kept
}
