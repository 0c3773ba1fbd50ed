// Products of two blocks of rows, summed over the rows by tiles that stay in registers: Gram matrices, second derivatives, products of matrices in panels.

/** h[j][m] += sum of a[i][j] * b[i][m] over rows, for 4 x 4 tiles that reach below or onto the diagonal; `width` is a multiple of 4. */
export function addProducts(a: usize, b: usize, rows: i32, width: i32, h: usize): void {
  const stride = (<usize>width) << 3
  for (let j: usize = 0; j < stride; j += 32) {
    for (let m: usize = 0; m <= j; m += 32) addTile(a + j, b + m, rows, stride, h + (j >> 3) * stride + m, stride)
  }
}

/** A tile of 4 x 4 sums += a[i][0..3] b[i][0..3] over `count` rows that are `step` bytes apart. @param stride from one row of sums to the next */
export function addTile(a: usize, b: usize, count: i32, step: usize, at: usize, stride: usize): void {
  let s00 = f64x2.splat(0)
  let s01 = s00
  let s10 = s00
  let s11 = s00
  let s20 = s00
  let s21 = s00
  let s30 = s00
  let s31 = s00
  for (const end = a + <usize>count * step; a < end; a += step) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f64>(a)
    const a1 = v128.load_splat<f64>(a, 8)
    s00 = f64x2.add(s00, f64x2.mul(a0, b0))
    s01 = f64x2.add(s01, f64x2.mul(a0, b1))
    s10 = f64x2.add(s10, f64x2.mul(a1, b0))
    s11 = f64x2.add(s11, f64x2.mul(a1, b1))
    const a2 = v128.load_splat<f64>(a, 16)
    const a3 = v128.load_splat<f64>(a, 24)
    s20 = f64x2.add(s20, f64x2.mul(a2, b0))
    s21 = f64x2.add(s21, f64x2.mul(a2, b1))
    s30 = f64x2.add(s30, f64x2.mul(a3, b0))
    s31 = f64x2.add(s31, f64x2.mul(a3, b1))
    b += step
  }
  addPair(at, s00, s01)
  at += stride
  addPair(at, s10, s11)
  at += stride
  addPair(at, s20, s21)
  at += stride
  addPair(at, s30, s31)
}

function addPair(at: usize, low: v128, high: v128): void {
  v128.store(at, f64x2.add(v128.load(at), low))
  v128.store(at, f64x2.add(v128.load(at, 16), high), 16)
}
