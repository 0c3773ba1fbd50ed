// Ranges and sides of the rows of a node of up to sixteen, four features at a time.

import { end, nearlyEqual, start } from '../split'
import { cellsOf, drawnAt, featureBytes, leastAt, limitsAt, mostAt, sidesAt, variesAt } from './few-rows'

/** Draws whose threshold is the largest value. */
const largestDraw: f64 = 2147483647

/** Where one draw of all cuts a feature of the node. */
export function thresholdOf(feature: i32): f64 {
  const at = (<usize>feature) << 2
  const least = <f64>load<f32>(leastAt + at)
  const most = <f64>load<f32>(mostAt + at)
  const threshold = ((most - least) * <f64>load<u32>(drawnAt + at)) / largestDraw + least
  return threshold === most ? least : threshold
}

/** Least and largest cells of all features, and which of them vary. Of two rows, their sides too. */
export function spreadFew(): void {
  const n = end - start
  if (n === 2) comparePairs()
  else if (n <= 4) spreadFour()
  else {
    spreadEight(0)
    if (n > 8) spreadEight(8)
  }
}

function keepRange(at: usize, least: v128, most: v128): void {
  v128.store(leastAt + at, least)
  v128.store(mostAt + at, most)
  v128.store(variesAt + at, f32x4.gt(most, f32x4.add(least, f32x4.splat(nearlyEqual))))
}

/** Of two rows the one with the smaller cell goes left, whatever is drawn. */
function comparePairs(): void {
  const first = cellsOf(0)
  const second = cellsOf(1)
  const one = i32x4.splat(1)
  for (let at: usize = 0; at < featureBytes; at += 16) {
    const a = v128.load(first + at)
    const b = v128.load(second + at)
    keepRange(at, f32x4.pmin(a, b), f32x4.pmax(a, b))
    v128.store(sidesAt + at, i32x4.sub(one, f32x4.gt(a, b)))
  }
}

function spreadFour(): void {
  const first = cellsOf(0)
  const second = cellsOf(1)
  const third = cellsOf(2)
  const fourth = cellsOf(3)
  for (let at: usize = 0; at < featureBytes; at += 16) {
    const a = v128.load(first + at)
    const b = v128.load(second + at)
    const c = v128.load(third + at)
    const d = v128.load(fourth + at)
    keepRange(at, f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d)), f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)))
  }
}

/** Of eight rows, and of those before them. */
function spreadEight(from: i32): void {
  const row0 = cellsOf(from)
  const row1 = cellsOf(from + 1)
  const row2 = cellsOf(from + 2)
  const row3 = cellsOf(from + 3)
  const row4 = cellsOf(from + 4)
  const row5 = cellsOf(from + 5)
  const row6 = cellsOf(from + 6)
  const row7 = cellsOf(from + 7)
  for (let at: usize = 0; at < featureBytes; at += 16) {
    const a = v128.load(row0 + at)
    const b = v128.load(row1 + at)
    const c = v128.load(row2 + at)
    const d = v128.load(row3 + at)
    const e = v128.load(row4 + at)
    const f = v128.load(row5 + at)
    const g = v128.load(row6 + at)
    const h = v128.load(row7 + at)
    const least = f32x4.pmin(f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d)), f32x4.pmin(f32x4.pmin(e, f), f32x4.pmin(g, h)))
    const most = f32x4.pmax(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)), f32x4.pmax(f32x4.pmax(e, f), f32x4.pmax(g, h)))
    if (from === 0) keepRange(at, least, most)
    else keepRange(at, f32x4.pmin(v128.load(leastAt + at), least), f32x4.pmax(v128.load(mostAt + at), most))
  }
}

/** Sides by what has been drawn for the features that vary; of the others they mean nothing. */
export function divideFew(): void {
  const n = end - start
  if (n === 2) return
  if (n <= 4) divideFour()
  else if (n <= 8) divideEight(0)
  else {
    findLimits()
    divideEight(0)
    divideEight(8)
  }
}

