// Sums and ranges of columns, over rows that lie one after the other: what numpy adds row by row, and the leaves of what it adds pairwise down a column.

// What a cell counts as, as a type, so that each way has loops of its own: types differ in their size only.
type AsItIs = u8
type MissingAsZero = u16
type MarkMissing = u32
type Squared = u64

function changed<Change>(cell: v128): v128 {
  if (sizeof<Change>() === sizeof<MissingAsZero>()) return v128.and(cell, f64x2.eq(cell, cell))
  if (sizeof<Change>() === sizeof<MarkMissing>()) return v128.and(f64x2.splat(1), f64x2.ne(cell, cell))
  if (sizeof<Change>() === sizeof<Squared>()) return f64x2.mul(cell, cell)
  return cell
}

/**
 * sums[j] += each row's cell, row by row.
 *
 * @param change 0: as it is, 1: a missing one as 0, 2: 1 for a missing one, else 0, 3: its square
 */
export function addRows(x: usize, rows: i32, columns: i32, sums: usize, change: i32): void {
  if (change === 0) add<AsItIs>(x, rows, columns, sums)
  else if (change === 1) add<MissingAsZero>(x, rows, columns, sums)
  else if (change === 2) add<MarkMissing>(x, rows, columns, sums)
  else add<Squared>(x, rows, columns, sums)
}

function add<Change>(x: usize, rows: i32, columns: i32, sums: usize): void {
  const stride = (<usize>columns) << 3
  let j: i32 = 0
  for (; j + 8 <= columns; j += 8) {
    const into = sums + ((<usize>j) << 3)
    let a = v128.load(into)
    let b = v128.load(into, 16)
    let c = v128.load(into, 32)
    let d = v128.load(into, 48)
    let p = x + ((<usize>j) << 3)
    for (let i: i32 = 0; i < rows; i++) {
      a = f64x2.add(a, changed<Change>(v128.load(p)))
      b = f64x2.add(b, changed<Change>(v128.load(p, 16)))
      c = f64x2.add(c, changed<Change>(v128.load(p, 32)))
      d = f64x2.add(d, changed<Change>(v128.load(p, 48)))
      p += stride
    }
    v128.store(into, a)
    v128.store(into, b, 16)
    v128.store(into, c, 32)
    v128.store(into, d, 48)
  }
  for (; j < columns; j += 2) {
    const into = sums + ((<usize>j) << 3)
    let a = v128.load(into)
    let p = x + ((<usize>j) << 3)
    for (let i: i32 = 0; i < rows; i++) {
      a = f64x2.add(a, changed<Change>(v128.load(p)))
      p += stride
    }
    // Of an odd last column the second number is nobody's: there is room for it.
    v128.store(into, a)
  }
}

/** sums[j] += cell - centre[j] and squares[j] += its square, row by row; with `missing` what is NaN counts as 0. */
export function addDeviations(x: usize, rows: i32, columns: i32, centre: usize, sums: usize, squares: usize, missing: bool): void {
  if (missing) deviations<MissingAsZero>(x, rows, columns, centre, sums, squares)
  else deviations<AsItIs>(x, rows, columns, centre, sums, squares)
}

function deviations<Change>(x: usize, rows: i32, columns: i32, centre: usize, sums: usize, squares: usize): void {
  const stride = (<usize>columns) << 3
  let at: usize = 0
  const fours = ((<usize>columns) << 3) & ~31
  for (; at < fours; at += 32) {
    const m = v128.load(centre + at)
    const n = v128.load(centre + at, 16)
    let a = v128.load(sums + at)
    let b = v128.load(sums + at, 16)
    let c = v128.load(squares + at)
    let d = v128.load(squares + at, 16)
    let p = x + at
    for (let i: i32 = 0; i < rows; i++) {
      const u = changed<Change>(f64x2.sub(v128.load(p), m))
      const v = changed<Change>(f64x2.sub(v128.load(p, 16), n))
      a = f64x2.add(a, u)
      b = f64x2.add(b, v)
      c = f64x2.add(c, f64x2.mul(u, u))
      d = f64x2.add(d, f64x2.mul(v, v))
      p += stride
    }
    v128.store(sums + at, a)
    v128.store(sums + at, b, 16)
    v128.store(squares + at, c)
    v128.store(squares + at, d, 16)
  }
  for (; at < stride; at += 16) {
    const m = v128.load(centre + at)
    let a = v128.load(sums + at)
    let c = v128.load(squares + at)
    let p = x + at
    for (let i: i32 = 0; i < rows; i++) {
      const u = changed<Change>(f64x2.sub(v128.load(p), m))
      a = f64x2.add(a, u)
      c = f64x2.add(c, f64x2.mul(u, u))
      p += stride
    }
    v128.store(sums + at, a)
    v128.store(squares + at, c)
  }
}

/** A leaf of numpy's pairwise sums, up to 128 rows, of all columns: as `addRows` changes cells. */
export function leafSums(x: usize, rows: i32, columns: i32, into: usize, change: i32): void {
  if (change === 0) leaf<AsItIs, Cell>(x, rows, columns, 0, into)
  else if (change === 1) leaf<MissingAsZero, Cell>(x, rows, columns, 0, into)
  else if (change === 2) leaf<MarkMissing, Cell>(x, rows, columns, 0, into)
  else leaf<Squared, Cell>(x, rows, columns, 0, into)
}

