// Losses of logistic regression with their gradients and second derivatives: AssemblyScript with SIMD, built by scripts/wasm.mjs.
// The plain twins are in ../../linear/logistic-loss.ts; a test compares them. All pointers are byte offsets that ../logistic-kernel.ts lays out.
//
// Rows are taken in blocks that fit the first cache: raw predictions, pointwise losses and residuals, then what they add to the gradient.
// A block adds up by itself before it is added to the whole, which also loses less to rounding than one long sum.

/** Doubles of X in a block: 32 kB. */
const blockSize: i32 = 4096
/** Rows of the raw predictions' room, per class. */
const mostRows: i32 = 256

// Constants twice side by side at the start of the memory: loading one costs an instruction less, and no register, than building it.
const taylor: usize = 64
const artanh: usize = taylor + 14 * 16
const others: usize = artanh + 12 * 16
const ln2High: usize = others
const ln2Low: usize = others + 16
const log2e: usize = others + 32
/** Adding it rounds to a whole number that stands in the low bits. */
const shifter: usize = others + 48
const lowest: usize = others + 64
const signBit: usize = others + 80
const oneBits: usize = others + 96
const two: usize = others + 112
const sqrt2: usize = others + 128
const sqrt2Less1: usize = others + 144
const mantissaBits: usize = others + 160
const exponent52: usize = others + 176
const exponent52Biased: usize = others + 192
const infinity: usize = others + 208
const certain: usize = others + 224
const vanishing: usize = others + 240

/** To be called once; fills the first 1 kB of the memory. */
export function prepare(): void {
  let factorial: f64 = 1
  for (let k: i32 = 0; k < 14; k++) {
    if (k) factorial *= <f64>k
    keep(taylor + ((<usize>k) << 4), 1 / factorial)
  }
  for (let k: i32 = 0; k < 12; k++) keep(artanh + ((<usize>k) << 4), 2 / <f64>(2 * k + 1))
  keep(ln2High, 0.6931471803691238)
  keep(ln2Low, 1.9082149292705877e-10)
  keep(log2e, Math.LOG2E)
  keep(shifter, 6755399441055744)
  keep(lowest, -708)
  keep(signBit, -0.0)
  keep(oneBits, 1)
  keep(two, 2)
  keep(sqrt2, Math.SQRT2)
  keep(sqrt2Less1, Math.SQRT2 - 1)
  keep(mantissaBits, reinterpret<f64>(<u64>0x000fffffffffffff))
  keep(exponent52, 4503599627370496)
  keep(exponent52Biased, 4503599627370496 + 1023)
  keep(infinity, Infinity)
  keep(certain, 18)
  keep(vanishing, 745.1332191019412)
}

function keep(at: usize, value: f64): void {
  v128.store(at, f64x2.splat(value))
}

/** a * b + c */
function step(a: v128, b: v128, c: usize): v128 {
  return f64x2.add(f64x2.mul(a, b), v128.load(c))
}

/** e to the power of two numbers <= 0, within an ulp; below -708 as at -708. Taylor series to degree 13 on [-ln2/2, ln2/2]. */
function expOfNegative(given: v128): v128 {
  const x = f64x2.pmax(given, v128.load(lowest))
  const shifted = step(x, v128.load(log2e), shifter)
  const k = f64x2.sub(shifted, v128.load(shifter))
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, v128.load(ln2High))), f64x2.mul(k, v128.load(ln2Low)))
  const square = f64x2.mul(r, r)
  // Four sums of every fourth power side by side (Estrin): a quarter of the latency.
  const fourth = f64x2.mul(square, square)
  let even = step(v128.load(taylor + 10 * 16), fourth, taylor + 6 * 16)
  let odd = step(v128.load(taylor + 11 * 16), fourth, taylor + 7 * 16)
  let evenHigh = step(v128.load(taylor + 12 * 16), fourth, taylor + 8 * 16)
  let oddHigh = step(v128.load(taylor + 13 * 16), fourth, taylor + 9 * 16)
  even = step(even, fourth, taylor + 2 * 16)
  odd = step(odd, fourth, taylor + 3 * 16)
  evenHigh = step(evenHigh, fourth, taylor + 4 * 16)
  oddHigh = step(oddHigh, fourth, taylor + 5 * 16)
  even = f64x2.add(even, f64x2.mul(evenHigh, square))
  odd = f64x2.add(odd, f64x2.mul(oddHigh, square))
  const rest = f64x2.mul(square, f64x2.add(even, f64x2.mul(odd, r)))
  const value = f64x2.add(v128.load(oneBits), f64x2.add(r, rest))
  return f64x2.mul(value, i64x2.add(i64x2.shl(shifted, 52), v128.load(oneBits)))
}

