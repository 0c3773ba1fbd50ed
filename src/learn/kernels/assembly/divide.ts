// Divides rows by a threshold and leaves them in the order of scikit-learn's walk, because sums of real numbers depend on it: the walk looks at
// the front row; a row of the left part stays, and a row of the right part changes places with the one before the rows that did so already.
//
// What the walk comes to is known without walking, so that no branch depends on a value. Let the left part get L rows; H are the places up to L
// whose rows go right, ascending; T are the places from L on whose rows go left, descending. Row T[k] goes to H[k]; the rows of the right part
// behind L go one place to the front; row H[0] goes to the end, and row H[k] to where row T[k-1] would have gone.

/** Byte patterns that bring chosen lanes to the front, by the bits of the lanes. */
let patternsAt: usize = 0
export let heresAt: usize = 0
export let theresAt: usize = 0

/** @param patterns 256 bytes @param heres u32 per row and 3 more @param theres as many */
export function layDivide(patterns: usize, heres: usize, theres: usize): void {
  patternsAt = patterns
  heresAt = heres
  theresAt = theres
  for (let bits: usize = 0; bits < 16; bits++) {
    let to = patterns + (bits << 4)
    for (let lane: u32 = 0; lane < 4; lane++) {
      if (!((bits >>> lane) & 1)) continue
      store<u32>(to, 0x03020100 + 0x04040404 * lane)
      to += 4
    }
  }
}

/** The least and the largest of the cells read last, but for missing ones. */
export let leastCell: f32 = 0
export let mostCell: f32 = 0

/** Reads the cells of `n` rows. @param cells f32 per row and 7 more, written */
export function readCells(column: usize, samples: usize, n: usize, cells: usize): void {
  // A lane of a vector knows the smaller of two numbers without a branch; a missing value is neither less nor more than any other.
  let least = f32x4.splat(Infinity)
  let most = f32x4.splat(-Infinity)
  let i: usize = 0
  for (; i + 4 <= n; i += 4) {
    const at = samples + (i << 2)
    let four = v128.load32_zero(column + ((<usize>load<u32>(at)) << 2))
    four = v128.load32_lane(column + ((<usize>load<u32>(at, 4)) << 2), four, 1)
    four = v128.load32_lane(column + ((<usize>load<u32>(at, 8)) << 2), four, 2)
    four = v128.load32_lane(column + ((<usize>load<u32>(at, 12)) << 2), four, 3)
    v128.store(cells + (i << 2), four)
    least = f32x4.pmin(least, four)
    most = f32x4.pmax(most, four)
  }
  // Behind the last cell stand some that go right. Written four at a time, as they are read: else reading would wait.
  const right = f32x4.splat(Infinity)
  const rest = n - i
  if (rest > 0) {
    const at = samples + (i << 2)
    let four = v128.load32_splat(column + ((<usize>load<u32>(at)) << 2))
    if (rest > 1) four = v128.load32_lane(column + ((<usize>load<u32>(at, 4)) << 2), four, 1)
    if (rest > 2) four = v128.load32_lane(column + ((<usize>load<u32>(at, 8)) << 2), four, 2)
    least = f32x4.pmin(least, four)
    most = f32x4.pmax(most, four)
    v128.store(cells + (i << 2), v128.bitselect(four, right, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(<i32>rest))))
    i += 4
  }
  v128.store(cells + (i << 2), right)
  least = f32x4.pmin(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1))
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1))
  leastCell = f32x4.extract_lane(f32x4.pmin(least, v128.shuffle<i32>(least, least, 1, 0, 3, 2)), 0)
  mostCell = f32x4.extract_lane(f32x4.pmax(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2)), 0)
}

/** From so many rows on places are listed; fewer are bits of one number. */
const manyRows: usize = 32

/** Divides `n` rows by their cells. @returns how many go left */
export function divideRows(samples: usize, n: usize, cells: usize, limit: f32): usize {
  return n < manyRows ? divideFew(samples, n, cells, limit) : divideMany(samples, n, cells, limit)
}

