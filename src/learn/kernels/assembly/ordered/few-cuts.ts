// Random cuts of nodes of up to sixteen rows by squared error. Ranges and sides of all features are worked out four features at a time; in between,
// features and thresholds are drawn one after the other. Sums depend on the order of rows, and the order on the cuts before: with up to four rows
// no sum does, so that what a set of rows is worth is worked out once; of more, the order goes along as a vector, and what is clearly worse than
// the best cut needs no sum in order.

import { columnCount, drawnState, featureAt, nextState, setDrawnState, swapFeatures } from '../draws'
import { end, keepSplit, start } from '../split'
import { drawnAt, listedAt, lookedAt, placedAt, placeFew, setsAt, sidesAt, takeFew, variesAt } from './few-rows'
import { divideFew, spreadFew, thresholdOf } from './few-sides'
import { nodeSum } from './sums'
import { walkedEight, walkedSixteen } from './walks'

/** Squares of what is not larger are rounded by more than their share. */
const nearlyNothing: f64 = 1e-100

/** Features looked at that vary. */
let looked: i32 = 0
/** The last of the features looked at, if constant or not. */
let lookedAtLast: i32 = -1
let bestFeature: i32 = -1
let bestSides: i32 = 0
let bestMerit: f64 = 0
let order: v128 = i64x2.splat(0)

/**
 * Finds the best of the random cuts of the node.
 *
 * @param known so many features are constant
 * @param most so many features are looked at
 * @returns how many more are constant
 */
export function searchFew(known: i32, most: i32): i32 {
  takeFew(known)
  const n = end - start
  spreadFew()
  const found = drawCuts(known, most)
  if (looked === 0) return found
  divideFew()
  bestFeature = -1
  bestMerit = -Infinity
  order = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  if (n <= 4) weighFour(n)
  else weighMany(n)
  if (bestFeature < 0) return found
  if (n < 4 || lookedAtLast !== bestFeature) order = walked(order, bestSides, n)
  placeFew(order)
  const left = popcnt(bestSides)
  keepSplit(bestMerit, bestFeature, start + left, thresholdOf(bestFeature), left > n - left)
  return found
}

function walked(before: v128, sides: i32, n: i32): v128 {
  return n <= 8 ? walkedEight(before, sides, n) : walkedSixteen(before, sides, n)
}

// ---- Draws ----

/** Draws features, and thresholds of those that vary. @returns how many are constant and were not known to be */
function drawCuts(known: i32, most: i32): i32 {
  let state = drawnState()
  let free = columnCount()
  let constants = known
  let found = 0
  let drawn = 0
  let visited = 0
  let count: usize = 0
  while (free > constants && (visited < most || visited <= found + drawn)) {
    visited++
    state = nextState(state)
    let at = drawn + <i32>((state & 0x7fffffff) % <u32>(free - found - drawn))
    if (at < known) {
      swapFeatures(drawn, at)
      drawn++
      continue
    }
    at += found
    const feature = featureAt(at)
    lookedAtLast = feature
    const place = (<usize>feature) << 2
    if (load<i32>(variesAt + place) === 0) {
      swapFeatures(at, constants)
      found++
      constants++
      continue
    }
    state = nextState(state)
    store<u32>(drawnAt + place, state & 0x7fffffff)
    store<i32>(lookedAt + (count << 2), feature)
    count++
    free--
    swapFeatures(free, at)
  }
  looked = <i32>count
  setDrawnState(state)
  return found
}

// ---- Merits ----

function meritOf(set: i32, merit: f64): void {
  store<f64>(setsAt + ((<usize>set) << 3), merit)
}

/** What each set of up to four rows is worth as the left part. A set of all rows or of none is no cut. */
function weighSets(n: i32): void {
  const whole = nodeSum
  const all = (1 << n) - 1
  meritOf(0, NaN)
  for (let i: usize = 0; i < <usize>n; i++) {
    const one = load<f64>(placedAt + (i << 3))
    const rest = whole - one
    const again = whole - rest
    // A half is a half, divided or multiplied.
    const ofRest = n === 4 ? (rest * rest) / 3 : n === 3 ? rest * rest * 0.5 : rest * rest
    meritOf(1 << (<i32>i), one * one + ofRest)
    if (n > 2) meritOf(all - (1 << (<i32>i)), ofRest + again * again)
  }
  if (n === 4) {
    for (let i = 0; i < 3; i++) {
      for (let k = i + 1; k < 4; k++) {
        const pair = load<f64>(placedAt + ((<usize>i) << 3)) + load<f64>(placedAt + ((<usize>k) << 3))
        const rest = whole - pair
        meritOf((1 << i) | (1 << k), pair * pair * 0.5 + rest * rest * 0.5)
      }
    }
  }
  meritOf(all, NaN)
}