/** The same of cell - centre[column], and of its square. */
export function leafDeviations(x: usize, rows: i32, columns: i32, centre: usize, sums: usize, squares: usize, missing: bool): void {
  if (missing) {
    leaf<MissingAsZero, Deviation>(x, rows, columns, centre, sums)
    leaf<MissingAsZero, SquaredDeviation>(x, rows, columns, centre, squares)
  } else {
    leaf<AsItIs, Deviation>(x, rows, columns, centre, sums)
    leaf<AsItIs, SquaredDeviation>(x, rows, columns, centre, squares)
  }
}

// What is added up of a cell, as a type too.
type Cell = u8
type Deviation = u16
type SquaredDeviation = u32

function counted<Change, What>(p: usize, m: v128): v128 {
  if (sizeof<What>() === sizeof<Cell>()) return changed<Change>(v128.load(p))
  const away = changed<Change>(f64x2.sub(v128.load(p), m))
  return sizeof<What>() === sizeof<Deviation>() ? away : f64x2.mul(away, away)
}

function leaf<Change, What>(x: usize, rows: i32, columns: i32, centre: usize, into: usize): void {
  const stride = (<usize>columns) << 3
  for (let at: usize = 0; at < stride; at += 16) {
    const m = sizeof<What>() === sizeof<Cell>() ? f64x2.splat(0) : v128.load(centre + at)
    let p = x + at
    let i: i32 = 1
    let a = counted<Change, What>(p, m)
    p += stride
    if (rows >= 8) {
      let b = counted<Change, What>(p, m)
      p += stride
      let c = counted<Change, What>(p, m)
      p += stride
      let d = counted<Change, What>(p, m)
      p += stride
      let e = counted<Change, What>(p, m)
      p += stride
      let f = counted<Change, What>(p, m)
      p += stride
      let g = counted<Change, What>(p, m)
      p += stride
      let h = counted<Change, What>(p, m)
      p += stride
      for (i = 8; i + 8 <= rows; i += 8) {
        a = f64x2.add(a, counted<Change, What>(p, m))
        p += stride
        b = f64x2.add(b, counted<Change, What>(p, m))
        p += stride
        c = f64x2.add(c, counted<Change, What>(p, m))
        p += stride
        d = f64x2.add(d, counted<Change, What>(p, m))
        p += stride
        e = f64x2.add(e, counted<Change, What>(p, m))
        p += stride
        f = f64x2.add(f, counted<Change, What>(p, m))
        p += stride
        g = f64x2.add(g, counted<Change, What>(p, m))
        p += stride
        h = f64x2.add(h, counted<Change, What>(p, m))
        p += stride
      }
      a = f64x2.add(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)), f64x2.add(f64x2.add(e, f), f64x2.add(g, h)))
    }
    for (; i < rows; i++) {
      a = f64x2.add(a, counted<Change, What>(p, m))
      p += stride
    }
    v128.store(into + at, a)
  }
}

/** Lowers `least` and raises `most` to each row's cells; NaN does not count. */
export function widen(x: usize, rows: i32, columns: i32, least: usize, most: usize): void {
  const stride = (<usize>columns) << 3
  let at: usize = 0
  for (const fours = stride & ~31; at < fours; at += 32) {
    let a = v128.load(least + at)
    let b = v128.load(least + at, 16)
    let c = v128.load(most + at)
    let d = v128.load(most + at, 16)
    let p = x + at
    for (let i: i32 = 0; i < rows; i++) {
      const u = v128.load(p)
      const v = v128.load(p, 16)
      a = f64x2.pmin(a, u)
      b = f64x2.pmin(b, v)
      c = f64x2.pmax(c, u)
      d = f64x2.pmax(d, v)
      p += stride
    }
    v128.store(least + at, a)
    v128.store(least + at, b, 16)
    v128.store(most + at, c)
    v128.store(most + at, d, 16)
  }
  for (; at < stride; at += 16) {
    let a = v128.load(least + at)
    let c = v128.load(most + at)
    let p = x + at
    for (let i: i32 = 0; i < rows; i++) {
      const u = v128.load(p)
      a = f64x2.pmin(a, u)
      c = f64x2.pmax(c, u)
      p += stride
    }
    v128.store(least + at, a)
    v128.store(most + at, c)
  }
}

/**
 * sums[class][j] += cell - centres[class][j] and squares likewise, row by row.
 *
 * @param width columns and what fills them up to a multiple of 2: the rows of sums, squares and centres
 */
export function addToClasses(
  x: usize,
  rows: i32,
  columns: i32,
  width: i32,
  codes: usize,
  centres: usize,
  sums: usize,
  squares: usize,
): void {
  const stride = (<usize>columns) << 3
  const pairs = stride & ~15
  for (let i: i32 = 0; i < rows; i++) {
    const from = <usize>load<i32>(codes) * ((<usize>width) << 3)
    codes += 4
    let c = centres + from
    let s = sums + from
    let q = squares + from
    for (const end = x + pairs; x < end; x += 16) {
      const away = f64x2.sub(v128.load(x), v128.load(c))
      v128.store(s, f64x2.add(v128.load(s), away))
      v128.store(q, f64x2.add(v128.load(q), f64x2.mul(away, away)))
      c += 16
      s += 16
      q += 16
    }
    if (columns & 1) {
      const away = load<f64>(x) - load<f64>(c)
      store<f64>(s, load<f64>(s) + away)
      store<f64>(q, load<f64>(q) + away * away)
      x += 8
    }
  }
}
