// The loss of two classes and its gradient.

import { certain, expOfNegative, log1pOfUnit, oneBits, signBit } from './exp-log'
import { addTransposed, mostRows, moveSum, multiply, rowsOfBlock } from './rows'

/** Two labels 0 or 1 as doubles. */
function labels(codes: usize): v128 {
  return f64x2.convert_low_i32x4_s(v128.load_zero<u64>(codes))
}

function sumOf(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** into[i] = exp(-|raw[i]|), two at a time. */
function expOfMinusSize(raw: usize, rows: i32, into: usize): void {
  const end = raw + ((<usize>rows) << 3)
  for (; raw < end; raw += 16) {
    v128.store(into, expOfNegative(v128.or(v128.load(raw), v128.load(signBit))))
    into += 16
  }
}

/**
 * Raw predictions become residuals; returns the sum of the losses. A last odd row has room beside it. With z = exp(-|raw|) nothing overflows and no digits cancel.
 * All z first: in one loop the chain from raw prediction to residual is so long that few rows are under way at once.
 */
function binaryResiduals(raw: usize, zs: usize, codes: usize, weights: usize, rows: i32): f64 {
  expOfMinusSize(raw, rows, zs)
  let sum = f64x2.splat(0)
  for (let i: i32 = 0; i < rows; i += 2) {
    const one = v128.load(oneBits)
    const value = v128.load(raw)
    const y = labels(codes)
    const positive = f64x2.gt(value, f64x2.splat(0))
    const z = v128.load(zs)
    // 1 - y where the prediction is positive, else -y; and the other way round.
    const sure = f64x2.sub(v128.and(one, positive), y)
    const unsure = f64x2.sub(v128.andnot(one, positive), y)
    // From 18 on scikit-learn takes exp(-raw) for log(1 + exp(-raw)), and so do we.
    const log = v128.bitselect(z, log1pOfUnit(z), f64x2.gt(value, v128.load(certain)))
    let loss = f64x2.add(log, f64x2.mul(sure, value))
    let residual = f64x2.div(f64x2.add(sure, f64x2.mul(unsure, z)), f64x2.add(one, z))
    if (weights) {
      const weight = v128.load(weights)
      residual = f64x2.mul(residual, weight)
      loss = f64x2.mul(loss, weight)
      weights += 16
    }
    if (i + 1 === rows) return sumOf(sum) + keepFirst(raw, residual, loss)
    v128.store(raw, residual)
    sum = f64x2.add(sum, loss)
    raw += 16
    zs += 16
    codes += 8
  }
  return sumOf(sum)
}

function keepFirst(raw: usize, residual: v128, loss: v128): f64 {
  store<f64>(raw, f64x2.extract_lane(residual, 0))
  return f64x2.extract_lane(loss, 0)
}

/**
 * Adds to the gradient of the summed loss (the intercept's last), returns the summed loss.
 *
 * @param codes i32 per row, with room for one more; so has `weights` (0: all weigh 1)
 * @param scratch room for twice `mostRows` numbers and one gradient
 */
export function binaryLoss(
  x: usize,
  codes: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  w: usize,
  gradient: usize,
  scratch: usize,
): f64 {
  const most = rowsOfBlock(columns)
  const zs = scratch + ((<usize>mostRows) << 3)
  const part = zs + ((<usize>mostRows) << 3)
  const constant = load<f64>(w + ((<usize>columns) << 3))
  memory.fill(part, 0, (<usize>(columns + 1)) << 3)
  let loss: f64 = 0
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    multiply(x, count, columns, w, constant, scratch)
    loss += binaryResiduals(scratch, zs, codes, weights, count)
    addTransposed(x, count, columns, scratch, part)
    moveSum(part, gradient, columns + 1)
    x += <usize>count * ((<usize>columns) << 3)
    codes += (<usize>count) << 2
    if (weights) weights += (<usize>count) << 3
  }
  return loss
}
