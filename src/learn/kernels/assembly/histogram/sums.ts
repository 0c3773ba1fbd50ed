// Sums of a node's rows per column and bin: gradients and hessians f64 side by side, then rows u32 of all bins. Where all hessians are 1, their sum is the number of rows.

import { binsAt, binsPerColumn, columns, gradientsAt, hasHessians, hessiansAt, orderedAt, rows, samplesAt } from './layout'

/** Adds up samples[start, end) in their order. */
export function addUp(start: usize, end: usize, histogram: usize): void {
  const length = columns * binsPerColumn
  const n = end - start
  memory.fill(histogram, 0, length * (hasHessians ? 20 : 16))
  const samples = samplesAt + (start << 2)
  for (let q: usize = 0; q < n; q++) {
    const row = (<usize>load<u32>(samples + (q << 2))) << 2
    const at = orderedAt + (q << 3)
    store<f32>(at, load<f32>(gradientsAt + row))
    store<f32>(at, hasHessians ? load<f32>(hessiansAt + row) : 1, 4)
  }
  // All rows stand in order.
  const all = n === rows
  for (let j: usize = 0; j < columns; j++) {
    const bins = binsAt + j * rows
    const sums = histogram + ((j * binsPerColumn) << 4)
    const counts = histogram + (length << 4) + ((j * binsPerColumn) << 2)
    if (hasHessians) {
      if (all) addColumn<bool, bool>(bins, samples, n, sums, counts)
      else addColumn<bool, i32>(bins, samples, n, sums, counts)
    } else if (all) addColumn<i32, bool>(bins, samples, n, sums, counts)
    else addColumn<i32, i32>(bins, samples, n, sums, counts)
  }
}

/** H: bool where rows are counted beside hessians; A: bool where the rows are all. */
function addColumn<H, A>(bins: usize, samples: usize, n: usize, sums: usize, counts: usize): void {
  for (let q: usize = 0; q < n; q++) {
    const bin = <usize>load<u8>(bins + (isBoolean<A>() ? q : <usize>load<u32>(samples + (q << 2))))
    const slot = sums + (bin << 4)
    v128.store(slot, f64x2.add(v128.load(slot), f64x2.promote_low_f32x4(v128.load64_zero(orderedAt + (q << 3)))))
    if (isBoolean<H>()) {
      const count = counts + (bin << 2)
      store<u32>(count, load<u32>(count) + 1)
    }
  }
}

/** The parent's sums without those of one child, in the parent's place. */
export function subtract(parent: usize, child: usize): void {
  const length = columns * binsPerColumn
  const wide = length << 4
  for (let at: usize = 0; at < wide; at += 16) v128.store(parent + at, f64x2.sub(v128.load(parent + at), v128.load(child + at)))
  if (!hasHessians) return
  const last = length * 20
  let at = wide
  for (; at + 16 <= last; at += 16) v128.store(parent + at, i32x4.sub(v128.load(parent + at), v128.load(child + at)))
  for (; at < last; at += 4) store<u32>(parent + at, load<u32>(parent + at) - load<u32>(child + at))
}
