// Adds a tree's values to predictions: the plain twin is in ../../tree/tree.ts.

import { isMissing } from './split'

/**
 * Adds the values of each row's leaf to `into` [rowCount, outputs].
 *
 * @param x float32 columns one behind the other
 */
export function addValues(
  x: usize,
  rowCount: i32,
  outputs: i32,
  thresholds: usize,
  values: usize,
  features: usize,
  lefts: usize,
  rights: usize,
  missing: usize,
  into: usize,
): void {
  for (let i = 0; i < rowCount; i++) {
    let node = 0
    let left = load<i32>(lefts)
    while (left >= 0) {
      const at = (<usize>node) << 2
      const cell = load<f32>(x + ((<usize>load<i32>(features + at) * <usize>rowCount + <usize>i) << 2))
      const goesLeft =
        <f64>cell <= load<f64>(thresholds + ((<usize>node) << 3)) || (isMissing(cell) && load<u8>(missing + <usize>node) === 1)
      node = goesLeft ? left : load<i32>(rights + at)
      left = load<i32>(lefts + ((<usize>node) << 2))
    }
    for (let k = 0; k < outputs; k++) {
      const slot = into + ((<usize>i * <usize>outputs + <usize>k) << 3)
      store<f64>(slot, load<f64>(slot) + load<f64>(values + ((<usize>node * <usize>outputs + <usize>k) << 3)))
    }
  }
}
