// Products of matrices that lie in panels: four rows or columns side by side, so that a tile of 4 x 4 sums stays in registers and reads one address after the other.

import { addTile } from './tiles'

/** Bytes of four cells. */
const panelStep: usize = 32

/** Rows [rows][columns], each cell less what stands in `minus`, as panels of 4 columns: [columns / 4][rows][4]; what is missing in the last is 0. */
export function packColumns(x: usize, rows: i32, columns: i32, minus: usize, into: usize): void {
  const panel = (<usize>rows) << 5
  for (let i: i32 = 0; i < rows; i++) {
    let m = minus
    let to = into
    let j: i32 = 4
    for (; j <= columns; j += 4) {
      v128.store(to, f64x2.sub(v128.load(x), v128.load(m)))
      v128.store(to, f64x2.sub(v128.load(x, 16), v128.load(m, 16)), 16)
      x += 32
      m += 32
      to += panel
    }
    if (j < columns + 4) {
      let k: usize = 0
      for (j -= 4; j < columns; j++) {
        store<f64>(to + k, load<f64>(x) - load<f64>(m))
        x += 8
        m += 8
        k += 8
      }
      for (; k < 32; k += 8) store<f64>(to + k, 0)
    }
    into += 32
  }
}

/** The same as panels of 4 rows: [rows / 4][columns][4]; `rows` is a multiple of 4. */
export function packRows(x: usize, rows: i32, columns: i32, minus: usize, into: usize): void {
  const stride = (<usize>columns) << 3
  for (let i: i32 = 0; i < rows; i += 4) {
    let p = x
    let m = minus
    for (const end = x + (stride & ~15); p < end; p += 16) {
      const less = v128.load(m)
      const a = f64x2.sub(v128.load(p), less)
      const b = f64x2.sub(v128.load(p + stride), less)
      const c = f64x2.sub(v128.load(p + 2 * stride), less)
      const d = f64x2.sub(v128.load(p + 3 * stride), less)
      v128.store(into, v128.shuffle<f64>(a, b, 0, 2))
      v128.store(into, v128.shuffle<f64>(c, d, 0, 2), 16)
      v128.store(into, v128.shuffle<f64>(a, b, 1, 3), 32)
      v128.store(into, v128.shuffle<f64>(c, d, 1, 3), 48)
      into += 64
      m += 16
    }
    if (columns & 1) {
      const less = load<f64>(m)
      store<f64>(into, load<f64>(p) - less)
      store<f64>(into, load<f64>(p + stride) - less, 8)
      store<f64>(into, load<f64>(p + 2 * stride) - less, 16)
      store<f64>(into, load<f64>(p + 3 * stride) - less, 24)
      into += 32
    }
    x += stride << 2
  }
}

/** h[j][m] += sum over rows of the products of columns j and m, for tiles that reach below or onto the diagonal: panels of 4 columns. */
export function addGram(panels: usize, rows: i32, width: i32, h: usize): void {
  const stride = (<usize>width) << 3
  const panel = (<usize>rows) << 5
  let a = panels
  for (let j: usize = 0; j < stride; j += 32) {
    let b = panels
    for (let m: usize = 0; m <= j; m += 32) {
      addTile(a, b, rows, panelStep, h + (j >> 3) * stride + m, stride)
      b += panel
    }
    a += panel
  }
}

/** into[i][m] = product of row i with weights m: rows and weights in panels of 4 over `columns`, both multiples of 4. */
export function multiply(panels: usize, rows: i32, columns: i32, w: usize, outputs: i32, into: usize): void {
  const stride = (<usize>outputs) << 3
  const panel = (<usize>columns) << 5
  memory.fill(into, 0, <usize>rows * stride)
  for (let i: i32 = 0; i < rows; i += 4) {
    let b = w
    for (let m: usize = 0; m < stride; m += 32) {
      addTile(panels, b, columns, panelStep, into + m, stride)
      b += panel
    }
    panels += panel
    into += stride << 2
  }
}

/** Rows [rows][columns], each cell less what stands in `minus`, as columns `step` bytes apart. */
export function spread(x: usize, rows: i32, columns: i32, minus: usize, into: usize, step: usize): void {
  const stride = (<usize>columns) << 3
  let at: usize = 0
  for (const pairs = stride & ~15; at < pairs; at += 16) {
    const less = v128.load(minus + at)
    let p = x + at
    let to = into
    let i: i32 = 2
    for (; i <= rows; i += 2) {
      const a = f64x2.sub(v128.load(p), less)
      const b = f64x2.sub(v128.load(p + stride), less)
      v128.store(to, v128.shuffle<f64>(a, b, 0, 2))
      v128.store(to + step, v128.shuffle<f64>(a, b, 1, 3))
      p += 2 * stride
      to += 16
    }
    if (i === rows + 1) {
      const a = f64x2.sub(v128.load(p), less)
      store<f64>(to, f64x2.extract_lane(a, 0))
      store<f64>(to + step, f64x2.extract_lane(a, 1))
    }
    into += 2 * step
  }
  if (columns & 1) {
    const less = load<f64>(minus + at)
    let p = x + at
    for (let i: i32 = 0; i < rows; i++) {
      store<f64>(into, load<f64>(p) - less)
      into += 8
      p += stride
    }
  }
}
