// The criterion: sums of the node, and of what lies left of a moving cut.

import { aboutLog2, bitsOf, log, log2 } from '../logarithm'
import { bestProxy, end, entropy, nodeWeight, poisson, setNodeWeight, squaredError, start } from '../split'
import { criterion, isWeighted, leftAt, ofClasses, outputs, samplesAt, totalAt, weighsRowsAlike } from './layout'
import { productOf, sampleAt, targetOf, targets, weightOf } from './rows'

const normal: f64 = 2.2250738585072014e-308
const nearlyNothing: f64 = 10 * 2.220446049250313e-16

let pos: i32 = 0
export let leftWeight: f64 = 0
export let rightWeight: f64 = 0
export let nodeSum: f64 = 0
export let leftSum: f64 = 0
let squares: f64 = 0
export let leftImpurity: f64 = 0
export let rightImpurity: f64 = 0

/** Adds up the rows of the node. */
export function sumNode(): void {
  let weight: f64 = 0
  if (weighsRowsAlike()) {
    let sum: f64 = 0
    let sumOfSquares: f64 = 0
    const near = targets
    const last = samplesAt + ((<usize>end) << 2)
    for (let at = samplesAt + ((<usize>start) << 2); at < last; at += 4) {
      const y = load<f64>(near + ((<usize>load<u32>(at)) << 3))
      sum += y
      sumOfSquares += y * y
    }
    nodeSum = sum
    squares = sumOfSquares
    weight = <f64>(end - start)
  } else if (!ofClasses()) {
    let sum: f64 = 0
    let sumOfSquares: f64 = 0
    for (let p = start; p < end; p++) {
      const i = sampleAt(p)
      const wy = productOf(i)
      sum += wy
      sumOfSquares += wy * targetOf(i)
      weight += weightOf(i)
    }
    nodeSum = sum
    squares = sumOfSquares
  } else {
    memory.fill(totalAt, 0, (<usize>outputs) << 3)
    for (let p = start; p < end; p++) {
      const i = sampleAt(p)
      const at = totalAt + ((<usize>(<i32>targetOf(i))) << 3)
      const w = weightOf(i)
      store<f64>(at, load<f64>(at) + w)
      weight += w
    }
  }
  setNodeWeight(weight)
}

export function reset(): void {
  pos = start
  leftWeight = 0
  rightWeight = nodeWeight
  if (ofClasses()) memory.fill(leftAt, 0, (<usize>outputs) << 3)
  else leftSum = 0
}

/** Moves rows from the nearer end, as scikit-learn does. */
export function update(to: i32): void {
  if (weighsRowsAlike() && pos === start) {
    updateSums(to)
    return
  }
  const classes = ofClasses()
  if (to - pos <= end - to) {
    for (let p = pos; p < to; p++) {
      const i = sampleAt(p)
      const w = weightOf(i)
      if (!classes) leftSum += productOf(i)
      else {
        const at = leftAt + ((<usize>(<i32>targetOf(i))) << 3)
        store<f64>(at, load<f64>(at) + w)
      }
      leftWeight += w
    }
  } else {
    leftWeight = nodeWeight
    if (classes) memory.copy(leftAt, totalAt, (<usize>outputs) << 3)
    else leftSum = nodeSum
    for (let p = end - 1; p >= to; p--) {
      const i = sampleAt(p)
      const w = weightOf(i)
      if (!classes) leftSum -= productOf(i)
      else {
        const at = leftAt + ((<usize>(<i32>targetOf(i))) << 3)
        store<f64>(at, load<f64>(at) - w)
      }
      leftWeight -= w
    }
  }
  rightWeight = nodeWeight - leftWeight
  pos = to
}

/** `update` from the start, where each row weighs 1: then the product is the target. */
function updateSums(to: i32): void {
  const near = targets
  const samples = samplesAt
  const middle = samples + ((<usize>to) << 2)
  let sum: f64 = 0
  if (to - start <= end - to) {
    for (let at = samples + ((<usize>start) << 2); at < middle; at += 4) sum += load<f64>(near + ((<usize>load<u32>(at)) << 3))
  } else {
    sum = nodeSum
    for (let at = samples + ((<usize>end) << 2) - 4; at >= middle; at -= 4) sum -= load<f64>(near + ((<usize>load<u32>(at)) << 3))
  }
  placeCut(to, sum)
}

