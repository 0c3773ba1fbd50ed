// Blocks of rows: how many rows are one, their products with coefficients, and what they add to a gradient.

/** Doubles of X in a block: 32 kB. */
export const blockSize: i32 = 4096
/** Rows of the raw predictions' room, per class. */
export const mostRows: i32 = 256

export function rowsOfBlock(columns: i32): i32 {
  return max(8, min(mostRows, (blockSize / columns) & ~3))
}

/** into[i] = start + x[i] . w for all rows. */
export function multiply(x: usize, rows: i32, columns: i32, w: usize, start: f64, into: usize): void {
  const stride = (<usize>columns) << 3
  const end = w + (stride & ~31)
  const rest = columns & 3
  let i: i32 = 0
  for (; i + 4 <= rows; i += 4) {
    let p0 = x
    let p1 = p0 + stride
    let p2 = p1 + stride
    let p3 = p2 + stride
    let a = f64x2.splat(0)
    let b = a
    let c = a
    let d = a
    let q = w
    for (; q < end; q += 32) {
      const w0 = v128.load(q)
      const w1 = v128.load(q, 16)
      a = f64x2.add(a, f64x2.add(f64x2.mul(v128.load(p0), w0), f64x2.mul(v128.load(p0, 16), w1)))
      b = f64x2.add(b, f64x2.add(f64x2.mul(v128.load(p1), w0), f64x2.mul(v128.load(p1, 16), w1)))
      c = f64x2.add(c, f64x2.add(f64x2.mul(v128.load(p2), w0), f64x2.mul(v128.load(p2, 16), w1)))
      d = f64x2.add(d, f64x2.add(f64x2.mul(v128.load(p3), w0), f64x2.mul(v128.load(p3, 16), w1)))
      p0 += 32
      p1 += 32
      p2 += 32
      p3 += 32
    }
    if (rest & 2) {
      const w0 = v128.load(q)
      a = f64x2.add(a, f64x2.mul(v128.load(p0), w0))
      b = f64x2.add(b, f64x2.mul(v128.load(p1), w0))
      c = f64x2.add(c, f64x2.mul(v128.load(p2), w0))
      d = f64x2.add(d, f64x2.mul(v128.load(p3), w0))
      q += 16
      p0 += 16
      p1 += 16
      p2 += 16
      p3 += 16
    }
    let ab = f64x2.add(i64x2.shuffle(a, b, 0, 2), i64x2.shuffle(a, b, 1, 3))
    let cd = f64x2.add(i64x2.shuffle(c, d, 0, 2), i64x2.shuffle(c, d, 1, 3))
    if (rest & 1) {
      const w0 = v128.load_splat<f64>(q)
      ab = f64x2.add(ab, f64x2.mul(v128.load_lane<f64>(p1, v128.load_zero<f64>(p0), 1), w0))
      cd = f64x2.add(cd, f64x2.mul(v128.load_lane<f64>(p3, v128.load_zero<f64>(p2), 1), w0))
    }
    const constant = f64x2.splat(start)
    v128.store(into, f64x2.add(ab, constant))
    v128.store(into, f64x2.add(cd, constant), 16)
    into += 32
    x += stride << 2
  }
  for (; i < rows; i++) {
    let sum = start
    for (let j: usize = 0; j < stride; j += 8) sum += load<f64>(x + j) * load<f64>(w + j)
    store<f64>(into, sum)
    into += 8
    x += stride
  }
}

/** gradient += x[i] * r[i] over all rows, and its last entry += r[i]. */
export function addTransposed(x: usize, rows: i32, columns: i32, r: usize, gradient: usize): void {
  const stride = (<usize>columns) << 3
  const pairs = gradient + (stride & ~15)
  let total: f64 = 0
  let i: i32 = 0
  for (; i + 4 <= rows; i += 4) {
    const s0 = load<f64>(r)
    const s1 = load<f64>(r, 8)
    const s2 = load<f64>(r, 16)
    const s3 = load<f64>(r, 24)
    total += s0 + s1 + (s2 + s3)
    const r0 = f64x2.splat(s0)
    const r1 = f64x2.splat(s1)
    const r2 = f64x2.splat(s2)
    const r3 = f64x2.splat(s3)
    let p0 = x
    let p1 = p0 + stride
    let p2 = p1 + stride
    let p3 = p2 + stride
    let g = gradient
    for (; g < pairs; g += 16) {
      const low = f64x2.add(f64x2.mul(v128.load(p0), r0), f64x2.mul(v128.load(p1), r1))
      const high = f64x2.add(f64x2.mul(v128.load(p2), r2), f64x2.mul(v128.load(p3), r3))
      v128.store(g, f64x2.add(v128.load(g), f64x2.add(low, high)))
      p0 += 16
      p1 += 16
      p2 += 16
      p3 += 16
    }
    if (columns & 1) {
      const low = load<f64>(p0) * s0 + load<f64>(p1) * s1
      const high = load<f64>(p2) * s2 + load<f64>(p3) * s3
      store<f64>(g, load<f64>(g) + (low + high))
    }
    r += 32
    x += stride << 2
  }
  for (; i < rows; i++) {
    const residual = load<f64>(r)
    total += residual
    for (let j: usize = 0; j < stride; j += 8) store<f64>(gradient + j, load<f64>(gradient + j) + load<f64>(x + j) * residual)
    r += 8
    x += stride
  }
  store<f64>(gradient + stride, load<f64>(gradient + stride) + total)
}

/** into[0..count) += from, and clears `from`. */
export function moveSum(from: usize, into: usize, count: i32): void {
  for (let j: i32 = 0; j < count; j++) {
    store<f64>(into, load<f64>(into) + load<f64>(from))
    store<f64>(from, 0)
    from += 8
    into += 8
  }
}