function weighFour(n: i32): void {
  weighSets(n)
  const sets = setsAt
  const sides = sidesAt
  let best: f64 = -Infinity
  let kept = order
  for (let at = lookedAt; at < lookedAt + ((<usize>looked) << 2); at += 4) {
    const feature = load<i32>(at)
    const side = load<i32>(sides + ((<usize>feature) << 2))
    if (n === 4) kept = walkedEight(kept, side, 4)
    const own = load<f64>(sets + ((<usize>side) << 3))
    if (!(own > best)) continue
    best = own
    bestFeature = feature
    bestSides = side
  }
  order = kept
  bestMerit = best
}

/** Sums of the sets of each four rows. */
function sumSets(n: i32): void {
  for (let first = 0; first < n; first += 4) {
    const sets = setsAt + ((<usize>first) << 5)
    store<f64>(sets, 0)
    for (let i = 0; i < 4; i++) {
      const place = first + i
      const own = place < n ? load<f64>(placedAt + ((<usize>place) << 3)) : 0
      for (let set: usize = 0; set < 1 << i; set++) store<f64>(sets + ((set + (1 << i)) << 3), load<f64>(sets + (set << 3)) + own)
    }
  }
}

function sumOfSet(set: i32, first: i32): f64 {
  return load<f64>(setsAt + ((<usize>first) << 5) + ((<usize>((set >> first) & 15)) << 3))
}

function weighMany(n: i32): void {
  sumSets(n)
  const whole = nodeSum
  let size: f64 = 0
  for (let i: usize = 0; i < <usize>n; i++) size += abs(load<f64>(placedAt + (i << 3)))
  // Sums in any two orders are less than 2 * n * 2^-52 * size apart, and merits 2 * size times as much; twice that for what else is rounded.
  const doubt = size > nearlyNothing ? 8 * <f64>n * 2.220446049250313e-16 * size * size : Infinity
  let best: f64 = -Infinity
  let bar: f64 = -Infinity
  let kept = order
  for (let at = lookedAt; at < lookedAt + ((<usize>looked) << 2); at += 4) {
    const feature = load<i32>(at)
    const side = load<i32>(sidesAt + ((<usize>feature) << 2))
    kept = walked(kept, side, n)
    const left = popcnt(side)
    let about = sumOfSet(side, 0) + sumOfSet(side, 4)
    if (n > 8) about += sumOfSet(side, 8)
    if (n > 12) about += sumOfSet(side, 12)
    const aboutRest = whole - about
    // Without divisions.
    const lefts = <f64>left
    const rights = <f64>(n - left)
    if (about * about * rights + aboutRest * aboutRest * lefts < bar * (lefts * rights)) continue
    const sum = sumInOrder(kept, left, n)
    const rest = whole - sum
    const own = (sum * sum) / lefts + (rest * rest) / rights
    if (!(own > best)) continue
    best = own
    bar = own - doubt
    bestFeature = feature
    bestSides = side
  }
  order = kept
  bestMerit = best
}

/** Sum of the targets of the left part, added from the front or taken from the whole from the end, whichever part is smaller. */
function sumInOrder(places: v128, left: i32, n: i32): f64 {
  const listed = listedAt
  v128.store(listed, places)
  let sum: f64 = 0
  if (left <= n - left) {
    for (let i: usize = 0; i < <usize>left; i++) sum += load<f64>(placedAt + ((<usize>load<u8>(listed + i)) << 3))
    return sum
  }
  sum = nodeSum
  for (let i = n - 1; i >= left; i--) sum -= load<f64>(placedAt + ((<usize>load<u8>(listed + <usize>i)) << 3))
  return sum
}
