// Second derivatives of the losses: products of padded rows, each row with a factor of its own.

import { addProducts } from '../tiles'
import { expOfNegative, oneBits, signBit, vanishing } from './exp-log'
import { softmax } from './multinomial'
import { blockSize, mostRows, multiply } from './rows'

/** A block of rows as padded ones, each followed by 1 and zeros: room for `width` doubles a row. */
function pad(x: usize, rows: i32, columns: i32, width: i32, into: usize): void {
  const pairs = ((<usize>columns) << 3) & ~15
  // A copy of so few bytes as a row has takes longer to call than to do.
  for (let i: i32 = 0; i < rows; i++) {
    for (const end = x + pairs; x < end; x += 16) {
      v128.store(into, v128.load(x))
      into += 16
    }
    if (columns & 1) {
      store<f64>(into, load<f64>(x))
      x += 8
      into += 8
    }
    store<f64>(into, 1)
    into += 8
    for (let j = columns + 1; j < width; j++) {
      store<f64>(into, 0)
      into += 8
    }
  }
}

/** into[i] = x[i] * factor[i], rows of `width` doubles. */
function scale(x: usize, rows: i32, width: i32, factors: usize, into: usize): void {
  for (let i: i32 = 0; i < rows; i++) {
    const factor = v128.load_splat<f64>(factors)
    for (let j: i32 = 0; j < width; j += 2) {
      v128.store(into, f64x2.mul(v128.load(x), factor))
      x += 16
      into += 16
    }
    factors += 8
  }
}

/** Rows of a padded block: two of them in 64 kB. */
function rowsOfPadded(width: i32): i32 {
  return max(8, min(mostRows, (blockSize / width) & ~3))
}

/**
 * Adds second derivatives of the summed binary loss to the lower half of h [width][width], the intercept's at row `columns`; returns how many pointwise ones are not positive.
 *
 * @param width columns + 1, rounded up to a multiple of 4
 * @param scratch room for `mostRows` raw predictions and two padded blocks
 */
export function binaryHessian(x: usize, weights: usize, rows: i32, columns: i32, width: i32, w: usize, h: usize, scratch: usize): i32 {
  const most = rowsOfPadded(width)
  const padded = scratch + ((<usize>mostRows) << 3)
  const scaled = padded + <usize>most * ((<usize>width) << 3)
  const constant = load<f64>(w + ((<usize>columns) << 3))
  let flat: i32 = 0
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    multiply(x, count, columns, w, constant, scratch)
    for (let i: i32 = 0; i < count; i += 2) {
      const at = scratch + ((<usize>i) << 3)
      const one = v128.load(oneBits)
      const negative = v128.or(v128.load(at), v128.load(signBit))
      const z = expOfNegative(negative)
      const below = f64x2.add(one, z)
      let second = f64x2.div(z, f64x2.mul(below, below))
      // Where exp would be nothing.
      second = v128.andnot(second, f64x2.lt(negative, f64x2.neg(v128.load(vanishing))))
      if (weights) second = f64x2.mul(second, v128.load(weights + ((<usize>i) << 3)))
      v128.store(at, second)
      if (f64x2.extract_lane(second, 0) <= 0) flat++
      if (i + 1 < count && f64x2.extract_lane(second, 1) <= 0) flat++
    }
    pad(x, count, columns, width, padded)
    scale(padded, count, width, scratch, scaled)
    addProducts(scaled, padded, count, width, h)
    x += <usize>count * ((<usize>columns) << 3)
    if (weights) weights += (<usize>count) << 3
  }
  return flat
}

/** As `binaryHessian` for more classes: h holds [width][width] per pair of classes k >= l, ordered by k, then l. `scratch` has room for raw predictions of all and one more. */
export function multinomialHessian(
  x: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  width: i32,
  classes: i32,
  w: usize,
  h: usize,
  scratch: usize,
): void {
  const most = rowsOfPadded(width)
  const room = (<usize>mostRows) << 3
  const own = (<usize>(columns + 1)) << 3
  const factors = scratch + <usize>classes * room
  const padded = factors + room
  const scaled = padded + <usize>most * ((<usize>width) << 3)
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    for (let k: usize = 0; k < <usize>classes; k++) {
      const at = w + k * own
      multiply(x, count, columns, at, load<f64>(at + own - 8), scratch + k * room)
    }
    for (let i: usize = 0; i < (<usize>count) << 3; i += 16) softmax(scratch + i, classes)
    pad(x, count, columns, width, padded)
    let into = h
    for (let k: usize = 0; k < <usize>classes; k++) {
      for (let l: usize = 0; l <= k; l++) {
        for (let i: usize = 0; i < (<usize>count) << 3; i += 16) {
          const other = v128.load(scratch + l * room + i)
          let factor = f64x2.mul(v128.load(scratch + k * room + i), k === l ? f64x2.sub(v128.load(oneBits), other) : f64x2.neg(other))
          if (weights) factor = f64x2.mul(factor, v128.load(weights + i))
          v128.store(factors + i, factor)
        }
        scale(padded, count, width, factors, scaled)
        addProducts(scaled, padded, count, width, into)
        into += (<usize>width * <usize>width) << 3
      }
    }
    x += <usize>count * ((<usize>columns) << 3)
    if (weights) weights += (<usize>count) << 3
  }
}
