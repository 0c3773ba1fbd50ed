/** Below this many values they are sorted. */
const few = 32

/**
 * Rearranges so that at each of `places` stands what sorting would put there, with nothing larger before and nothing smaller after it.
 *
 * @param values without NaN
 * @param places ascending
 * Source: Hoare, 1961, "Algorithm 65: find", for several places at once.
 */
export function selectInPlace(values: Float64Array, places: readonly number[]): void {
  const rounds = 2 * Math.ceil(Math.log2(values.length + 2))
  select(values, places, { left: 0, right: values.length - 1, from: 0, to: places.length, rounds })
}

interface Stretch {
  /** Of the values, both included. */
  readonly left: number
  readonly right: number
  /** Of the places, which lie in it. */
  readonly from: number
  readonly to: number
  /** Before it is sorted instead: values that are laid out against the choice of the middle. */
  readonly rounds: number
}

function select(a: Float64Array, places: readonly number[], stretch: Stretch): void {
  let { left, right, from, to, rounds } = stretch
  while (from < to) {
    if (right - left < few) {
      sortFew(a, left, right)
      return
    }
    if (rounds-- === 0) {
      a.subarray(left, right + 1).sort()
      return
    }
    const middle = divide(a, left, right)
    let cut = from
    while (cut < to && places[cut] <= middle) cut++
    if (cut > from && cut < to) select(a, places, { left: middle + 1, right, from: cut, to, rounds })
    if (cut > from) {
      right = middle
      to = cut
    } else left = middle + 1
  }
}

/** Puts what is at most the middle one of three in front, the rest behind. @returns the last place in front, before `right` */
function divide(a: Float64Array, left: number, right: number): number {
  const middle = (left + right) >> 1
  order(a, left, middle)
  order(a, left, right)
  order(a, middle, right)
  const pivot = a[middle]
  let i = left
  let j = right
  for (;;) {
    while (a[i] < pivot) i++
    while (a[j] > pivot) j--
    if (i >= j) return j
    const kept = a[i]
    a[i++] = a[j]
    a[j--] = kept
  }
}

function order(a: Float64Array, i: number, j: number): void {
  if (a[i] <= a[j]) return
  const kept = a[i]
  a[i] = a[j]
  a[j] = kept
}

function sortFew(a: Float64Array, left: number, right: number): void {
  for (let i = left + 1; i <= right; i++) {
    const value = a[i]
    let j = i - 1
    for (; j >= left && a[j] > value; j--) a[j + 1] = a[j]
    a[j + 1] = value
  }
}
