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

/** Per value 64 bits, low half first, that as a whole number fall as it rises. */
function descendingKeys(values: Float64Array): Uint32Array {
  const numbers = new Float64Array(values.length)
  // Adding 0 makes 0 of -0.
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[i] + 0
  const keys = new Uint32Array(numbers.buffer)
  for (let at = 0; at < keys.length; at += 2) {
    if (keys[at + 1] >>> 31) continue
    keys[at] = ~keys[at]
    keys[at + 1] = ~keys[at + 1] & 0x7fffffff
  }
  return keys
}

/** A radix sort, lowest bits first. */
function dealtOut(order: Int32Array<ArrayBuffer>, keys: Uint32Array): Int32Array<ArrayBuffer> {
  let from = order
  let into = new Int32Array(order.length)
  for (const half of [0, 1]) {
    for (let shift = 0; shift < 32; shift += bitsAtOnce) {
      const places = new Int32Array(buckets)
      for (let at = half; at < keys.length; at += 2) places[(keys[at] >>> shift) & (buckets - 1)]++
      // All in one bucket: nothing moves.
      if (places[(keys[half] >>> shift) & (buckets - 1)] === from.length) continue
      let place = 0
      for (let b = 0; b < buckets; b++) {
        const count = places[b]
        places[b] = place
        place += count
      }
      for (let i = 0; i < from.length; i++) {
        const row = from[i]
        into[places[(keys[2 * row + half] >>> shift) & (buckets - 1)]++] = row
      }
      const kept = from
      from = into
      into = kept
    }
  }
  return from
}
