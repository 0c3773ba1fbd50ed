// The loss of more classes and its gradient.

import { expOfNegative, logOfLarge } from './exp-log'
import { addTransposed, mostRows, moveSum, multiply, rowsOfBlock } from './rows'

/** Two rows' raw predictions per class, `mostRows` apart, become probabilities; returns log(sum exp) of both. */
export function softmax(raw: usize, classes: i32): v128 {
  const room = (<usize>mostRows) << 3
  const end = raw + <usize>classes * room
  let most = v128.load(raw)
  for (let p = raw + room; p < end; p += room) most = f64x2.max(most, v128.load(p))
  let sum = f64x2.splat(0)
  for (let p = raw; p < end; p += room) {
    const e = expOfNegative(f64x2.sub(v128.load(p), most))
    v128.store(p, e)
    sum = f64x2.add(sum, e)
  }
  for (let p = raw; p < end; p += room) v128.store(p, f64x2.div(v128.load(p), sum))
  return f64x2.add(logOfLarge(sum), most)
}

/** Raw predictions become residuals; returns the sum of the losses. */
function multinomialResiduals(raw: usize, codes: usize, weights: usize, rows: i32, classes: i32): f64 {
  const room = (<usize>mostRows) << 3
  let sum: f64 = 0
  for (let i: i32 = 0; i < rows; i += 2) {
    const paired = i + 1 < rows
    const own0 = raw + <usize>load<i32>(codes) * room
    const own1 = paired ? raw + <usize>load<i32>(codes, 4) * room + 8 : raw + 8
    const raw0 = load<f64>(own0)
    const raw1 = load<f64>(own1)
    const all = softmax(raw, classes)
    let loss0 = f64x2.extract_lane(all, 0) - raw0
    let loss1 = f64x2.extract_lane(all, 1) - raw1
    store<f64>(own0, load<f64>(own0) - 1)
    if (paired) store<f64>(own1, load<f64>(own1) - 1)
    if (weights) {
      const weight = v128.load(weights)
      loss0 *= f64x2.extract_lane(weight, 0)
      loss1 *= f64x2.extract_lane(weight, 1)
      for (let k: i32 = 0, p = raw; k < classes; k++, p += room) v128.store(p, f64x2.mul(v128.load(p), weight))
      weights += 16
    }
    sum += paired ? loss0 + loss1 : loss0
    raw += 16
    codes += 8
  }
  return sum
}

/** As `binaryLoss` for more classes: `w` and `gradient` hold columns + 1 numbers per class, `scratch` has room for raw predictions of all. */
export function multinomialLoss(
  x: usize,
  codes: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  classes: i32,
  w: usize,
  gradient: usize,
  scratch: usize,
): f64 {
  const most = rowsOfBlock(columns)
  const room = (<usize>mostRows) << 3
  const width = (<usize>(columns + 1)) << 3
  const part = scratch + <usize>classes * room
  memory.fill(part, 0, width)
  let loss: f64 = 0
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    for (let k: usize = 0; k < <usize>classes; k++) {
      const own = w + k * width
      multiply(x, count, columns, own, load<f64>(own + width - 8), scratch + k * room)
    }
    loss += multinomialResiduals(scratch, codes, weights, count, classes)
    for (let k: usize = 0; k < <usize>classes; k++) {
      addTransposed(x, count, columns, scratch + k * room, part)
      moveSum(part, gradient + k * width, columns + 1)
    }
    x += <usize>count * ((<usize>columns) << 3)
    codes += (<usize>count) << 2
    if (weights) weights += (<usize>count) << 3
  }
  return loss
}
