// Cuts of two classes, as a scan found them: weighed four at a time, and only those that may be the best looked at in full.

import { bitsOf } from '../logarithm'
import { bestProxy, minWeight, nodeWeight } from '../split'
import { areCuttable, keep } from './best-cut'
import { cutsAt, isEntropy, meritsAt, placesAt, shift, totalAt, xlog, xlogs } from './layout'

let placesAreRanks: bool = false
/** A cut that looked best was none. */
let refused: bool = false

function tryBinaryCutAt(feature: i32, cut: usize): void {
  const place = placesAt + (cut << 2)
  const own = cutsAt + (cut << 3)
  const before = placesAreRanks ? load<i32>(place) : load<i32>(<usize>load<u32>(place)) >>> shift
  const after = placesAreRanks ? load<i32>(place, 4) : load<i32>(<usize>load<u32>(place), 4) >>> shift
  if (!tryBinaryCut(feature, before, after, <f64>load<i32>(own), <f64>load<i32>(own, 4))) refused = true
}

/** @returns whether it is a cut that a tree may have */
export function tryBinaryCut(feature: i32, before: i32, after: i32, left0: f64, left1: f64): bool {
  const leftWeight = left0 + left1
  const rightWeight = nodeWeight - leftWeight
  if (leftWeight < minWeight || rightWeight < minWeight) return false
  const right0 = load<f64>(totalAt) - left0
  const right1 = load<f64>(totalAt, 8) - left1
  let leftImpurity: f64
  let rightImpurity: f64
  if (isEntropy) {
    if (nodeWeight <= <f64>xlogs) {
      // By table: a cut that is worse by more than any rounding is not looked at further.
      const about = xlog(left0) + xlog(left1) - xlog(leftWeight) + xlog(right0) + xlog(right1) - xlog(rightWeight)
      if (about < bestProxy - 1e-9 * (1 + xlog(nodeWeight))) return true
    }
    leftImpurity = 0.0 - bitsOf(left0, leftWeight) - bitsOf(left1, leftWeight)
    rightImpurity = 0.0 - bitsOf(right0, rightWeight) - bitsOf(right1, rightWeight)
  } else {
    leftImpurity = 1 - (left0 * left0 + left1 * left1) / (leftWeight * leftWeight)
    rightImpurity = 1 - (right0 * right0 + right1 * right1) / (rightWeight * rightWeight)
  }
  const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
  if (!(proxy > bestProxy)) return true
  if (!areCuttable(feature, before, after)) return false
  keep(proxy, feature, before, after, leftImpurity, rightImpurity, leftWeight)
  return true
}

/** About the largest merit of the cuts; a merit is `proxy` + the weight of the node, to six digits. */
function weighCuts(first: usize, last: usize): f32 {
  const cuts = cutsAt
  const merits = meritsAt
  const total0 = i32x4.splat(<i32>load<f64>(totalAt))
  const total1 = i32x4.splat(<i32>load<f64>(totalAt, 8))
  let most = f32x4.splat(0)
  // Lanes behind the last cut repeat it.
  const lastCut = load<u64>(cuts + (last << 3) - 8)
  store<u64>(cuts + (last << 3), lastCut)
  store<u64>(cuts + (last << 3), lastCut, 8)
  store<u64>(cuts + (last << 3), lastCut, 16)
  for (let i = first; i < last; i += 4) {
    const a = v128.load(cuts + (i << 3))
    const b = v128.load(cuts + (i << 3), 16)
    const own0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6)
    const own1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7)
    const left0 = f32x4.convert_i32x4_s(own0)
    const left1 = f32x4.convert_i32x4_s(own1)
    const right0 = f32x4.convert_i32x4_s(i32x4.sub(total0, own0))
    const right1 = f32x4.convert_i32x4_s(i32x4.sub(total1, own1))
    const left = f32x4.div(f32x4.add(f32x4.mul(left0, left0), f32x4.mul(left1, left1)), f32x4.add(left0, left1))
    const right = f32x4.div(f32x4.add(f32x4.mul(right0, right0), f32x4.mul(right1, right1)), f32x4.add(right0, right1))
    const merit = f32x4.add(left, right)
    v128.store(merits + (i << 2), merit)
    most = f32x4.pmax(most, merit)
  }
  const two = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1))
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1))
}

/** A merit that is smaller by more is the smaller one, whatever was rounded. */
const surely: f64 = 1 - 2e-6

export function tryBinaryCuts(feature: i32, first: usize, last: usize): void {
  if (first >= last) return
  if (isEntropy) {
    for (let i = first; i < last; i++) tryBinaryCutAt(feature, i)
    return
  }
  const most = <f64>weighCuts(first, last)
  const bar = (bestProxy + nodeWeight) * surely
  if (most < bar) return
  refused = false
  tryMerits(feature, first, last, max(bar, most * surely))
  // The best cut was none: another one may be the best.
  if (refused) tryMerits(feature, first, last, (bestProxy + nodeWeight) * surely)
}

/** `tryBinaryCuts` of the first cuts, whose places are ranks. */
export function tryRankCuts(feature: i32, last: usize): void {
  placesAreRanks = true
  tryBinaryCuts(feature, 0, last)
  placesAreRanks = false
}

function tryMerits(feature: i32, first: usize, last: usize, bar: f64): void {
  const four = f32x4.splat(<f32>bar)
  for (let i = first; i < last; i += 4) {
    let passed = i32x4.bitmask(f32x4.ge(v128.load(meritsAt + (i << 2)), four))
    while (passed !== 0) {
      const at = i + <usize>ctz(passed)
      passed &= passed - 1
      if (at < last) tryBinaryCutAt(feature, at)
    }
  }
}