/** 2 artanh(s) for |s| <= 0.1716, by its series to degree 23. */
function logOfRatio(s: v128): v128 {
  const z = f64x2.mul(s, s)
  const square = f64x2.mul(z, z)
  const fourth = f64x2.mul(square, square)
  let p = step(v128.load(artanh + 9 * 16), fourth, artanh + 5 * 16)
  let q = step(v128.load(artanh + 10 * 16), fourth, artanh + 6 * 16)
  const r = step(v128.load(artanh + 11 * 16), fourth, artanh + 7 * 16)
  const t = step(v128.load(artanh + 8 * 16), fourth, artanh + 4 * 16)
  p = step(p, fourth, artanh + 1 * 16)
  q = step(q, fourth, artanh + 2 * 16)
  p = f64x2.add(f64x2.add(p, f64x2.mul(q, z)), f64x2.mul(square, f64x2.add(step(r, fourth, artanh + 3 * 16), f64x2.mul(t, z))))
  return f64x2.add(f64x2.add(s, s), f64x2.mul(s, f64x2.mul(z, p)))
}

/** log(1 + e) for 0 <= e <= 1. */
function log1pOfUnit(e: v128): v128 {
  const far = f64x2.gt(e, v128.load(sqrt2Less1))
  const more = v128.and(far, v128.load(oneBits))
  const log = logOfRatio(f64x2.div(f64x2.sub(e, more), f64x2.add(e, f64x2.add(v128.load(two), more))))
  return f64x2.add(f64x2.add(log, v128.and(far, v128.load(ln2Low))), v128.and(far, v128.load(ln2High)))
}

/** Natural logarithm of numbers >= 1. */
function logOfLarge(x: v128): v128 {
  const one = v128.load(oneBits)
  let m = v128.or(v128.and(x, v128.load(mantissaBits)), one)
  const far = f64x2.gt(m, v128.load(sqrt2))
  // Halved by one less in the exponent.
  m = i64x2.sub(m, i64x2.shl(i64x2.shr_u(far, 63), 52))
  // The exponent as a double: its bits below those of 2^52.
  const biased = f64x2.sub(v128.or(i64x2.shr_u(x, 52), v128.load(exponent52)), v128.load(exponent52Biased))
  const k = f64x2.add(biased, v128.and(far, one))
  const log = logOfRatio(f64x2.div(f64x2.sub(m, one), f64x2.add(m, one)))
  const value = f64x2.add(f64x2.add(log, f64x2.mul(k, v128.load(ln2Low))), f64x2.mul(k, v128.load(ln2High)))
  // NaN and infinity keep themselves.
  return v128.bitselect(value, x, f64x2.lt(x, v128.load(infinity)))
}

