// The rows of nodes.

import { binsAt, leftBinsAt, rawAt, rows, samplesAt, spareAt } from './layout'

/** All rows, in order. */
export function takeRows(): void {
  for (let i: usize = 0; i < rows; i++) store<u32>(samplesAt + (i << 2), <u32>i)
}

/** Rows whose bin goes left first, both in their order. @returns where the right ones begin */
export function divide(column: usize, start: usize, end: usize): usize {
  const bins = binsAt + column * rows
  const goesLeft = leftBinsAt
  let left = samplesAt + (start << 2)
  let right = spareAt
  for (let at = left; at < samplesAt + (end << 2); at += 4) {
    const row = load<u32>(at)
    const side = <usize>load<u8>(goesLeft + <usize>load<u8>(bins + <usize>row))
    // Both places are written and one of them kept: no branch to mispredict.
    store<u32>(left, row)
    store<u32>(right, row)
    left += side << 2
    right += (1 - side) << 2
  }
  memory.copy(left, spareAt, right - spareAt)
  return (left - samplesAt) >>> 2
}

/** Adds a leaf's value to the raw predictions of its rows for one of some outputs. */
export function addValue(start: usize, end: usize, value: f64, output: usize, outputs: usize): void {
  for (let at = samplesAt + (start << 2); at < samplesAt + (end << 2); at += 4) {
    const raw = rawAt + ((<usize>load<u32>(at) * outputs + output) << 3)
    store<f64>(raw, load<f64>(raw) + value)
  }
}
