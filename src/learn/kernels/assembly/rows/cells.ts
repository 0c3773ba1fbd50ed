// Each cell by what stands for its column. Parameters repeat until they fill a period of a multiple of 4 numbers; cells are a multiple of a period.

/** cell = (cell - minus) / over */
export function centre(x: usize, cells: i32, minus: usize, over: usize, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  while (x < end) {
    let m = minus
    let o = over
    for (const stop = x + ((<usize>period) << 3); x < stop; x += 32) {
      v128.store(x, f64x2.div(f64x2.sub(v128.load(x), v128.load(m)), v128.load(o)))
      v128.store(x, f64x2.div(f64x2.sub(v128.load(x, 16), v128.load(m, 16)), v128.load(o, 16)), 16)
      m += 32
      o += 32
    }
  }
}

/** cell -= minus */
export function subtract(x: usize, cells: i32, minus: usize, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  while (x < end) {
    let m = minus
    for (const stop = x + ((<usize>period) << 3); x < stop; x += 32) {
      v128.store(x, f64x2.sub(v128.load(x), v128.load(m)))
      v128.store(x, f64x2.sub(v128.load(x, 16), v128.load(m, 16)), 16)
      m += 32
    }
  }
}

/** cell /= over */
export function divide(x: usize, cells: i32, over: usize, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  while (x < end) {
    let o = over
    for (const stop = x + ((<usize>period) << 3); x < stop; x += 32) {
      v128.store(x, f64x2.div(v128.load(x), v128.load(o)))
      v128.store(x, f64x2.div(v128.load(x, 16), v128.load(o, 16)), 16)
      o += 32
    }
  }
}

/** cell *= by */
export function multiply(x: usize, cells: i32, by: usize, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  while (x < end) {
    let b = by
    for (const stop = x + ((<usize>period) << 3); x < stop; x += 32) {
      v128.store(x, f64x2.mul(v128.load(x), v128.load(b)))
      v128.store(x, f64x2.mul(v128.load(x, 16), v128.load(b, 16)), 16)
      b += 32
    }
  }
}

/** cell = cell * by + plus, rounded twice */
export function multiplyAdd(x: usize, cells: i32, by: usize, plus: usize, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  while (x < end) {
    let b = by
    let p = plus
    for (const stop = x + ((<usize>period) << 3); x < stop; x += 32) {
      v128.store(x, f64x2.add(f64x2.mul(v128.load(x), v128.load(b)), v128.load(p)))
      v128.store(x, f64x2.add(f64x2.mul(v128.load(x, 16), v128.load(b, 16)), v128.load(p, 16)), 16)
      b += 32
      p += 32
    }
  }
}

/** NaN becomes what stands for its column. */
export function fillMissing(x: usize, cells: i32, fills: usize, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  while (x < end) {
    let f = fills
    for (const stop = x + ((<usize>period) << 3); x < stop; x += 32) {
      const a = v128.load(x)
      const b = v128.load(x, 16)
      v128.store(x, v128.bitselect(a, v128.load(f), f64x2.eq(a, a)))
      v128.store(x, v128.bitselect(b, v128.load(f, 16), f64x2.eq(b, b)), 16)
      f += 32
    }
  }
}

/** Moves numbers outside to the nearer end; NaN stays. */
export function clamp(x: usize, cells: i32, low: f64, high: f64): void {
  const lows = f64x2.splat(low)
  const highs = f64x2.splat(high)
  for (const end = x + ((<usize>cells) << 3); x < end; x += 16) {
    // A pseudo-minimum is its first operand unless the second one is smaller.
    v128.store(x, f64x2.pmin(f64x2.pmax(v128.load(x), lows), highs))
  }
}

/** Sum of cells, a multiple of 4, in no particular order: it is not finite where one of them is not. */
export function total(x: usize, cells: i32): f64 {
  let a = f64x2.splat(0)
  let b = a
  let c = a
  let d = a
  for (const end = x + (((<usize>cells) << 3) & ~63); x < end; x += 64) {
    a = f64x2.add(a, v128.load(x))
    b = f64x2.add(b, v128.load(x, 16))
    c = f64x2.add(c, v128.load(x, 32))
    d = f64x2.add(d, v128.load(x, 48))
  }
  if (cells & 4) {
    a = f64x2.add(a, v128.load(x))
    b = f64x2.add(b, v128.load(x, 16))
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
}

/** cell = how many of the edges of its column it is not below: [count][period] edges. */
export function countEdges(x: usize, cells: i32, edges: usize, count: i32, period: i32): void {
  const end = x + ((<usize>cells) << 3)
  const step = (<usize>period) << 3
  const one = f64x2.splat(1)
  while (x < end) {
    let first = edges
    for (const stop = x + step; x < stop; x += 32) {
      const u = v128.load(x)
      const v = v128.load(x, 16)
      let a = f64x2.splat(0)
      let b = a
      let edge = first
      for (let k: i32 = 0; k < count; k++) {
        a = f64x2.add(a, v128.and(one, f64x2.ge(u, v128.load(edge))))
        b = f64x2.add(b, v128.and(one, f64x2.ge(v, v128.load(edge, 16))))
        edge += step
      }
      v128.store(x, a)
      v128.store(x, b, 16)
      first += 32
    }
  }
}