function sumOf(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** into[i] = start + x[i] . w for all rows. */
function multiply(x: usize, rows: i32, columns: i32, w: usize, start: f64, into: usize): void {
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
function addTransposed(x: usize, rows: i32, columns: i32, r: usize, gradient: usize): void {
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

/** Two labels 0 or 1 as doubles. */
function labels(codes: usize): v128 {
  return f64x2.convert_low_i32x4_s(v128.load_zero<u64>(codes))
}

/** into[i] = exp(-|raw[i]|), two at a time. */
function expOfMinusSize(raw: usize, rows: i32, into: usize): void {
  const end = raw + ((<usize>rows) << 3)
  for (; raw < end; raw += 16) {
    v128.store(into, expOfNegative(v128.or(v128.load(raw), v128.load(signBit))))
    into += 16
  }
}

/**
 * Raw predictions become residuals; returns the sum of the losses. A last odd row has room beside it. With z = exp(-|raw|) nothing overflows and no digits cancel.
 * All z first: in one loop the chain from raw prediction to residual is so long that few rows are under way at once.
 */
function binaryResiduals(raw: usize, zs: usize, codes: usize, weights: usize, rows: i32): f64 {
  expOfMinusSize(raw, rows, zs)
  let sum = f64x2.splat(0)
  for (let i: i32 = 0; i < rows; i += 2) {
    const one = v128.load(oneBits)
    const value = v128.load(raw)
    const y = labels(codes)
    const positive = f64x2.gt(value, f64x2.splat(0))
    const z = v128.load(zs)
    // 1 - y where the prediction is positive, else -y; and the other way round.
    const sure = f64x2.sub(v128.and(one, positive), y)
    const unsure = f64x2.sub(v128.andnot(one, positive), y)
    // From 18 on scikit-learn takes exp(-raw) for log(1 + exp(-raw)), and so do we.
    const log = v128.bitselect(z, log1pOfUnit(z), f64x2.gt(value, v128.load(certain)))
    let loss = f64x2.add(log, f64x2.mul(sure, value))
    let residual = f64x2.div(f64x2.add(sure, f64x2.mul(unsure, z)), f64x2.add(one, z))
    if (weights) {
      const weight = v128.load(weights)
      residual = f64x2.mul(residual, weight)
      loss = f64x2.mul(loss, weight)
      weights += 16
    }
    if (i + 1 === rows) return sumOf(sum) + keepFirst(raw, residual, loss)
    v128.store(raw, residual)
    sum = f64x2.add(sum, loss)
    raw += 16
    zs += 16
    codes += 8
  }
  return sumOf(sum)
}

function keepFirst(raw: usize, residual: v128, loss: v128): f64 {
  store<f64>(raw, f64x2.extract_lane(residual, 0))
  return f64x2.extract_lane(loss, 0)
}

function rowsOfBlock(columns: i32): i32 {
  return max(8, min(mostRows, (blockSize / columns) & ~3))
}

/** into[0..count) += from, and clears `from`. */
function moveSum(from: usize, into: usize, count: i32): void {
  for (let j: i32 = 0; j < count; j++) {
    store<f64>(into, load<f64>(into) + load<f64>(from))
    store<f64>(from, 0)
    from += 8
    into += 8
  }
}

/**
 * Adds to the gradient of the summed loss (the intercept's last), returns the summed loss.
 *
 * @param codes i32 per row, with room for one more; so has `weights` (0: all weigh 1)
 * @param scratch room for twice `mostRows` numbers and one gradient
 */
export function binaryLoss(
  x: usize,
  codes: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  w: usize,
  gradient: usize,
  scratch: usize,
): f64 {
  const most = rowsOfBlock(columns)
  const zs = scratch + ((<usize>mostRows) << 3)
  const part = zs + ((<usize>mostRows) << 3)
  const constant = load<f64>(w + ((<usize>columns) << 3))
  memory.fill(part, 0, (<usize>(columns + 1)) << 3)
  let loss: f64 = 0
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    multiply(x, count, columns, w, constant, scratch)
    loss += binaryResiduals(scratch, zs, codes, weights, count)
    addTransposed(x, count, columns, scratch, part)
    moveSum(part, gradient, columns + 1)
    x += <usize>count * ((<usize>columns) << 3)
    codes += (<usize>count) << 2
    if (weights) weights += (<usize>count) << 3
  }
  return loss
}

/** Two rows' raw predictions per class, `mostRows` apart, become probabilities; returns log(sum exp) of both. */
function softmax(raw: usize, classes: i32): v128 {
  const room = (<usize>mostRows) << 3
  const end = raw + <usize>classes * room
  let most = v128.load(raw)
  for (let p = raw + room; p < end; p += room) most = f64x2.max(most, v128.load(p))
  let sum = f64x2.splat(0)
  for (let p = raw; p < end; p += room) {
    const e = expOfNegative(f64x2.sub(v128.load(p), most))
    v128.store(p, e)
    sum = f64x2.add(sum, e)
  }
  for (let p = raw; p < end; p += room) v128.store(p, f64x2.div(v128.load(p), sum))
  return f64x2.add(logOfLarge(sum), most)
}

/** Raw predictions become residuals; returns the sum of the losses. */
function multinomialResiduals(raw: usize, codes: usize, weights: usize, rows: i32, classes: i32): f64 {
  const room = (<usize>mostRows) << 3
  let sum: f64 = 0
  for (let i: i32 = 0; i < rows; i += 2) {
    const paired = i + 1 < rows
    const own0 = raw + <usize>load<i32>(codes) * room
    const own1 = paired ? raw + <usize>load<i32>(codes, 4) * room + 8 : raw + 8
    const raw0 = load<f64>(own0)
    const raw1 = load<f64>(own1)
    const all = softmax(raw, classes)
    let loss0 = f64x2.extract_lane(all, 0) - raw0
    let loss1 = f64x2.extract_lane(all, 1) - raw1
    store<f64>(own0, load<f64>(own0) - 1)
    if (paired) store<f64>(own1, load<f64>(own1) - 1)
    if (weights) {
      const weight = v128.load(weights)
      loss0 *= f64x2.extract_lane(weight, 0)
      loss1 *= f64x2.extract_lane(weight, 1)
      for (let k: i32 = 0, p = raw; k < classes; k++, p += room) v128.store(p, f64x2.mul(v128.load(p), weight))
      weights += 16
    }
    sum += paired ? loss0 + loss1 : loss0
    raw += 16
    codes += 8
  }
  return sum
}

/** As `binaryLoss` for more classes: `w` and `gradient` hold columns + 1 numbers per class, `scratch` has room for raw predictions of all. */
export function multinomialLoss(
  x: usize,
  codes: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  classes: i32,
  w: usize,
  gradient: usize,
  scratch: usize,
): f64 {
  const most = rowsOfBlock(columns)
  const room = (<usize>mostRows) << 3
  const width = (<usize>(columns + 1)) << 3
  const part = scratch + <usize>classes * room
  memory.fill(part, 0, width)
  let loss: f64 = 0
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    for (let k: usize = 0; k < <usize>classes; k++) {
      const own = w + k * width
      multiply(x, count, columns, own, load<f64>(own + width - 8), scratch + k * room)
    }
    loss += multinomialResiduals(scratch, codes, weights, count, classes)
    for (let k: usize = 0; k < <usize>classes; k++) {
      addTransposed(x, count, columns, scratch + k * room, part)
      moveSum(part, gradient + k * width, columns + 1)
    }
    x += <usize>count * ((<usize>columns) << 3)
    codes += (<usize>count) << 2
    if (weights) weights += (<usize>count) << 3
  }
  return loss
}

/** A block of rows as padded ones, each followed by 1 and zeros: room for `width` doubles a row. */
function pad(x: usize, rows: i32, columns: i32, width: i32, into: usize): void {
  const pairs = ((<usize>columns) << 3) & ~15
  // A copy of so few bytes as a row has takes longer to call than to do.
  for (let i: i32 = 0; i < rows; i++) {
    for (const end = x + pairs; x < end; x += 16) {
      v128.store(into, v128.load(x))
      into += 16
    }
    if (columns & 1) {
      store<f64>(into, load<f64>(x))
      x += 8
      into += 8
    }
    store<f64>(into, 1)
    into += 8
    for (let j = columns + 1; j < width; j++) {
      store<f64>(into, 0)
      into += 8
    }
  }
}

/** into[i] = x[i] * factor[i], rows of `width` doubles. */
function scale(x: usize, rows: i32, width: i32, factors: usize, into: usize): void {
  for (let i: i32 = 0; i < rows; i++) {
    const factor = v128.load_splat<f64>(factors)
    for (let j: i32 = 0; j < width; j += 2) {
      v128.store(into, f64x2.mul(v128.load(x), factor))
      x += 16
      into += 16
    }
    factors += 8
  }
}

/** h[j][m] += sum of a[i][j] * b[i][m] over rows, for 4 x 4 tiles that reach below or onto the diagonal; `width` is a multiple of 4. */
function addProducts(a: usize, b: usize, rows: i32, width: i32, h: usize): void {
  const stride = (<usize>width) << 3
  for (let j: usize = 0; j < stride; j += 32) {
    for (let m: usize = 0; m <= j; m += 32) {
      let s00 = f64x2.splat(0)
      let s01 = s00
      let s10 = s00
      let s11 = s00
      let s20 = s00
      let s21 = s00
      let s30 = s00
      let s31 = s00
      let p = a + j
      let q = b + m
      for (let i: i32 = 0; i < rows; i++) {
        const b0 = v128.load(q)
        const b1 = v128.load(q, 16)
        const a0 = v128.load_splat<f64>(p)
        const a1 = v128.load_splat<f64>(p, 8)
        s00 = f64x2.add(s00, f64x2.mul(a0, b0))
        s01 = f64x2.add(s01, f64x2.mul(a0, b1))
        s10 = f64x2.add(s10, f64x2.mul(a1, b0))
        s11 = f64x2.add(s11, f64x2.mul(a1, b1))
        const a2 = v128.load_splat<f64>(p, 16)
        const a3 = v128.load_splat<f64>(p, 24)
        s20 = f64x2.add(s20, f64x2.mul(a2, b0))
        s21 = f64x2.add(s21, f64x2.mul(a2, b1))
        s30 = f64x2.add(s30, f64x2.mul(a3, b0))
        s31 = f64x2.add(s31, f64x2.mul(a3, b1))
        p += stride
        q += stride
      }
      let at = h + (j >> 3) * stride + m
      addPair(at, s00, s01)
      at += stride
      addPair(at, s10, s11)
      at += stride
      addPair(at, s20, s21)
      at += stride
      addPair(at, s30, s31)
    }
  }
}

function addPair(at: usize, low: v128, high: v128): void {
  v128.store(at, f64x2.add(v128.load(at), low))
  v128.store(at, f64x2.add(v128.load(at, 16), high), 16)
}

/** Rows of a padded block: two of them in 64 kB. */
function rowsOfPadded(width: i32): i32 {
  return max(8, min(mostRows, (blockSize / width) & ~3))
}

/**
 * Adds second derivatives of the summed binary loss to the lower half of h [width][width], the intercept's at row `columns`; returns how many pointwise ones are not positive.
 *
 * @param width columns + 1, rounded up to a multiple of 4
 * @param scratch room for `mostRows` raw predictions and two padded blocks
 */
export function binaryHessian(x: usize, weights: usize, rows: i32, columns: i32, width: i32, w: usize, h: usize, scratch: usize): i32 {
  const most = rowsOfPadded(width)
  const padded = scratch + ((<usize>mostRows) << 3)
  const scaled = padded + <usize>most * ((<usize>width) << 3)
  const constant = load<f64>(w + ((<usize>columns) << 3))
  let flat: i32 = 0
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    multiply(x, count, columns, w, constant, scratch)
    for (let i: i32 = 0; i < count; i += 2) {
      const at = scratch + ((<usize>i) << 3)
      const one = v128.load(oneBits)
      const negative = v128.or(v128.load(at), v128.load(signBit))
      const z = expOfNegative(negative)
      const below = f64x2.add(one, z)
      let second = f64x2.div(z, f64x2.mul(below, below))
      // Where exp would be nothing.
      second = v128.andnot(second, f64x2.lt(negative, f64x2.neg(v128.load(vanishing))))
      if (weights) second = f64x2.mul(second, v128.load(weights + ((<usize>i) << 3)))
      v128.store(at, second)
      if (f64x2.extract_lane(second, 0) <= 0) flat++
      if (i + 1 < count && f64x2.extract_lane(second, 1) <= 0) flat++
    }
    pad(x, count, columns, width, padded)
    scale(padded, count, width, scratch, scaled)
    addProducts(scaled, padded, count, width, h)
    x += <usize>count * ((<usize>columns) << 3)
    if (weights) weights += (<usize>count) << 3
  }
  return flat
}

