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
    if (right - left > many && places[to - 1] - places[from] < together) {
      const closer = narrowed(a, left, right, places[from], places[to - 1])
      if (closer.right - closer.left < (right - left) / 2) {
        left = closer.left
        right = closer.right
        continue
      }
    }
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

/** Of so many values a sample shows between which two of them the places lie. */
const many = 4096
/** Places that are that close are looked for together. */
const together = 16
const sampled = 256

/**
 * Divides by two values of a sample, one surely above the last place and one below the first, as far as a sample can say: most values move once.
 * Source: Floyd and Rivest, 1975, "Algorithm 489: SELECT", with a sample of one size.
 *
 * @returns the stretch in which the places lie now
 */
function narrowed(a: Float64Array, left: number, right: number, first: number, last: number): { left: number; right: number } {
  const length = right - left + 1
  const sample = new Float64Array(sampled)
  for (let i = 0; i < sampled; i++) sample[i] = a[left + Math.floor(((i + 0.5) * length) / sampled)]
  sample.sort()
  const share = (place: number) => (place - left + 0.5) / length
  // Three standard deviations of the rank of a sampled value.
  const away = (at: number) => 3 * Math.sqrt(at * (1 - at) * sampled) + 1
  const above = Math.ceil(share(last) * sampled + away(share(last)))
  if (above < sampled - 1) {
    const middle = divideAt(a, left, right, sample[above])
    if (last <= middle) right = middle
    else if (first > middle) left = middle + 1
    else return { left, right }
  }
  const below = Math.floor(share(first) * sampled - away(share(first)))
  if (below > 0) {
    const middle = divideAt(a, left, right, sample[below])
    if (first > middle) left = middle + 1
    else if (last <= middle) right = middle
  }
  return { left, right }
}

/** Puts what is at most the middle one of three in front, the rest behind. @returns the last place in front, before `right` */
function divide(a: Float64Array, left: number, right: number): number {
  const middle = (left + right) >> 1
  order(a, left, middle)
  order(a, left, right)
  order(a, middle, right)
  return divideAt(a, left, right, a[middle])
}

/** Puts what is at most `pivot` in front, the rest behind; one that is equal may stand on either side. @returns the last place in front */
function divideAt(a: Float64Array, left: number, right: number, pivot: number): number {
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
