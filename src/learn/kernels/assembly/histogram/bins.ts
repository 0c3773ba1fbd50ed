// Sorts numbers and finds the bin of each.

/** Sorts `n` f64 without NaN, ascending; zero has one sign afterwards. @param table 256 * 8 u32 */
export function sortNumbers(numbers: usize, spare: usize, n: usize, table: usize): void {
  memory.fill(table, 0, 256 * 8 * 4)
  for (let i: usize = 0; i < n; i++) {
    const bits = reinterpret<u64>(load<f64>(numbers + (i << 3)) + 0)
    const key = bits ^ (bits >>> 63 !== 0 ? u64.MAX_VALUE : 0x8000000000000000)
    store<u64>(numbers + (i << 3), key)
    for (let pass: usize = 0; pass < 8; pass++) {
      const slot = table + (pass << 10) + ((<usize>(key >>> ((<u64>pass) << 3)) & 255) << 2)
      store<u32>(slot, load<u32>(slot) + 1)
    }
  }
  let from = numbers
  let to = spare
  for (let pass: usize = 0; pass < 8; pass++) {
    const ends = table + (pass << 10)
    let sum: u32 = 0
    let isOne = false
    for (let d: usize = 0; d < 1024; d += 4) {
      const own = load<u32>(ends + d)
      isOne = isOne || own === <u32>n
      store<u32>(ends + d, sum)
      sum += own
    }
    if (isOne) continue
    for (let i: usize = 0; i < n; i++) {
      const key = load<u64>(from + (i << 3))
      const slot = ends + ((<usize>(key >>> ((<u64>pass) << 3)) & 255) << 2)
      const at = load<u32>(slot)
      store<u32>(slot, at + 1)
      store<u64>(to + ((<usize>at) << 3), key)
    }
    const kept = from
    from = to
    to = kept
  }
  for (let i: usize = 0; i < n; i++) {
    const key = load<u64>(from + (i << 3))
    store<u64>(numbers + (i << 3), key ^ (key >>> 63 !== 0 ? 0x8000000000000000 : u64.MAX_VALUE))
  }
}

/** The bin of each of `n` numbers: the first whose upper end is not below it; NaN has the bin for missing values. */
export function binNumbers(numbers: usize, n: usize, thresholds: usize, count: usize, missingBin: u8, bins: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const value = load<f64>(numbers + (i << 3))
    if (!(value <= Infinity)) {
      store<u8>(bins + i, missingBin)
      continue
    }
    let first: usize = 0
    let length = count
    while (length > 0) {
      const half = length >>> 1
      const above = <usize>i32(load<f64>(thresholds + ((first + half) << 3)) < value)
      first += (half + 1) & (0 - above)
      length = (half & (above - 1)) | ((length - half - 1) & (0 - above))
    }
    store<u8>(bins + i, <u8>first)
  }
}
