// The order of a node's rows, up to eight, as a vector of bytes: what the walk of divide.ts comes to is looked up, and reading the cells of a
// feature does not wait for the order that the feature before it left.

/** Most rows. */
export const mostFew: i32 = 8

/** Per number of rows and sides of the places: which place comes to which, 8 bytes each. */
let walksAt: usize = 0
/** Offsets of the rows' cells in a column, u32; those behind the last row are those of the first. */
let offsetsAt: usize = 0
/** The order: places in the list of rows, a byte each. */
let orderAt: usize = 0
/** Their targets, and their numbers. */
let targetsAt: usize = 0
let rowsAt: usize = 0

/** @param at 4096 bytes for the walks and 192 more */
export function layFew(at: usize): void {
  walksAt = at
  offsetsAt = at + 4096
  orderAt = offsetsAt + 32
  targetsAt = orderAt + 32
  rowsAt = targetsAt + 64
  for (let n = 1; n <= mostFew; n++) {
    for (let lefts = 0; lefts < 1 << n; lefts++) {
      const walk = walksAt + ((<usize>((1 << n) - 2 + lefts)) << 3)
      let front = 0
      let back = n
      let place = 0
      for (let i = 0; i < n; i++) {
        if ((lefts >>> place) & 1) {
          store<u8>(walk + <usize>front, <u8>place)
          front++
          place = front
        } else {
          back--
          store<u8>(walk + <usize>back, <u8>place)
          place = back
        }
      }
    }
  }
}

/** Takes the rows of a node. @param targets f64 per row */
export function takeFew(samples: usize, n: i32, targets: usize): void {
  const first = load<u32>(samples)
  for (let i: usize = 0; i < <usize>mostFew; i++) {
    const row = i < <usize>n ? load<u32>(samples + (i << 2)) : first
    store<u32>(offsetsAt + (i << 2), row << 2)
    store<u32>(rowsAt + (i << 2), row)
    store<f64>(targetsAt + (i << 3), load<f64>(targets + ((<usize>row) << 3)))
  }
  v128.store(orderAt, i8x16(0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0))
}

/** Writes the rows in their order. */
export function giveFew(samples: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    store<u32>(samples + (i << 2), load<u32>(rowsAt + ((<usize>load<u8>(orderAt + i)) << 2)))
  }
}

/** Cells of four rows. @param from the first of them */
export function fourCells(column: usize, from: usize): v128 {
  const at = offsetsAt + (from << 2)
  let four = v128.load32_zero(column + <usize>load<u32>(at))
  four = v128.load32_lane(column + <usize>load<u32>(at, 4), four, 1)
  four = v128.load32_lane(column + <usize>load<u32>(at, 8), four, 2)
  return v128.load32_lane(column + <usize>load<u32>(at, 12), four, 3)
}

/** Divides `n` rows by their cells, eight of which are given. @returns how many go left */
export function divideEight(low: v128, high: v128, limit: f32, n: i32): i32 {
  const cut = f32x4.splat(limit)
  const sides = i16x8.narrow_i32x4_s(f32x4.le(low, cut), f32x4.le(high, cut))
  const order = v128.load(orderAt)
  const all = 1 << n
  const lefts = i8x16.bitmask(i8x16.swizzle(i8x16.narrow_i16x8_s(sides, sides), order)) & (all - 1)
  const walk = v128.load64_zero(walksAt + ((<usize>(all - 2 + lefts)) << 3))
  v128.store(orderAt, i8x16.swizzle(order, walk))
  return popcnt(lefts)
}

/** Sum of the targets of the left part, added from the front or taken from the whole from the end, whichever part is smaller. */
export function sumOfLeft(left: i32, n: i32, whole: f64): f64 {
  // A choice between two numbers would be a branch, and which part is smaller nobody can predict.
  const far = i32(left > n - left)
  const count = left + ((n - 2 * left) & -far)
  const sign = (<u64>far) << 63
  const step = <usize>(1 - 2 * far)
  let sum = reinterpret<f64>(reinterpret<u64>(whole) & (0 - <u64>far))
  let at = orderAt + <usize>((n - 1) & -far)
  const targets = targetsAt
  // As many steps for all cuts; what does not count adds 0.
  for (let i = 0; i < n >> 1; i++) {
    const own = load<u64>(targets + ((<usize>load<u8>(at)) << 3)) ^ sign
    sum += reinterpret<f64>(own & (0 - <u64>i32(i < count)))
    at += step
  }
  return sum
}
