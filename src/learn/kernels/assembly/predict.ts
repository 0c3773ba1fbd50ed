// Adds the values of trees to predictions, some rows at a time: the plain twin is in ../../tree/tree.ts.

import { floor32, isMissing } from './split'

/** Bytes of a packed node as a shift: threshold as f32, feature, left child, right child; children are offsets, and a leaf is its own child. */
const nodeBits: usize = 4

/** Packs the parts of a tree. The lowest bit beside a feature tells that missing values go left. */
export function packForRows(nodes: i32, thresholds: usize, features: usize, lefts: usize, rights: usize, missing: usize, to: usize): void {
  for (let node: usize = 0; node < <usize>nodes; node++) {
    const at4 = node << 2
    const at = to + (node << nodeBits)
    const left = load<i32>(lefts + at4)
    const isLeaf = left < 0
    const own = <u32>(node << nodeBits)
    store<f32>(at, isLeaf ? 0 : floor32(load<f64>(thresholds + (node << 3))))
    store<u32>(at, isLeaf ? 0 : (load<u32>(features + at4) << 2) | (<u32>load<u8>(missing + node) & 1), 4)
    store<u32>(at, isLeaf ? own : (<u32>left) << (<u32>nodeBits), 8)
    store<u32>(at, isLeaf ? own : load<u32>(rights + at4) << (<u32>nodeBits), 12)
  }
}

/** Rounds cells to float32; both rooms end at a multiple of four. @returns 1: some are infinite then; 2: some are missing; 3: both */
export function roundCells(from: usize, cells: i32, to: usize): i32 {
  const infinity = f32x4.splat(Infinity)
  let infinite = i32x4.splat(0)
  let missing = i32x4.splat(0)
  const last = to + ((<usize>cells) << 2)
  for (let at = from; to < last; to += 16) {
    const low = f32x4.demote_f64x2_zero(v128.load(at))
    const high = f32x4.demote_f64x2_zero(v128.load(at, 16))
    const four = v128.shuffle<i64>(low, high, 0, 2)
    infinite = v128.or(infinite, f32x4.eq(f32x4.abs(four), infinity))
    missing = v128.or(missing, f32x4.ne(four, four))
    v128.store(to, four)
    at += 32
  }
  return i32(v128.any_true(infinite)) | (i32(v128.any_true(missing)) << 1)
}

function next<M>(tree: usize, node: usize, x: usize): usize {
  const at = tree + node
  const feature = <usize>load<u32>(at, 4)
  const cell = load<f32>(x + (feature & ~3))
  const threshold = load<f32>(at)
  if (isBoolean<M>()) {
    const right = <usize>i32(cell > threshold)
    return load<u32>(at + (right << 2), 8)
  }
  const isLeft = i32(cell <= threshold) | (i32(isMissing(cell)) & <i32>(feature & 1))
  return load<u32>(at + ((<usize>(isLeft ^ 1)) << 2), 8)
}

function addLeaf(values: usize, node: usize, outputs: usize, into: usize): void {
  const from = values + (((node >>> nodeBits) * outputs) << 3)
  for (let k: usize = 0; k < outputs << 3; k += 8) store<f64>(into + k, load<f64>(into + k) + load<f64>(from + k))
}

/**
 * Adds the values of each row's leaf to `into`, whose rows are so many bytes apart. Eight rows go down at a time: none waits for the memory that another asks for.
 *
 * @param x float32, row by row; room for seven rows more
 */
export function addRows(
  tree: usize,
  values: usize,
  outputs: i32,
  x: usize,
  rows: i32,
  width: i32,
  hasMissing: bool,
  into: usize,
  apart: usize,
): void {
  if (hasMissing) addRowsOf<i32>(tree, values, <usize>outputs, x, rows, width, into, apart)
  else addRowsOf<bool>(tree, values, <usize>outputs, x, rows, width, into, apart)
}

/** M: i32 where some cells are missing, bool where none is. */
function addRowsOf<M>(tree: usize, values: usize, outputs: usize, x: usize, rows: i32, width: i32, into: usize, step: usize): void {
  const stride = (<usize>width) << 2
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
    addLeaf(values, a, outputs, into)
    if (left > 1) addLeaf(values, b, outputs, into + step)
    if (left > 2) addLeaf(values, c, outputs, into + 2 * step)
    if (left > 3) addLeaf(values, d, outputs, into + 3 * step)
    if (left > 4) addLeaf(values, e, outputs, into + 4 * step)
    if (left > 5) addLeaf(values, f, outputs, into + 5 * step)
    if (left > 6) addLeaf(values, g, outputs, into + 6 * step)
    if (left > 7) addLeaf(values, h, outputs, into + 7 * step)
    x += stride << 3
    into += step << 3
  }
}