/** The cut is at `to`, and left of it are rows of weight 1 and of this sum. */
export function placeCut(to: i32, sum: f64): void {
  leftSum = sum
  leftWeight = <f64>(to - start)
  rightWeight = nodeWeight - leftWeight
  pos = to
}

function classImpurityOfChildren(): void {
  let left: f64 = 0
  let right: f64 = 0
  if (criterion === entropy) {
    for (let k: usize = 0; k < <usize>outputs; k++) {
      const l = load<f64>(leftAt + (k << 3))
      left -= bitsOf(l, leftWeight)
      right -= bitsOf(load<f64>(totalAt + (k << 3)) - l, rightWeight)
    }
    leftImpurity = left
    rightImpurity = right
    return
  }
  for (let k: usize = 0; k < <usize>outputs; k++) {
    const l = load<f64>(leftAt + (k << 3))
    const r = load<f64>(totalAt + (k << 3)) - l
    left += l * l
    right += r * r
  }
  leftImpurity = 1 - left / (leftWeight * leftWeight)
  rightImpurity = 1 - right / (rightWeight * rightWeight)
}

/** The larger, the better the cut. What is surely not the best so far may be said to be the worst. */
export function proxy(): f64 {
  if (ofClasses()) {
    classImpurityOfChildren()
    return -rightWeight * rightImpurity - leftWeight * leftImpurity
  }
  const rightSum = nodeSum - leftSum
  if (criterion === squaredError) return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight
  if (leftSum <= nearlyNothing || rightSum <= nearlyNothing) return -Infinity
  const left = leftSum / leftWeight
  const right = rightSum / rightWeight
  // Quick logarithms first: most cuts are worse by far more than these are wrong.
  if (left > normal && right > normal && leftSum * aboutLog2(left) + rightSum * aboutLog2(right) < bestProxy - 1e-8 * nodeSum)
    return -Infinity
  const ofLeft = 0.0 - leftSum * log2(left)
  const ofRight = 0.0 - rightSum * log2(right)
  return -ofLeft - ofRight
}

/** Half the Poisson deviance of samples[from, to). */
function poissonLoss(from: i32, to: i32, sum: f64, weight: f64): f64 {
  if (sum <= nearlyNothing) return Infinity
  const mean = sum / weight
  let loss: f64 = 0
  for (let p = from; p < to; p++) {
    const i = sampleAt(p)
    const y = targetOf(i)
    loss += weightOf(i) * (y === 0 ? 0.0 : y * log(y / mean))
  }
  return loss / weight
}

export function impurityOfOrdered(): f64 {
  if (criterion === squaredError) {
    const mean = nodeSum / nodeWeight
    return squares / nodeWeight - mean * mean
  }
  if (criterion === poisson) return poissonLoss(start, end, nodeSum, nodeWeight)
  let sum: f64 = 0
  if (criterion === entropy) {
    for (let k: usize = 0; k < <usize>outputs; k++) sum -= bitsOf(load<f64>(totalAt + (k << 3)), nodeWeight)
    return sum
  }
  for (let k: usize = 0; k < <usize>outputs; k++) {
    const own = load<f64>(totalAt + (k << 3))
    sum += own * own
  }
  return 1 - sum / (nodeWeight * nodeWeight)
}

export function impurityOfChildren(): void {
  if (ofClasses()) {
    classImpurityOfChildren()
    return
  }
  if (criterion === poisson) {
    leftImpurity = poissonLoss(start, pos, leftSum, leftWeight)
    rightImpurity = poissonLoss(pos, end, nodeSum - leftSum, rightWeight)
    return
  }
  let left: f64 = 0
  if (isWeighted) {
    for (let p = start; p < pos; p++) {
      const i = sampleAt(p)
      left += productOf(i) * targetOf(i)
    }
  } else {
    for (let p = start; p < pos; p++) {
      const y = targetOf(sampleAt(p))
      left += y * y
    }
  }
  const right = squares - left
  const leftMean = leftSum / leftWeight
  const rightMean = (nodeSum - leftSum) / rightWeight
  leftImpurity = left / leftWeight - leftMean * leftMean
  rightImpurity = right / rightWeight - rightMean * rightMean
}

export function valuesOfOrdered(into: usize): void {
  if (!ofClasses()) store<f64>(into, nodeSum / nodeWeight)
  else for (let k: usize = 0; k < <usize>outputs; k++) store<f64>(into + (k << 3), load<f64>(totalAt + (k << 3)) / nodeWeight)
}