/** Rows [from, n) go one place to the front. */
function moveDown(samples: usize, from: usize, n: usize): void {
  let at = samples + (from << 2)
  const last = samples + (n << 2)
  if (n - from > 256) {
    memory.copy(at - 4, at, last - at)
    return
  }
  for (; at + 16 <= last; at += 16) v128.store(at - 4, v128.load(at))
  for (; at < last; at += 4) store<u32>(at - 4, load<u32>(at))
}

/** A bit for each of less than 32 cells that goes left. */
export function leftBits(cells: usize, n: usize, limit: f32): u32 {
  const cut = f32x4.splat(limit)
  let lefts: u32 = 0
  for (let i: usize = 0; i < n; i += 4) lefts |= (<u32>i32x4.bitmask(f32x4.le(v128.load(cells + (i << 2)), cut))) << (<u32>i)
  return lefts
}

function divideFew(samples: usize, n: usize, cells: usize, limit: f32): usize {
  const lefts = leftBits(cells, n, limit)
  const left = popcnt(lefts)
  if (left === <u32>n) return n
  let here = ~lefts & ((1 << left) - 1)
  let there = (lefts >>> left) << left
  const middle = samples + ((<usize>left) << 2)
  const middleRow = load<u32>(middle)
  const middleMoves = (lefts >>> left) & 1
  moveDown(samples, left + 1, n)
  let free = samples + (n << 2) - 4
  while (here !== 0) {
    const from = 31 - clz(there)
    there ^= 1 << from
    const at = samples + ((<usize>ctz(here)) << 2)
    here &= here - 1
    const moved = samples + ((<usize>from) << 2) - 4
    const row = moved < middle ? middleRow : load<u32>(moved)
    store<u32>(free, load<u32>(at))
    store<u32>(at, row)
    free = moved
  }
  if (!middleMoves) store<u32>(free, middleRow)
  return left
}

/** Lists the places of [from, to) whose cells go left, or right. Some behind `to` may follow. @returns the end of the list */
export function listPlaces(cells: usize, from: usize, to: usize, cut: v128, toRight: i32, list: usize): usize {
  const patterns = patternsAt
  let places = i32x4.add(i32x4.splat(<i32>from), i32x4(0, 1, 2, 3))
  const four = i32x4.splat(4)
  for (let i = from; i < to; i += 4) {
    const bits = i32x4.bitmask(f32x4.le(v128.load(cells + (i << 2)), cut)) ^ toRight
    v128.store(list, i8x16.swizzle(places, v128.load(patterns + ((<usize>bits) << 4))))
    list += (<usize>popcnt(bits)) << 2
    places = i32x4.add(places, four)
  }
  return list
}

function divideMany(samples: usize, n: usize, cells: usize, limit: f32): usize {
  const cut = f32x4.splat(limit)
  let lefts = i32x4.splat(0)
  for (let i: usize = 0; i < n; i += 4) lefts = i32x4.sub(lefts, f32x4.le(v128.load(cells + (i << 2)), cut))
  const left = <usize>(
    (i32x4.extract_lane(lefts, 0) + i32x4.extract_lane(lefts, 1) + i32x4.extract_lane(lefts, 2) + i32x4.extract_lane(lefts, 3))
  )
  if (left === n) return n
  const theres = theresAt
  let there = listPlaces(cells, left, n, cut, 0, theres)
  let here = heresAt
  if (there > theres) listPlaces(cells, 0, left, cut, 15, here)
  const middle = samples + (left << 2)
  const middleRow = load<u32>(middle)
  const middleMoves = load<f32>(cells + (left << 2)) <= limit
  moveDown(samples, left + 1, n)
  let free = samples + (n << 2) - 4
  while (there > theres) {
    there -= 4
    const at = samples + ((<usize>load<u32>(here)) << 2)
    here += 4
    const moved = samples + ((<usize>load<u32>(there)) << 2) - 4
    const row = moved < middle ? middleRow : load<u32>(moved)
    store<u32>(free, load<u32>(at))
    store<u32>(at, row)
    free = moved
  }
  if (!middleMoves) store<u32>(free, middleRow)
  return left
}
