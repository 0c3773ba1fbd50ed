/** Fewer than this are compared; more are dealt out by eleven bits of their keys at a time, which takes a tenth of the comparisons. */
const fewRows = 2048
const bitsAtOnce = 11
const buckets = 2 ** bitsAtOnce

/**
 * Rows from the largest value down; equal values (0 and -0 too) keep their order.
 *
 * @param values without NaN
 */
export function descendingOrder(values: Float64Array): Int32Array<ArrayBuffer> {
  const order = new Int32Array(values.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  if (values.length < fewRows) return order.sort((a, b) => values[b] - values[a] || a - b)
  return dealtOut(order, descendingKeys(values))
}

/** Of 64 bits a value that as a whole number fall as it rises. */
interface Keys {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

function descendingKeys(values: Float64Array): Keys {
  const numbers = new Float64Array(values.length)
  // Adding 0 makes 0 of -0.
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[i] + 0
  const halves = new Uint32Array(numbers.buffer)
  const high = new Uint32Array(values.length)
  const low = new Uint32Array(values.length)
  for (let i = 0; i < high.length; i++) {
    const [under, upper] = [halves[2 * i], halves[2 * i + 1]]
    const negative = upper >>> 31
    low[i] = negative ? under : ~under
    high[i] = negative ? upper : ~upper & 0x7fffffff
  }
  return { high, low }
}

/** Rows with the same upper half that are sorted by comparing; more of them are rare, and dealt out by all bits. */
const fewAlike = 32

/** A radix sort, lowest bits first. The upper halves of most numbers differ: then the lower ones are looked at only among those that do not. */
function dealtOut(order: Int32Array<ArrayBuffer>, { high, low }: Keys): Int32Array<ArrayBuffer> {
  const byUpper = dealt(order.slice(), high)
  return sortAlike(byUpper, high, low) ? byUpper : dealt(dealt(order, low), high)
}

/** @param order overwritten */
function dealt(order: Int32Array<ArrayBuffer>, keys: Uint32Array): Int32Array<ArrayBuffer> {
  let from = order
  let into = new Int32Array(order.length)
  for (let shift = 0; shift < 32; shift += bitsAtOnce) {
    const places = new Int32Array(buckets)
    for (let i = 0; i < keys.length; i++) places[(keys[i] >>> shift) & (buckets - 1)]++
    // All in one bucket: nothing moves.
    if (places[(keys[0] >>> shift) & (buckets - 1)] === from.length) continue
    let place = 0
    for (let b = 0; b < buckets; b++) {
      const count = places[b]
      places[b] = place
      place += count
    }
    for (let i = 0; i < from.length; i++) {
      const row = from[i]
      into[places[(keys[row] >>> shift) & (buckets - 1)]++] = row
    }
    const kept = from
    from = into
    into = kept
  }
  return from
}

/** Sorts rows of one upper half by the lower one. @returns false where that would take long: there are many, and not all the same */
function sortAlike(order: Int32Array, high: Uint32Array, low: Uint32Array): boolean {
  for (let start = 0; start < order.length; ) {
    const upper = high[order[start]]
    let end = start + 1
    while (end < order.length && high[order[end]] === upper) end++
    for (let i = start + 1; i < end; i++) {
      const row = order[i]
      const key = low[row]
      let j = i
      for (; j > start && low[order[j - 1]] > key; j--) {
        if (i - j === fewAlike) return false
        order[j] = order[j - 1]
      }
      order[j] = row
    }
    start = end
  }
  return true
}
