// Counts what a random cut sends to the left.

import { end, floor32, isMissing, start } from '../split'
import { classes, leftAt, onesAt, valuesAt, wholeAt } from './layout'

/** Rows of the left part, and their weight; the weights of its classes are at `leftAt`. */
export let leftRows: i32 = 0
export let leftWeight: f64 = 0

/** Fewer values than this are counted one by one in less time than sums of four lanes are added up. */
const fewValues: usize = 16

function sum4(v: v128): i32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
}

/** Counts the cells read last that are not above a threshold, and missing ones where they go first. */
export function countLeft(threshold: f64, missingFirst: bool): void {
  if (classes === 2) countTwo(threshold, missingFirst)
  else countAll(threshold, missingFirst)
}

function countTwo(threshold: f64, missingFirst: bool): void {
  const n = <usize>(end - start)
  const from = (<usize>start) << 2
  const values = valuesAt
  const wholes = wholeAt + from
  const seconds = onesAt + from
  const limit = floor32(threshold)
  let count = 0
  let weight = 0
  let second = 0
  let i: usize = 0
  if (n >= fewValues) {
    const cut = f32x4.splat(limit)
    const missingToo = i32x4.splat(missingFirst ? -1 : 0)
    let rowsLeft = i32x4.splat(0)
    let whole = i32x4.splat(0)
    let ones = i32x4.splat(0)
    for (; i + 4 <= n; i += 4) {
      const four = v128.load(values + (i << 2))
      const mask = v128.or(f32x4.le(four, cut), v128.and(f32x4.ne(four, four), missingToo))
      rowsLeft = i32x4.sub(rowsLeft, mask)
      whole = i32x4.add(whole, v128.and(mask, v128.load(wholes + (i << 2))))
      ones = i32x4.add(ones, v128.and(mask, v128.load(seconds + (i << 2))))
    }
    count = sum4(rowsLeft)
    weight = sum4(whole)
    second = sum4(ones)
  }
  for (; i < n; i++) {
    const value = load<f32>(values + (i << 2))
    const mask = -(i32(value <= limit) | (i32(missingFirst) & i32(isMissing(value))))
    count -= mask
    weight += mask & load<i32>(wholes + (i << 2))
    second += mask & load<i32>(seconds + (i << 2))
  }
  leftRows = count
  leftWeight = <f64>weight
  store<f64>(leftAt, <f64>(weight - second))
  store<f64>(leftAt, <f64>second, 8)
}

function countAll(threshold: f64, missingFirst: bool): void {
  const n = <usize>(end - start)
  const from = (<usize>start) << 2
  const cut = floor32(threshold)
  const values = valuesAt
  const wholes = wholeAt + from
  const codes = onesAt + from
  const sums = leftAt
  memory.fill(leftAt, 0, (<usize>classes) << 3)
  let count = 0
  let weight = 0
  for (let i: usize = 0; i < n; i++) {
    const value = load<f32>(values + (i << 2))
    const mask = -(i32(value <= cut) | (i32(missingFirst) & i32(isMissing(value))))
    const w = mask & load<i32>(wholes + (i << 2))
    count -= mask
    weight += w
    const at = sums + ((<usize>load<i32>(codes + (i << 2))) << 3)
    store<f64>(at, load<f64>(at) + <f64>w)
  }
  leftRows = count
  leftWeight = <f64>weight
}