/** As `binaryHessian` for more classes: h holds [width][width] per pair of classes k >= l, ordered by k, then l. `scratch` has room for raw predictions of all and one more. */
export function multinomialHessian(
  x: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  width: i32,
  classes: i32,
  w: usize,
  h: usize,
  scratch: usize,
): void {
  const most = rowsOfPadded(width)
  const room = (<usize>mostRows) << 3
  const own = (<usize>(columns + 1)) << 3
  const factors = scratch + <usize>classes * room
  const padded = factors + room
  const scaled = padded + <usize>most * ((<usize>width) << 3)
  for (let from: i32 = 0; from < rows; from += most) {
    const count = min(most, rows - from)
    for (let k: usize = 0; k < <usize>classes; k++) {
      const at = w + k * own
      multiply(x, count, columns, at, load<f64>(at + own - 8), scratch + k * room)
    }
    for (let i: usize = 0; i < (<usize>count) << 3; i += 16) softmax(scratch + i, classes)
    pad(x, count, columns, width, padded)
    let into = h
    for (let k: usize = 0; k < <usize>classes; k++) {
      for (let l: usize = 0; l <= k; l++) {
        for (let i: usize = 0; i < (<usize>count) << 3; i += 16) {
          const other = v128.load(scratch + l * room + i)
          let factor = f64x2.mul(v128.load(scratch + k * room + i), k === l ? f64x2.sub(v128.load(oneBits), other) : f64x2.neg(other))
          if (weights) factor = f64x2.mul(factor, v128.load(weights + i))
          v128.store(factors + i, factor)
        }
        scale(padded, count, width, factors, scaled)
        addProducts(scaled, padded, count, width, into)
        into += (<usize>width * <usize>width) << 3
      }
    }
    x += <usize>count * ((<usize>columns) << 3)
    if (weights) weights += (<usize>count) << 3
  }
}
