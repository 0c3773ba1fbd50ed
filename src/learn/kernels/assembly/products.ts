// Products of columns, reflections and rotations: AssemblyScript with SIMD, built by scripts/wasm.mjs. Pointers are byte offsets that the modules beside lay out.
// The plain twins are in ../../algebra/ and ../../linear/; a test compares them.

export { near } from './distances'
export { addGram, multiply, packColumns, packRows, spread } from './panels'

function sumOf(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** Scalar product of two columns. */
export function dot(a: usize, b: usize, rows: i32): f64 {
  const end = a + (((<usize>rows) << 3) & ~63)
  let s = f64x2.splat(0)
  let t = s
  let u = s
  let v = s
  for (; a < end; a += 64) {
    s = f64x2.add(s, f64x2.mul(v128.load(a), v128.load(b)))
    t = f64x2.add(t, f64x2.mul(v128.load(a, 16), v128.load(b, 16)))
    u = f64x2.add(u, f64x2.mul(v128.load(a, 32), v128.load(b, 32)))
    v = f64x2.add(v, f64x2.mul(v128.load(a, 48), v128.load(b, 48)))
    b += 64
  }
  let rest: f64 = 0
  for (let i = rows & 7; i > 0; i--) {
    rest += load<f64>(a) * load<f64>(b)
    a += 8
    b += 8
  }
  return sumOf(f64x2.add(f64x2.add(s, t), f64x2.add(u, v))) + rest
}

/** into += by * a */
export function addScaled(a: usize, by: f64, into: usize, rows: i32): void {
  const end = a + (((<usize>rows) << 3) & ~31)
  const factor = f64x2.splat(by)
  for (; a < end; a += 32) {
    v128.store(into, f64x2.add(v128.load(into), f64x2.mul(v128.load(a), factor)))
    v128.store(into, f64x2.add(v128.load(into, 16), f64x2.mul(v128.load(a, 16), factor)), 16)
    into += 32
  }
  for (let i = rows & 3; i > 0; i--) {
    store<f64>(into, load<f64>(into) + by * load<f64>(a))
    a += 8
    into += 8
  }
}

/**
 * Householder reflections that take a block of rows into the triangle R that stands for all rows before: columns [columns] of `stride` bytes, R by rows [reduced][columns].
 * Columns from `reduced` on are right-hand sides.
 */
export function reflect(block: usize, rows: i32, columns: i32, reduced: i32, stride: i32, r: usize): void {
  for (let k: i32 = 0; k < reduced; k++) {
    const v = block + <usize>k * <usize>stride
    const row = r + <usize>k * ((<usize>columns) << 3)
    const at = row + ((<usize>k) << 3)
    const top = load<f64>(at)
    let largest = abs(top)
    for (let i: i32 = 0; i < rows; i++) largest = max(largest, abs(load<f64>(v + ((<usize>i) << 3))))
    if (largest === 0) continue
    // Scaled where squares would leave the range of doubles.
    const scale: f64 = largest > 1e100 || largest < 1e-100 ? 1 / largest : 1
    if (scale !== 1) for (let i: usize = 0; i < <usize>rows; i++) store<f64>(v + (i << 3), load<f64>(v + (i << 3)) * scale)
    const head = top * scale
    const length = sqrt(head * head + dot(v, v, rows))
    const alpha = head > 0 ? -length : length
    const first = head - alpha
    // With u = v / sqrt(v'v / 2) the reflection is I - u u'.
    const factor = -1 / (alpha * first)
    store<f64>(at, alpha / scale)
    for (let j = k + 1; j < columns; j++) {
      const other = block + <usize>j * <usize>stride
      const cell = row + ((<usize>j) << 3)
      const amount = (dot(v, other, rows) + first * load<f64>(cell)) * factor
      if (amount === 0) continue
      addScaled(v, -amount, other, rows)
      store<f64>(cell, load<f64>(cell) - amount * first)
    }
  }
}

/**
 * One sweep of one-sided Jacobi rotations of columns `a` [n][size], and of `v` [n][n] with them; both columns of `stride` bytes.
 *
 * @param squares room for n squared lengths
 * @param tolerance cosine below which two columns count as orthogonal
 * @returns how many pairs were turned
 */
export function rotate(a: usize, v: usize, n: i32, size: i32, stride: i32, squares: usize, tolerance: f64): i32 {
  let turned: i32 = 0
  for (let p: i32 = 0; p < n; p++) {
    const column = a + <usize>p * <usize>stride
    store<f64>(squares + ((<usize>p) << 3), dot(column, column, size))
  }
  for (let p: i32 = 0; p < n - 1; p++) {
    const ap = a + <usize>p * <usize>stride
    for (let q = p + 1; q < n; q++) {
      const aq = a + <usize>q * <usize>stride
      const alpha = load<f64>(squares + ((<usize>p) << 3))
      const beta = load<f64>(squares + ((<usize>q) << 3))
      const gamma = dot(ap, aq, size)
      if (gamma === 0 || abs(gamma) <= tolerance * sqrt(alpha) * sqrt(beta)) continue
      turned++
      const zeta = (beta - alpha) / (2 * gamma)
      const t = (zeta >= 0 ? 1 : -1) / (abs(zeta) + sqrt(1 + zeta * zeta))
      const c = 1 / sqrt(1 + t * t)
      turnPair(ap, aq, size, c, c * t)
      turnPair(v + <usize>p * <usize>stride, v + <usize>q * <usize>stride, n, c, c * t)
      // Where two lengths are far apart the differences cancel: then once more from the columns.
      const shorter = min(alpha - t * gamma, beta + t * gamma)
      const exact = !(shorter > 1e-4 * min(alpha, beta))
      store<f64>(squares + ((<usize>p) << 3), exact ? dot(ap, ap, size) : alpha - t * gamma)
      store<f64>(squares + ((<usize>q) << 3), exact ? dot(aq, aq, size) : beta + t * gamma)
    }
  }
  return turned
}

function turnPair(x: usize, y: usize, size: i32, c: f64, s: f64): void {
  const cosine = f64x2.splat(c)
  const sine = f64x2.splat(s)
  const end = x + (((<usize>size) << 3) & ~15)
  for (; x < end; x += 16) {
    const a = v128.load(x)
    const b = v128.load(y)
    v128.store(x, f64x2.sub(f64x2.mul(cosine, a), f64x2.mul(sine, b)))
    v128.store(y, f64x2.add(f64x2.mul(sine, a), f64x2.mul(cosine, b)))
    y += 16
  }
  if (size & 1) {
    const a = load<f64>(x)
    const b = load<f64>(y)
    store<f64>(x, c * a - s * b)
    store<f64>(y, s * a + c * b)
  }
}
