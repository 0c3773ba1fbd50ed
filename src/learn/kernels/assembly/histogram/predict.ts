// Adds the leaf values of a tree to the predictions of rows. The plain twin is HistogramTree in ../../../ensemble/histogram/.

/**
 * Of a node, 24 bytes: threshold f64 (of a leaf its value), feature as a byte offset with bit 0 where missing values go left and bit 1 where it
 * splits by category, offsets of the left and the right child u32 (a leaf is its own), and where the 256 bits of the categories to the left are.
 */
function next<M>(tree: usize, node: usize, x: usize): usize {
  const at = tree + node
  const feature = <usize>load<u32>(at, 8)
  const cell = load<f64>(x + (feature & ~7))
  if (isBoolean<M>()) {
    const right = <usize>i32(cell > load<f64>(at))
    return load<u32>(at + (right << 2), 12)
  }
  let left = i32(cell <= load<f64>(at))
  if (Number.isNaN(cell)) left = <i32>(feature & 1)
  else if (feature & 2) {
    const code = <u32>cell
    left = code < 256 ? (<i32>load<u8>(<usize>load<u32>(at, 20) + (code >>> 3)) >>> (code & 7)) & 1 : 0
  }
  return load<u32>(at + ((<usize>(left ^ 1)) << 2), 12)
}

/** Whether one of `n` numbers is missing. */
export function areMissing(numbers: usize, n: usize): bool {
  let found = i64x2.splat(0)
  const last = numbers + (n << 3)
  for (let at = numbers; at < last; at += 16) {
    const two = v128.load(at)
    found = v128.or(found, f64x2.ne(two, two))
  }
  return v128.any_true(found)
}

function addLeaf(tree: usize, node: usize, into: usize): void {
  store<f64>(into, load<f64>(into) + load<f64>(tree + node))
}

/**
 * @param x f64, row by row; room for seven rows more
 * @param plain no cell is missing and no node splits by category
 * @param into f64, so many bytes apart
 */
export function addRows(tree: usize, x: usize, rows: i32, width: i32, plain: bool, into: usize, apart: usize): void {
  if (plain) addRowsOf<bool>(tree, x, rows, width, into, apart)
  else addRowsOf<i32>(tree, x, rows, width, into, apart)
}

/** Eight rows go down at a time: none waits for the memory that another asks for. */
function addRowsOf<M>(tree: usize, x: usize, rows: i32, width: i32, into: usize, apart: usize): void {
  const stride = (<usize>width) << 3
  for (let i = 0; i < rows; i += 8) {
    let a: usize = 0
    let b: usize = 0
    let c: usize = 0
    let d: usize = 0
    let e: usize = 0
    let f: usize = 0
    let g: usize = 0
    let h: usize = 0
    let moved: usize = 1
    while (moved !== 0) {
      const a2 = next<M>(tree, a, x)
      const b2 = next<M>(tree, b, x + stride)
      const c2 = next<M>(tree, c, x + 2 * stride)
      const d2 = next<M>(tree, d, x + 3 * stride)
      const e2 = next<M>(tree, e, x + 4 * stride)
      const f2 = next<M>(tree, f, x + 5 * stride)
      const g2 = next<M>(tree, g, x + 6 * stride)
      const h2 = next<M>(tree, h, x + 7 * stride)
      moved = (a ^ a2) | (b ^ b2) | (c ^ c2) | (d ^ d2) | (e ^ e2) | (f ^ f2) | (g ^ g2) | (h ^ h2)
      a = a2
      b = b2
      c = c2
      d = d2
      e = e2
      f = f2
      g = g2
      h = h2
    }
    const left = rows - i
    addLeaf(tree, a, into)
    if (left > 1) addLeaf(tree, b, into + apart)
    if (left > 2) addLeaf(tree, c, into + 2 * apart)
    if (left > 3) addLeaf(tree, d, into + 3 * apart)
    if (left > 4) addLeaf(tree, e, into + 4 * apart)
    if (left > 5) addLeaf(tree, f, into + 5 * apart)
    if (left > 6) addLeaf(tree, g, into + 6 * apart)
    if (left > 7) addLeaf(tree, h, into + 7 * apart)
    x += stride << 3
    into += apart << 3
  }
}
