// Rows that may be near to points, by their products in single precision.

/**
 * Which of some rows may be near to which of some points, by single precision: for each point the places, in order, where |row|² - 2 row . point is at most
 * its limit, or no number.
 *
 * @param x rows in columns: [columns][rows], `rows` a multiple of 16, float32
 * @param squares |row|² per row, float32
 * @param points [points][columns], float32
 * @param limits per point, float32
 * @param marks room for [points][rows] places
 * @param counts per point how many
 */
export function near(
  x: usize,
  squares: usize,
  rows: i32,
  columns: i32,
  points: usize,
  count: i32,
  limits: usize,
  marks: usize,
  counts: usize,
): void {
  const width = (<usize>columns) << 2
  let b: i32 = 0
  for (; b + 2 <= count; b += 2) {
    nearTwo(x, squares, rows, points, points + width, limits, marks, counts)
    points += 2 * width
    limits += 8
    counts += 8
    marks += (<usize>rows) << 3
  }
  if (b < count) {
    store<i32>(counts, nearOne(x, squares, rows, points, points + width, load<f32>(limits), marks))
  }
}

function nearOne(x: usize, squares: usize, rows: i32, point: usize, end: usize, limit: f32, marks: usize): i32 {
  const stride = (<usize>rows) << 2
  const limits = f32x4.splat(limit)
  const start = marks
  for (let i: i32 = 0; i < rows; i += 16) {
    let a = f32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let p = x + ((<usize>i) << 2)
    for (let q = point; q < end; q += 4) {
      const value = v128.load_splat<f32>(q)
      a = f32x4.add(a, f32x4.mul(v128.load(p), value))
      b = f32x4.add(b, f32x4.mul(v128.load(p, 16), value))
      c = f32x4.add(c, f32x4.mul(v128.load(p, 32), value))
      d = f32x4.add(d, f32x4.mul(v128.load(p, 48), value))
      p += stride
    }
    marks = mark(squares + ((<usize>i) << 2), limits, a, b, c, d, i, marks)
  }
  return <i32>((marks - start) >> 2)
}

/** The same for two points, which share the loads of the rows. */
function nearTwo(x: usize, squares: usize, rows: i32, point: usize, end: usize, limits: usize, marks: usize, counts: usize): void {
  const stride = (<usize>rows) << 2
  const width = end - point
  const first = f32x4.splat(load<f32>(limits))
  const second = f32x4.splat(load<f32>(limits, 4))
  let to = marks
  let other = marks + stride
  for (let i: i32 = 0; i < rows; i += 16) {
    let a = f32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let e = a
    let f = a
    let g = a
    let h = a
    let p = x + ((<usize>i) << 2)
    for (let q = point; q < end; q += 4) {
      const value = v128.load_splat<f32>(q)
      const another = v128.load_splat<f32>(q + width)
      const r = v128.load(p)
      a = f32x4.add(a, f32x4.mul(r, value))
      e = f32x4.add(e, f32x4.mul(r, another))
      const s = v128.load(p, 16)
      b = f32x4.add(b, f32x4.mul(s, value))
      f = f32x4.add(f, f32x4.mul(s, another))
      const t = v128.load(p, 32)
      c = f32x4.add(c, f32x4.mul(t, value))
      g = f32x4.add(g, f32x4.mul(t, another))
      const u = v128.load(p, 48)
      d = f32x4.add(d, f32x4.mul(u, value))
      h = f32x4.add(h, f32x4.mul(u, another))
      p += stride
    }
    const s = squares + ((<usize>i) << 2)
    to = mark(s, first, a, b, c, d, i, to)
    other = mark(s, second, e, f, g, h, i, other)
  }
  store<i32>(counts, <i32>((to - marks) >> 2))
  store<i32>(counts, <i32>((other - marks - stride) >> 2), 4)
}

/** Writes which of 16 rows from `i` on are not beyond the limit: of their products with the point. @returns where the next place goes */
function mark(s: usize, limits: v128, a: v128, b: v128, c: v128, d: v128, i: i32, marks: usize): usize {
  const two = f32x4.splat(-2)
  const far =
    i32x4.bitmask(f32x4.gt(f32x4.add(v128.load(s), f32x4.mul(a, two)), limits)) |
    (i32x4.bitmask(f32x4.gt(f32x4.add(v128.load(s, 16), f32x4.mul(b, two)), limits)) << 4) |
    (i32x4.bitmask(f32x4.gt(f32x4.add(v128.load(s, 32), f32x4.mul(c, two)), limits)) << 8) |
    (i32x4.bitmask(f32x4.gt(f32x4.add(v128.load(s, 48), f32x4.mul(d, two)), limits)) << 12)
  for (let left = ~far & 0xffff; left; left &= left - 1) {
    store<i32>(marks, i + ctz(left))
    marks += 4
  }
  return marks
}
