// Draws points of the mixture.

import { exp } from './exp-log'
import {
  at4,
  at8,
  categorical,
  choicesOf,
  firstOf,
  highOf,
  isLog,
  kindOf,
  lastOf,
  lowOf,
  muOf,
  parameterBytes,
  rowsOf,
  sigmaOf,
  stepOf,
} from './parameters'
import { truncatedNormalQuantiles } from './truncated-normal'

/**
 * Draws `size` points [parameters, size] from uniforms: first of the kernels, then of each categorical parameter, then of all numeric ones.
 *
 * @param n kernels, with the prior's
 * @param room of 8 bytes a kernel and 33 bytes a number drawn
 */
export function sample(
  parameters: usize,
  count: i32,
  n: i32,
  weights: usize,
  uniforms: usize,
  size: i32,
  points: usize,
  room: usize,
): void {
  const cdf = room
  const active = at8(cdf, n)
  room = at8(active, size)
  let sum: f64 = 0
  for (let k: i32 = 0; k < n; k++) store<f64>(at8(cdf, k), (sum += load<f64>(at8(weights, k))))
  for (let k: i32 = 0; k < n; k++) store<f64>(at8(cdf, k), load<f64>(at8(cdf, k)) / sum)
  for (let s: i32 = 0; s < size; s++) store<i32>(at4(active, s), countAtMost(cdf, n, load<f64>(at8(uniforms, s))))
  uniforms = at8(uniforms, size)
  let numeric: i32 = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) !== categorical) {
      numeric++
      continue
    }
    const values = at8(points, p * size)
    for (let s: i32 = 0; s < size; s++) {
      const row = <i32>load<f64>(at8(muOf(d), load<i32>(at4(active, s))))
      store<f64>(at8(values, s), drawChoice(d, row, load<f64>(at8(uniforms, s))))
    }
    uniforms = at8(uniforms, size)
  }
  if (numeric > 0) sampleNumeric(parameters, count, numeric * size, active, uniforms, size, points, room)
}

/** How many of the ascending `values` are at most `x`. */
function countAtMost(values: usize, n: i32, x: f64): i32 {
  let low: i32 = 0
  let high = n
  while (low < high) {
    const middle = (low + high) >>> 1
    if (load<f64>(at8(values, middle)) <= x) low = middle + 1
    else high = middle
  }
  return low
}

function drawChoice(d: usize, row: i32, u: f64): f64 {
  const choices = choicesOf(d)
  const at = rowsOf(d) + ((<usize>row) << 5)
  const other = load<f64>(at)
  const own = load<f64>(at, 8)
  let sum: f64 = 0
  let below: i32 = 0
  for (let i: i32 = 0; i < choices; i++) {
    sum += i === row ? own : other
    if ((i === choices - 1 ? 1 : sum) < u) below++
  }
  return <f64>below
}

function sampleNumeric(parameters: usize, count: i32, total: i32, active: usize, q: usize, size: i32, points: usize, room: usize): void {
  const a = room
  const b = at8(a, total)
  let i: i32 = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) === categorical) continue
    for (let s: i32 = 0; s < size; s++, i++) {
      const k = load<i32>(at4(active, s))
      const mu = load<f64>(at8(muOf(d), k))
      const sigma = load<f64>(at8(sigmaOf(d), k))
      store<f64>(at8(a, i), (lowOf(d) - mu) / sigma)
      store<f64>(at8(b, i), (highOf(d) - mu) / sigma)
    }
  }
  truncatedNormalQuantiles(q, a, b, total, at8(b, total))
  i = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) === categorical) continue
    const step = stepOf(d)
    const first = firstOf(d)
    for (let s: i32 = 0; s < size; s++, i++) {
      const k = load<i32>(at4(active, s))
      let x = load<f64>(at8(q, i)) * load<f64>(at8(sigmaOf(d), k)) + load<f64>(at8(muOf(d), k))
      if (isLog(d)) x = exp(x)
      if (step !== 0) x = min<f64>(max<f64>(first + nearest<f64>((x - first) / step) * step, first), lastOf(d))
      store<f64>(at8(points, p * size + s), x)
    }
  }
}
