// Rows divided by their lengths, which are added as numpy adds along a row.

/** Where lengths below rounding count as 1. */
const tiny: f64 = 10 * f64.EPSILON

/**
 * Divides each row by its length.
 *
 * @param norm 0: the largest size, 1: the sum of sizes, 2: the root of the sum of squares
 */
export function normalize(x: usize, rows: i32, columns: i32, norm: i32): void {
  const stride = (<usize>columns) << 3
  for (let i: i32 = 0; i < rows; i++) {
    const length = norm === 0 ? largest(x, columns) : norm === 1 ? pairwise<Size>(x, columns) : sqrt(pairwise<Square>(x, columns))
    const by = length < tiny ? 1 : length
    const all = f64x2.splat(by)
    const end = x + stride
    for (const stop = x + (stride & ~15); x < stop; x += 16) v128.store(x, f64x2.div(v128.load(x), all))
    if (x < end) {
      store<f64>(x, load<f64>(x) / by)
      x += 8
    }
  }
}

function largest(x: usize, columns: i32): f64 {
  let most: f64 = 0
  for (const end = x + ((<usize>columns) << 3); x < end; x += 8) most = max(most, abs(load<f64>(x)))
  return most
}

// What is added up of a cell, as a type, so that each has loops of its own.
type Size = u8
type Square = u16

function sized<What>(v: v128): v128 {
  return sizeof<What>() === sizeof<Size>() ? f64x2.abs(v) : f64x2.mul(v, v)
}

function one<What>(x: usize): f64 {
  const value = load<f64>(x)
  return sizeof<What>() === sizeof<Size>() ? abs(value) : value * value
}

/** numpy's pairwise sum: eight accumulators up to 128 cells, of more that of two parts. */
function pairwise<What>(x: usize, cells: i32): f64 {
  if (cells > 128) {
    let half = cells >> 1
    half -= half & 7
    return pairwise<What>(x, half) + pairwise<What>(x + ((<usize>half) << 3), cells - half)
  }
  const end = x + ((<usize>cells) << 3)
  let sum: f64
  if (cells < 8) {
    sum = one<What>(x)
    x += 8
  } else {
    const stop = x + (((<usize>cells) << 3) & ~63)
    let a = sized<What>(v128.load(x))
    let b = sized<What>(v128.load(x, 16))
    let c = sized<What>(v128.load(x, 32))
    let d = sized<What>(v128.load(x, 48))
    for (x += 64; x < stop; x += 64) {
      a = f64x2.add(a, sized<What>(v128.load(x)))
      b = f64x2.add(b, sized<What>(v128.load(x, 16)))
      c = f64x2.add(c, sized<What>(v128.load(x, 32)))
      d = f64x2.add(d, sized<What>(v128.load(x, 48)))
    }
    sum = across(a) + across(b) + (across(c) + across(d))
  }
  for (; x < end; x += 8) sum += one<What>(x)
  return sum
}

function across(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}
