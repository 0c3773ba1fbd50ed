// The order of up to sixteen rows as a vector of bytes, which place comes to which, and what the walk of ../divide.ts makes of it: looked up for up to
// eight rows, else put together from lists of the places that change.

export const walksBytes: usize = 4096 + 2 * 2048

/** Per number of rows and sides of the places: which place comes to which after the walk, 8 bytes each. */
let walksAt: usize = 0
/** Per byte: its bits that are set, ascending, and for each bit how many are set below it. */
let listsAt: usize = 0
let countsAt: usize = 0

export function layWalks(at: usize): void {
  walksAt = at
  listsAt = at + 4096
  countsAt = listsAt + 2048
  for (let n = 1; n <= 8; n++) {
    for (let lefts = 0; lefts < 1 << n; lefts++) layWalk(walkOf(n, lefts), n, lefts)
  }
  for (let byte: usize = 0; byte < 256; byte++) {
    let count: usize = 0
    store<u64>(listsAt + (byte << 3), 0)
    for (let bit: usize = 0; bit < 8; bit++) {
      store<u8>(countsAt + (byte << 3) + bit, <u8>count)
      if (!((byte >>> bit) & 1)) continue
      store<u8>(listsAt + (byte << 3) + count, <u8>bit)
      count++
    }
  }
}

function walkOf(n: i32, lefts: i32): usize {
  return walksAt + ((<usize>((1 << n) - 2 + lefts)) << 3)
}

function layWalk(walk: usize, n: i32, lefts: i32): void {
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

/** The order of up to eight rows after the walk. @param sides a bit per row that goes left, as rows stood before all walks */
export function walkedEight(order: v128, sides: i32, n: i32): v128 {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0)
  const isLeft = i8x16.eq(v128.and(i8x16.splat(<i8>sides), bits), bits)
  const lefts = i8x16.bitmask(i8x16.swizzle(isLeft, order)) & ((1 << n) - 1)
  return i8x16.swizzle(order, v128.load64_zero(walkOf(n, lefts)))
}

/** A byte of ones for each bit. */
function bytesOf(bits: i32): v128 {
  const each = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128)
  const halves = i8x16.swizzle(i16x8.splat(<i16>bits), i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1))
  return i8x16.eq(v128.and(halves, each), each)
}

/** The bits that are set, ascending. */
function listOf(bits: i32): v128 {
  const low = bits & 255
  const first = v128.load64_zero(listsAt + ((<usize>low) << 3))
  const second = i8x16.add(v128.load64_zero(listsAt + ((<usize>(bits >> 8)) << 3)), i8x16.splat(8))
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  return v128.or(first, i8x16.swizzle(second, i8x16.sub(places, i8x16.splat(<i8>popcnt(low)))))
}

/** For each bit, how many are set below it. */
function countsOf(bits: i32): v128 {
  const low = bits & 255
  const first = v128.load64_zero(countsAt + ((<usize>low) << 3))
  const second = v128.load64_zero(countsAt + ((<usize>(bits >> 8)) << 3))
  return v128.shuffle<i64>(first, i8x16.add(second, i8x16.splat(<i8>popcnt(low))), 0, 2)
}

/** `walkedEight` for up to sixteen rows; the names are those of ../divide.ts. */
export function walkedSixteen(order: v128, sides: i32, n: i32): v128 {
  const all = (1 << n) - 1
  const lefts = i8x16.bitmask(i8x16.swizzle(bytesOf(sides), order)) & all
  const left = popcnt(lefts)
  // The first row of the right part is one of those whose place changes.
  const here = ~lefts & ((2 << left) - 1) & all
  const there = (lefts >> left) << left
  const count = <i8>popcnt(there)
  const heres = listOf(here)
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  const fromThere = i8x16.swizzle(listOf(there), i8x16.sub(i8x16.splat(<i8>(count - 1)), countsOf(here)))
  const front = v128.bitselect(fromThere, places, bytesOf(here))
  // Behind the last row it is as if one went left.
  const counts = countsOf(there)
  const next = v128.shuffle<i8>(counts, i8x16.splat(count), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
  const isThere = bytesOf(there | (1 << n))
  const nextIsThere = v128.shuffle<i8>(isThere, i8x16.splat(-1), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
  const fromHere = i8x16.swizzle(heres, i8x16.sub(i8x16.splat(count), next))
  const back = v128.bitselect(fromHere, i8x16.add(places, i8x16.splat(1)), nextIsThere)
  return i8x16.swizzle(order, v128.bitselect(front, back, i8x16.lt_s(places, i8x16.splat(<i8>left))))
}
