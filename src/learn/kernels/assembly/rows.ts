// What is done to all cells of a matrix: AssemblyScript with SIMD, built by scripts/wasm.mjs. Rows pass through the memory some thousand cells at a time.
// The plain twins are in ../../column-sums.ts, ../../preprocessing/ and ../../algebra/times.ts; a test compares them bit for bit.

export { centre, clamp, countEdges, divide, fillMissing, multiply, multiplyAdd, subtract, total } from './rows/cells'
export { addDeviations, addRows, addToClasses, leafDeviations, leafSums, widen } from './rows/columns'
export { normalize } from './rows/lengths'

/** Scalar product of each row with `w`, plus a constant; `rows` is a multiple of 4. Results stand `step` bytes apart. */
export function times(x: usize, rows: i32, columns: i32, w: usize, constant: f64, into: usize, step: usize): void {
  const stride = (<usize>columns) << 3
  const end = w + (stride & ~15)
  for (let i: i32 = 0; i < rows; i += 4) {
    let p0 = x
    let p1 = p0 + stride
    let p2 = p1 + stride
    let p3 = p2 + stride
    let a = f64x2.splat(0)
    let b = a
    let c = a
    let d = a
    for (let q = w; q < end; q += 16) {
      const factor = v128.load(q)
      a = f64x2.add(a, f64x2.mul(v128.load(p0), factor))
      b = f64x2.add(b, f64x2.mul(v128.load(p1), factor))
      c = f64x2.add(c, f64x2.mul(v128.load(p2), factor))
      d = f64x2.add(d, f64x2.mul(v128.load(p3), factor))
      p0 += 16
      p1 += 16
      p2 += 16
      p3 += 16
    }
    let s0 = sumOf(a)
    let s1 = sumOf(b)
    let s2 = sumOf(c)
    let s3 = sumOf(d)
    if (columns & 1) {
      const factor = load<f64>(end)
      s0 += load<f64>(p0) * factor
      s1 += load<f64>(p1) * factor
      s2 += load<f64>(p2) * factor
      s3 += load<f64>(p3) * factor
    }
    store<f64>(into, s0 + constant)
    into += step
    store<f64>(into, s1 + constant)
    into += step
    store<f64>(into, s2 + constant)
    into += step
    store<f64>(into, s3 + constant)
    into += step
    x += stride << 2
  }
}

function sumOf(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** Whether one of some cells is infinite; `cells` is a multiple of 8. */
export function hasInfinite(x: usize, cells: i32): bool {
  const infinite = f64x2.splat(Infinity)
  let found = f64x2.splat(0)
  for (const end = x + ((<usize>cells) << 3); x < end; x += 64) {
    const a = v128.or(f64x2.eq(f64x2.abs(v128.load(x)), infinite), f64x2.eq(f64x2.abs(v128.load(x, 16)), infinite))
    const b = v128.or(f64x2.eq(f64x2.abs(v128.load(x, 32)), infinite), f64x2.eq(f64x2.abs(v128.load(x, 48)), infinite))
    found = v128.or(found, v128.or(a, b))
  }
  return v128.any_true(found)
}
