// The order in which numpy adds.

import { at8 } from './parameters'

/** numpy's sum. */
export function pairwiseSum(values: usize, n: i32): f64 {
  if (n < 8) {
    let sum: f64 = 0
    for (let i: i32 = 0; i < n; i++) sum += load<f64>(at8(values, i))
    return sum
  }
  if (n <= 128) {
    let r01 = v128.load(values)
    let r23 = v128.load(values, 16)
    let r45 = v128.load(values, 32)
    let r67 = v128.load(values, 48)
    const whole = n - (n & 7)
    let i: i32 = 8
    for (; i < whole; i += 8) {
      const at = at8(values, i)
      r01 = f64x2.add(r01, v128.load(at))
      r23 = f64x2.add(r23, v128.load(at, 16))
      r45 = f64x2.add(r45, v128.load(at, 32))
      r67 = f64x2.add(r67, v128.load(at, 48))
    }
    let sum =
      f64x2.extract_lane(r01, 0) +
      f64x2.extract_lane(r01, 1) +
      (f64x2.extract_lane(r23, 0) + f64x2.extract_lane(r23, 1)) +
      (f64x2.extract_lane(r45, 0) + f64x2.extract_lane(r45, 1) + (f64x2.extract_lane(r67, 0) + f64x2.extract_lane(r67, 1)))
    for (; i < n; i++) sum += load<f64>(at8(values, i))
    return sum
  }
  let half = n >> 1
  half -= half & 7
  return pairwiseSum(values, half) + pairwiseSum(at8(values, half), n - half)
}