/** Four thresholds, each as the largest float32 that is not above it. */
function limitsOf(at: usize): v128 {
  const least = v128.load(leastAt + at)
  const most = v128.load(mostAt + at)
  const draws = v128.load(drawnAt + at)
  const low = twoThresholds(least, most, draws)
  const high = twoThresholds(
    v128.shuffle<i32>(least, least, 2, 3, 2, 3),
    v128.shuffle<i32>(most, most, 2, 3, 2, 3),
    v128.shuffle<i32>(draws, draws, 2, 3, 2, 3),
  )
  const near = v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
  const isAbove = v128.shuffle<i32>(
    f64x2.gt(f64x2.promote_low_f32x4(near), low),
    f64x2.gt(f64x2.promote_low_f32x4(v128.shuffle<i32>(near, near, 2, 3, 2, 3)), high),
    0,
    2,
    4,
    6,
  )
  // One step towards less: up for negative numbers, down for positive ones, and from 0 to the first negative number.
  const isZero = f32x4.eq(near, f32x4.splat(0))
  const step = v128.or(i32x4.shl(i32x4.shr_s(near, 31), 1), i32x4.splat(1))
  const below = v128.bitselect(i32x4.splat(0x80000001), i32x4.sub(near, step), isZero)
  return v128.bitselect(below, near, isAbove)
}

function twoThresholds(least: v128, most: v128, draws: v128): v128 {
  const low = f64x2.promote_low_f32x4(least)
  const high = f64x2.promote_low_f32x4(most)
  const part = f64x2.div(f64x2.mul(f64x2.sub(high, low), f64x2.convert_low_i32x4_s(draws)), f64x2.splat(largestDraw))
  const threshold = f64x2.add(part, low)
  return v128.bitselect(low, threshold, f64x2.eq(threshold, high))
}

function sideOf(row: usize, limits: v128, bit: i32): v128 {
  return v128.and(f32x4.le(v128.load(row), limits), i32x4.splat(bit))
}

function divideFour(): void {
  const first = cellsOf(0)
  const second = cellsOf(1)
  const third = cellsOf(2)
  const fourth = cellsOf(3)
  const all = i32x4.splat((1 << (end - start)) - 1)
  for (let at: usize = 0; at < featureBytes; at += 16) {
    const limits = limitsOf(at)
    const two = v128.or(sideOf(first + at, limits, 1), sideOf(second + at, limits, 2))
    const four = v128.or(sideOf(third + at, limits, 4), sideOf(fourth + at, limits, 8))
    v128.store(sidesAt + at, v128.and(v128.or(two, four), all))
  }
}

function findLimits(): void {
  for (let at: usize = 0; at < featureBytes; at += 16) v128.store(limitsAt + at, limitsOf(at))
}

/** Eight rows; behind eight others their thresholds are known. */
function divideEight(from: i32): void {
  const row0 = cellsOf(from)
  const row1 = cellsOf(from + 1)
  const row2 = cellsOf(from + 2)
  const row3 = cellsOf(from + 3)
  const row4 = cellsOf(from + 4)
  const row5 = cellsOf(from + 5)
  const row6 = cellsOf(from + 6)
  const row7 = cellsOf(from + 7)
  const n = end - start
  const all = i32x4.splat((1 << n) - 1)
  for (let at: usize = 0; at < featureBytes; at += 16) {
    const limits = n > 8 ? v128.load(limitsAt + at) : limitsOf(at)
    const two = v128.or(sideOf(row0 + at, limits, 1), sideOf(row1 + at, limits, 2))
    const four = v128.or(two, v128.or(sideOf(row2 + at, limits, 4), sideOf(row3 + at, limits, 8)))
    const six = v128.or(sideOf(row4 + at, limits, 16), sideOf(row5 + at, limits, 32))
    const eight = v128.or(six, v128.or(sideOf(row6 + at, limits, 64), sideOf(row7 + at, limits, 128)))
    const own = v128.or(four, eight)
    const sides = from === 0 ? own : v128.or(v128.load(sidesAt + at), i32x4.shl(own, 8))
    v128.store(sidesAt + at, v128.and(sides, all))
  }
}
