// Finds the best cut of a node by the ranks of its values: classes whose rows have small integer weights. Their sums are exact, so the order of
// rows does not matter. The plain twins are ../grow-tree.ts with its searches, and ../sorted-splitter.ts.

import { areApart } from './counted/best-cut'
import { scanHistogram, scanKeys, tryCut } from './counted/class-cuts'
import { count, high, low, missing, readKeys, sendMissingLeft, sortByCounting, sortByInsertion, sortByRadix } from './counted/keys'
import {
  classBits,
  classes,
  codesAt,
  countsAt,
  isEntropy,
  keysAt,
  leftAt,
  missingAt,
  mostEqualAt,
  offsetsAt,
  rows,
  samplesAt,
  shift,
  tagsAt,
  totalAt,
  valuesAt,
} from './counted/layout'
import { tryBinaryCut } from './counted/two-class-cuts'
import { scanBinaryBits, scanBinaryHistogram, scanBinaryKeys } from './counted/two-class-scans'
import { bitsOf } from './logarithm'
import { clearNear, enterNear, leaveNear } from './near'
import { end, minLeaf, nodeWeight, setNodeWeight, start } from './split'

/** Nodes up to this size are sorted by insertion, and up to the next one by counting how many keys are smaller. */
const veryFewKeys: i32 = 4
const fewKeys: i32 = 64
/** The largest weight of a row of this tree. */
let mostWeight: i32 = 0

/** Rows that were drawn, in order, each with its weight and class. @returns how many, or -1 when a weight does not fit into a key */
export function takeCounted(isDepthFirst: bool): i32 {
  clearNear(isDepthFirst)
  const largest = (1 << (shift - classBits)) - 1
  let n = 0
  mostWeight = 1
  for (let i = 0; i < rows; i++) {
    const w = load<i32>(countsAt + ((<usize>i) << 2))
    if (w === 0) continue
    if (w > largest) return -1
    mostWeight = max(mostWeight, w)
    const at = (<usize>n) << 2
    store<i32>(samplesAt + at, i)
    store<i32>(tagsAt + at, (w << classBits) | load<i32>(codesAt + ((<usize>i) << 2)))
    n++
  }
  return n
}

export function enterCounted(): void {
  leaveNear()
  enterNear(samplesAt)
  if (classes === 2) {
    let all: i32 = 0
    let ones: i32 = 0
    for (let p = start; p < end; p++) {
      const tag = load<i32>(tagsAt + ((<usize>p) << 2))
      const w = tag >>> 1
      all += w
      ones += w & -(tag & 1)
    }
    store<f64>(totalAt, <f64>(all - ones))
    store<f64>(totalAt, <f64>ones, 8)
    setNodeWeight(<f64>all)
    return
  }
  const classMask = (1 << classBits) - 1
  memory.fill(totalAt, 0, (<usize>classes) << 3)
  let weight: f64 = 0
  for (let p = start; p < end; p++) {
    const tag = load<i32>(tagsAt + ((<usize>p) << 2))
    const at = totalAt + ((<usize>(tag & classMask)) << 3)
    const w = <f64>(tag >>> classBits)
    store<f64>(at, load<f64>(at) + w)
    weight += w
  }
  setNodeWeight(weight)
}

export function impurityOfCounted(): f64 {
  return impurityOf(totalAt, nodeWeight)
}

function impurityOf(sums: usize, weight: f64): f64 {
  if (isEntropy) {
    let bits: f64 = 0
    for (let k: usize = 0; k < <usize>classes; k++) bits -= bitsOf(load<f64>(sums + (k << 3)), weight)
    return bits
  }
  let squares: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const own = load<f64>(sums + (k << 3))
    squares += own * own
  }
  return 1 - squares / (weight * weight)
}

export function valuesOfCounted(into: usize): void {
  for (let k: usize = 0; k < <usize>classes; k++) store<f64>(into + (k << 3), load<f64>(totalAt + (k << 3)) / nodeWeight)
}

/** Tries each cut of a feature; false when it is constant in the node. */
export function tryCounted(feature: i32): bool {
  if (!readKeys(feature)) return false
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
  if (missing === 0 && !areApart(value, low, high)) return false
  if (count <= veryFewKeys) {
    sortByInsertion()
    scan(feature, keysAt)
  } else if (count <= fewKeys) scan(feature, sortByCounting())
  else if (classes === 2 && fitsBits(feature)) scanBinaryBits(feature)
  else if (high - low < 4 * count && missing === 0) {
    if (classes === 2) scanBinaryHistogram(feature)
    else scanHistogram(feature)
  } else scan(feature, high > low ? sortByRadix() : keysAt)
  return true
}

/** Words of ranks are looked through in less time than so many rows are sorted. */
const ranksPerRow: i32 = 32

function fitsBits(feature: i32): bool {
  return (
    high - low < ranksPerRow * count &&
    missing === 0 &&
    minLeaf === 1 &&
    load<i32>(mostEqualAt + ((<usize>feature) << 2)) <= 255 / mostWeight
  )
}

function scan(feature: i32, keys: usize): void {
  if (classes === 2) scanBinaryKeys(feature, keys)
  else scanKeys(feature, keys)
  if (missing === 0) return
  if (count >= minLeaf && missing >= minLeaf) cutMissingOff(feature)
  sendMissingLeft()
  if (classes === 2) scanBinaryKeys(feature, keys)
  else scanKeys(feature, keys)
}

/** All values to the left, all missing ones to the right. */
function cutMissingOff(feature: i32): void {
  let leftWeight: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const own = load<f64>(totalAt + (k << 3)) - load<f64>(missingAt + (k << 3))
    store<f64>(leftAt + (k << 3), own)
    leftWeight += own
  }
  if (classes === 2) tryBinaryCut(feature, high, -1, load<f64>(leftAt), load<f64>(leftAt, 8))
  else tryCut(feature, high, -1, leftWeight)
}
